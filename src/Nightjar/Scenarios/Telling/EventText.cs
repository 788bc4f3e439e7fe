using System.Globalization;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Scenarios.Reading;

namespace Nightjar.Scenarios.Telling;

/// <summary>Writes an event of a finding as a scenario would write it.</summary>
internal static class EventText
{
    /// <param name="item">The event.</param>
    /// <param name="finding">The finding whose evidence it is; its device and app are not repeated.</param>
    /// <param name="start">The time of offset 0.</param>
    public static string Write(EvidenceEvent item, Finding finding, Instant start)
    {
        var parts = new List<string> { Offsets.Write(item.Time - start), EventWords.Of(item.Class, item.Activity) };
        if (item.End > item.Time) parts.Add("for=" + Offsets.WriteSpan(item.End - item.Time));
        if (item.Device != finding.Device.Uid) parts.Add("device=" + Quote(item.Device));
        if (item.App != finding.App) parts.Add("app=" + (item.App is null ? EventLines.NoApp : Quote(item.App)));
        if (item.LogName.Length > 0) parts.Add("log=" + Quote(item.LogName));
        parts.AddRange(States(item.State));
        parts.AddRange(item.Fields.Where(field => field.Field != FieldId.EventUid).Select(field => Field(field, start)));
        return string.Join(' ', parts);
    }

    private static IEnumerable<string> States(StateBits state)
    {
        if (state.AppState != AppState.Unknown) yield return "state=" + state.AppState.Name();
        if (state.IsDeviceLocked != Tri.Unknown) yield return "locked=" + Flag(state.IsDeviceLocked);
        if (state.IsScreenOn != Tri.Unknown) yield return "screen=" + Flag(state.IsScreenOn);
        if (state.IsManagedDevice != Tri.Unknown) yield return "managed=" + Flag(state.IsManagedDevice);
        if (state.IsManagedApp != Tri.Unknown) yield return "managed_app=" + Flag(state.IsManagedApp);
        if (state.IsSupervised != Tri.Unknown) yield return "supervised=" + Flag(state.IsSupervised);
        if (state.InstallSource != InstallSource.Unknown) yield return "install_source=" + state.InstallSource.Name();
        if (state.IsHearsay) yield return "is_hearsay=true";
    }

    private static string Field(EvidenceField field, Instant start)
    {
        var value = field.Value switch
        {
            long millis when field.Field == FieldId.LastUserInteraction => Offsets.Write(Instant.FromMillis(millis) - start),
            long whole => whole.ToString(CultureInfo.InvariantCulture),
            double number => number.ToString(CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            string[] items => Quote(string.Join(',', items)),
            var text => Quote((string)text),
        };
        return $"{FieldCatalog.Of(field.Field).Path}={value}";
    }

    private static string Flag(Tri value) => value == Tri.True ? "true" : "false";

    private static string Quote(string text)
    {
        var plain = string.Concat(text.Select(c => char.IsControl(c) ? '·' : c));
        if (!plain.Any(char.IsWhiteSpace)) return plain;
        return plain.Contains('"', StringComparison.Ordinal) ? $"'{plain}'" : $"\"{plain}\"";
    }
}
