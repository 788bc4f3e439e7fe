namespace Nightjar.Events;

/// <summary>Reads header fields by id, so that analytics may ask for them like any other.</summary>
internal static class HeaderFields
{
    public static bool Has(in EventHeader header, FieldId field) => field switch
    {
        FieldId.Time or FieldId.ClassUid or FieldId.ActivityId => true,
        FieldId.EndTime or FieldId.DurationMillis => header.End > header.Time,
        FieldId.OsTypeId => header.Platform != Platform.Unknown,
        FieldId.AppStateName => header.State.AppState != AppState.Unknown,
        FieldId.InstallSourceName => header.State.InstallSource != InstallSource.Unknown,
        FieldId.DeviceUid or FieldId.AppUid or FieldId.LogName => !Symbol(in header, field).IsNone,
        _ => Flag(in header, field) != Tri.Unknown,
    };

    public static Symbol Symbol(in EventHeader header, FieldId field) => field switch
    {
        FieldId.DeviceUid => header.Device,
        FieldId.AppUid => header.App,
        FieldId.LogName => header.LogName,
        _ => default,
    };

    public static Tri Flag(in EventHeader header, FieldId field) => field switch
    {
        FieldId.IsDeviceLocked => header.State.IsDeviceLocked,
        FieldId.IsScreenOn => header.State.IsScreenOn,
        FieldId.IsManagedApp => header.State.IsManagedApp,
        FieldId.IsManagedDevice => header.State.IsManagedDevice,
        FieldId.IsSupervised => header.State.IsSupervised,
        FieldId.IsHearsay => TriLogic.Of(header.State.IsHearsay),
        _ => Tri.Unknown,
    };

    /// <summary>The word of a <see cref="FieldKind.Word"/> field as its number; 0 when unknown.</summary>
    public static int Word(in EventHeader header, FieldId field) => field switch
    {
        FieldId.AppStateName => (int)header.State.AppState,
        FieldId.InstallSourceName => (int)header.State.InstallSource,
        _ => 0,
    };

    /// <summary>The words of a <see cref="FieldKind.Word"/> field, by number.</summary>
    public static string WordText(FieldId field, int word) =>
        field == FieldId.AppStateName ? ((AppState)word).Name() : ((InstallSource)word).Name();

    public static bool TryGetInteger(in EventHeader header, FieldId field, out long value)
    {
        value = field switch
        {
            FieldId.Time => header.Time.Millis,
            FieldId.EndTime => header.End.Millis,
            FieldId.DurationMillis => (header.End.Micros - header.Time.Micros) / 1000,
            FieldId.ClassUid => header.ClassUid,
            FieldId.ActivityId => header.Activity,
            FieldId.OsTypeId => header.Platform.OsTypeId(),
            _ => Flag(in header, field) == Tri.True ? 1 : 0,
        };
        return Has(in header, field);
    }
}
