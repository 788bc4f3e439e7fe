using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>Writes an event's members: the whole event but its uid, log name and provenance, which each file puts where it wants them.</summary>
internal static class EventJson
{
    /// <param name="json">Inside an object.</param>
    /// <param name="e">The event.</param>
    /// <param name="cut">Paths of the fields whose text was cut; written as <c>cut</c>.</param>
    public static void WriteMembers(Utf8JsonWriter json, EvidenceEvent e, IReadOnlyCollection<string> cut)
    {
        json.WriteNumber("class_uid", e.ClassUid);
        json.WriteString("class_name", e.Class.Name());
        json.WriteNumber("activity_id", e.Activity);
        json.WriteString("time", e.Time.ToString());
        if (e.End != e.Time) json.WriteString("end_time", e.End.ToString());
        json.WriteString("device_uid", e.Device);
        json.WriteNumber("os_type_id", e.Platform.OsTypeId());
        if (e.App is not null) json.WriteString("app_uid", e.App);
        WriteState(json, e.State);
        WriteFields(json, e.Fields);
        json.WriteTexts("cut", cut);
    }

    private static void WriteState(Utf8JsonWriter json, StateBits state)
    {
        json.WriteStartObject("state");
        if (state.AppState != AppState.Unknown) json.WriteString("app_state", state.AppState.Snake());
        WriteTri(json, "is_device_locked", state.IsDeviceLocked);
        WriteTri(json, "is_screen_on", state.IsScreenOn);
        WriteTri(json, "is_managed_app", state.IsManagedApp);
        WriteTri(json, "is_managed_device", state.IsManagedDevice);
        WriteTri(json, "is_supervised", state.IsSupervised);
        if (state.InstallSource != InstallSource.Unknown) json.WriteString("install_source", state.InstallSource.Snake());
        if (state.AppGrade != AppGrade.Unknown) json.WriteString("app_grade", state.AppGrade.Snake());
        if (state.AppBasis != AppBasis.Stated) json.WriteString("app_basis", state.AppBasis.Snake());
        if (state.TimeBasis != TimeBasis.Stated) json.WriteString("time_basis", state.TimeBasis.Snake());
        if (state.DeviceBasis != DeviceBasis.Stated) json.WriteString("device_basis", state.DeviceBasis.Snake());
        if (state.IsHearsay) json.WriteBoolean("is_hearsay", true);
        json.WriteEndObject();
    }

    private static void WriteTri(Utf8JsonWriter json, string name, Tri value)
    {
        if (value != Tri.Unknown) json.WriteBoolean(name, value == Tri.True);
    }

    private static void WriteFields(Utf8JsonWriter json, IReadOnlyList<EvidenceField> fields)
    {
        json.WriteStartObject("fields");
        foreach (var field in fields) WriteValue(json, FieldCatalog.Of(field.Field).Path, field.Value);
        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string path, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteString(path, text);
                break;
            case long number:
                json.WriteNumber(path, number);
                break;
            case bool flag:
                json.WriteBoolean(path, flag);
                break;
            // JSON has no word for the numbers that are none.
            case double number when double.IsFinite(number):
                json.WriteNumber(path, number);
                break;
            case string[] texts:
                json.WriteStartArray(path);
                foreach (var text in texts) json.WriteStringValue(text);
                json.WriteEndArray();
                break;
        }
    }
}
