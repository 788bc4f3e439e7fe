using System.Globalization;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Plain;

/// <summary>The fields of an event as lines for people: <c>file.size = 48213</c>.</summary>
internal static class FieldText
{
    /// <summary>Every slot field that the event has, with its OCSF path, in the order of the catalogue.</summary>
    public static IEnumerable<(string Path, string Value)> Of(EvidenceEvent e, int limit = int.MaxValue) =>
        e.Fields.OrderBy(field => field.Field).Select(field => (FieldCatalog.Of(field.Field).Path, Value(field.Value, limit)));

    private static string Value(object value, int limit) => value switch
    {
        string text => VisibleText.Of(text, limit),
        string[] texts => VisibleText.Of(string.Join(", ", texts), limit),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "",
    };
}
