using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>Holds an event inside a size. A log line may have megabytes, and a finding is sent to systems that take kilobytes.</summary>
internal static class EventCut
{
    /// <summary>The event with its texts cut to a number of characters, and the paths of the fields that were cut.</summary>
    public static (EvidenceEvent Event, IReadOnlyList<string> Cut) Of(EvidenceEvent e, int limit)
    {
        if (!e.Fields.Any(field => IsLong(field.Value, limit))) return (e, []);
        var cut = e.Fields.Where(field => IsLong(field.Value, limit)).Select(field => FieldCatalog.Of(field.Field).Path).ToList();
        return (e with { Fields = [.. e.Fields.Select(field => field with { Value = Cut(field.Value, limit) })] }, cut);
    }

    private static bool IsLong(object value, int limit) => value switch
    {
        string text => text.Length > limit,
        string[] texts => texts.Any(text => text.Length > limit),
        _ => false,
    };

    private static object Cut(object value, int limit) => value switch
    {
        string text => Cut(text, limit),
        string[] texts => Array.ConvertAll(texts, text => Cut(text, limit)),
        _ => value,
    };

    private static string Cut(string text, int limit)
    {
        if (text.Length <= limit) return text;
        return text[..(limit > 0 && char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit)];
    }
}
