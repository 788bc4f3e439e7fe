using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>The values of a playbook's placeholders, from one finding.</summary>
internal sealed class PlaybookValues(FindingDraft draft, string uid, FindingText texts)
{
    private const string NotTold = "something that no record tells";

    /// <summary>The value, and whether it is the author's own word rather than one of the telemetry.</summary>
    public (string Text, bool IsAuthors) Of(string name)
    {
        var alternatives = PlaybookPlaceholder.Of(name);
        if (Plain(alternatives.Values) is { } value) return (value, false);
        return texts.Known(alternatives.Values) ?? (alternatives.Otherwise ?? NotTold, true);
    }

    private string? Plain(string name) => name switch
    {
        "platform" => draft.App.Device.Platform.Name(),
        "start" => draft.Start.ToString(),
        "end" => draft.End.ToString(),
        "finding" => uid,
        _ => null,
    };
}
