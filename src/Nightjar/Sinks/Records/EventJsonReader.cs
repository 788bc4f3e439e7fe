using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>Reads back what <see cref="EventJson"/> writes. Fields that this version does not know are left out.</summary>
internal static class EventJsonReader
{
    public static EvidenceEvent Read(JsonView json, string uid, string logName, string provenance)
    {
        var time = json["time"].Time ?? default;
        var classUid = json["class_uid"].Int();
        return new EvidenceEvent
        {
            Uid = uid,
            Time = time,
            End = json["end_time"].Time ?? time,
            Class = EventClasses.FromUid(classUid),
            ClassUid = classUid,
            Activity = json["activity_id"].Int(),
            Device = json["device_uid"].Text ?? "",
            Platform = Platforms.FromOsTypeId(json["os_type_id"].Integer ?? 0),
            App = json["app_uid"].Text,
            LogName = logName,
            State = State(json["state"]),
            Fields = Fields(json["fields"]),
            Provenance = provenance,
        };
    }

    private static StateBits State(JsonView json) => new()
    {
        AppState = SinkWords.FromSnake<AppState>(json["app_state"].Text),
        IsDeviceLocked = Tri(json["is_device_locked"]),
        IsScreenOn = Tri(json["is_screen_on"]),
        IsManagedApp = Tri(json["is_managed_app"]),
        IsManagedDevice = Tri(json["is_managed_device"]),
        IsSupervised = Tri(json["is_supervised"]),
        InstallSource = SinkWords.FromSnake<InstallSource>(json["install_source"].Text),
        AppGrade = SinkWords.FromSnake<AppGrade>(json["app_grade"].Text),
        AppBasis = SinkWords.FromSnake<AppBasis>(json["app_basis"].Text),
        TimeBasis = SinkWords.FromSnake<TimeBasis>(json["time_basis"].Text),
        DeviceBasis = SinkWords.FromSnake<DeviceBasis>(json["device_basis"].Text),
        IsHearsay = json["is_hearsay"].Flag == true,
    };

    private static Tri Tri(JsonView json) => json.Flag is { } flag ? TriLogic.Of(flag) : Events.Tri.Unknown;

    private static List<EvidenceField> Fields(JsonView json)
    {
        var fields = new List<EvidenceField>();
        foreach (var (path, value) in json.Members)
        {
            if (FieldCatalog.Find(path) is { } info && info.Id < FieldCatalog.FirstHeaderField && Value(value, info.Kind) is { } known)
                fields.Add(new EvidenceField(info.Id, known));
        }
        return fields;
    }

    private static object? Value(JsonView json, FieldKind kind) => kind switch
    {
        FieldKind.Integer => json.Integer,
        FieldKind.Number => json.Number,
        FieldKind.Flag => json.Flag,
        FieldKind.SymbolList => json.Texts,
        _ => json.Text,
    };
}
