using Nightjar.Playbooks;

namespace Nightjar.Sinks.Plain;

/// <summary>A section as it is shown: parts for everybody and for some, in the author's order.</summary>
internal sealed record PlaybookShown(string Title, IReadOnlyList<PlaybookPart> Parts);

/// <summary>Blocks with one condition.</summary>
/// <param name="Lead">What says for whom or when it is; empty when it is for all.</param>
/// <param name="Runs">Blocks of one form that follow each other.</param>
internal sealed record PlaybookPart(string Lead, IReadOnlyList<PlaybookRun> Runs);

/// <summary>Blocks of one form: the items of a list, its steps, or paragraphs.</summary>
/// <param name="Kind">The form.</param>
/// <param name="First">The number of the first step.</param>
/// <param name="Blocks">The blocks.</param>
internal sealed record PlaybookRun(PlaybookBlockKind Kind, int First, IReadOnlyList<PlaybookBlock> Blocks);

/// <summary>Arranges a playbook for telling, the same way in every output.</summary>
internal static class PlaybookParts
{
    /// <summary>The sections that hold something for a device of this ownership.</summary>
    public static IEnumerable<PlaybookShown> Of(IReadOnlyList<PlaybookSection> sections, DeviceOwnership ownership) =>
        from section in sections
        let blocks = section.Blocks.Where(block => block.Spans.Count > 0 && block.IsFor(ownership)).ToList()
        where blocks.Count > 0
        select new PlaybookShown(section.Title, [.. Parts(blocks, ownership)]);

    /// <summary>Whom it is shown for, in words.</summary>
    public static string For(DeviceOwnership ownership) => ownership switch
    {
        DeviceOwnership.Managed => "for a managed device",
        DeviceOwnership.Personal => "for a personal device",
        _ => "nothing tells whether the device is managed, so both parts are shown",
    };

    private static IEnumerable<PlaybookPart> Parts(List<PlaybookBlock> blocks, DeviceOwnership ownership)
    {
        // What is for all, and what depends on a stage, is one list; what is for some devices is a list of its own.
        var common = 1;
        foreach (var part in Split(blocks, block => block.When))
        {
            var isOwn = part[0].When.Kind is PlaybookConditionKind.Managed or PlaybookConditionKind.Personal;
            var first = isOwn ? 1 : common;
            var runs = new List<PlaybookRun>();
            foreach (var run in Split(part, block => block.Kind))
            {
                runs.Add(new PlaybookRun(run[0].Kind, first, run));
                first = run[0].Kind == PlaybookBlockKind.Step ? first + run.Count : 1;
            }
            common = isOwn ? 1 : first;
            yield return new PlaybookPart(Lead(part[0].When, ownership), runs);
        }
    }

    private static IEnumerable<IReadOnlyList<PlaybookBlock>> Split<T>(IReadOnlyList<PlaybookBlock> blocks, Func<PlaybookBlock, T> of)
    {
        for (var from = 0; from < blocks.Count;)
        {
            var to = from + 1;
            while (to < blocks.Count && Equals(of(blocks[to]), of(blocks[from]))) to++;
            yield return [.. blocks.Skip(from).Take(to - from)];
            from = to;
        }
    }

    private static string Lead(PlaybookCondition when, DeviceOwnership ownership) => when.Kind switch
    {
        PlaybookConditionKind.Managed when ownership == DeviceOwnership.Unknown => "On a managed device:",
        PlaybookConditionKind.Personal when ownership == DeviceOwnership.Unknown => "On a personal device:",
        PlaybookConditionKind.Seen => $"Where '{when.Stage}' was seen:",
        PlaybookConditionKind.Unseen => $"Where '{when.Stage}' was not seen:",
        _ => "",
    };
}
