using System.Text;
using Nightjar.Findings;
using Nightjar.Playbooks;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>The playbooks of a report of many findings: each text once, with a numbered blank for what differs between its findings.</summary>
/// <remarks>A filled playbook is several kilobytes, most of them the same in thousands of findings.</remarks>
internal sealed class PlaybookForms
{
    private readonly Dictionary<string, PlaybookForm> _byText = new(StringComparer.Ordinal);
    private readonly Dictionary<Finding, PlaybookForm> _byFinding = new(ReferenceEqualityComparer.Instance);

    public PlaybookForms(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            if (finding.Playbook is null) continue;
            var ownership = DeviceOwnerships.Of(finding);
            var sections = PlaybookParts.Of(finding.Playbook.Sections, ownership).ToList();
            var key = Text(finding.Analytic, ownership, sections);
            if (!_byText.TryGetValue(key, out var form)) _byText[key] = form = new PlaybookForm(All.Count + 1, finding.Analytic, ownership, sections);
            if (form.Findings == 0) All.Add(form);
            form.Take(PlaybookForm.Codes(sections));
            _byFinding[finding] = form;
        }
    }

    /// <summary>In the order of their first findings.</summary>
    public List<PlaybookForm> All { get; } = [];

    /// <summary>The form of a finding's playbook; null when it has none.</summary>
    public PlaybookForm? Of(Finding finding) => _byFinding.GetValueOrDefault(finding);

    // All but the codes: every value of a finding is one.
    private static string Text(AnalyticReference analytic, DeviceOwnership ownership, List<PlaybookShown> sections)
    {
        var text = new StringBuilder().Append(analytic.Uid).Append('\0').Append(analytic.Version).Append('\0').Append((int)ownership);
        foreach (var section in sections)
        {
            text.Append('\0').Append(section.Title);
            foreach (var part in section.Parts)
            {
                text.Append('\0').Append(part.Lead);
                foreach (var block in part.Runs.SelectMany(run => run.Blocks))
                {
                    text.Append('\0').Append((int)block.Kind);
                    foreach (var span in block.Spans) text.Append('\0').Append((int)span.Kind).Append(span.Kind == PlaybookSpanKind.Code ? "" : span.Text);
                }
            }
        }
        return text.ToString();
    }
}

/// <summary>One text that the playbooks of several findings share.</summary>
/// <param name="number">Its number in the report, from 1.</param>
/// <param name="analytic">Whose playbook it is.</param>
/// <param name="ownership">For whose devices.</param>
/// <param name="sections">As the first of the findings fills it.</param>
internal sealed class PlaybookForm(int number, AnalyticReference analytic, DeviceOwnership ownership, IReadOnlyList<PlaybookShown> sections)
{
    private readonly string[] _first = Codes(sections);
    // Codes of one class were equal in every finding so far.
    private int[] _classes = [];
    private bool[] _differs = [];
    private int[]? _blanks;

    /// <summary>The id on the page.</summary>
    public string Id => $"playbook-{number}";

    /// <summary>In words: whose, and for whom.</summary>
    public string Title => $"{analytic.Uid} {analytic.Name}: {PlaybookParts.For(ownership)}";

    public DeviceOwnership Ownership => ownership;

    public IReadOnlyList<PlaybookShown> Sections => sections;

    /// <summary>How many findings share it.</summary>
    public int Findings { get; private set; }

    /// <summary>The number of the blank that stands for a code, from 1; 0 where all findings say the same.</summary>
    public int Blank(int code) => (_blanks ??= Number())[code];

    /// <summary>What a finding fills the blanks with, in order.</summary>
    public IEnumerable<string> Values(IReadOnlyList<PlaybookShown> filled)
    {
        var codes = Codes(filled);
        return Enumerable.Range(0, codes.Length).Where(code => Blank(code) > 0).DistinctBy(Blank).Select(code => codes[code]);
    }

    /// <summary>Reckons with one finding more.</summary>
    public void Take(string[] codes)
    {
        Findings++;
        if (_classes.Length == 0) (_classes, _differs) = (new int[codes.Length], new bool[codes.Length]);
        var classes = new Dictionary<(int, string), int>();
        for (var i = 0; i < codes.Length; i++)
        {
            _differs[i] |= codes[i] != _first[i];
            if (!classes.TryGetValue((_classes[i], codes[i]), out var one)) classes[(_classes[i], codes[i])] = one = classes.Count;
            _classes[i] = one;
        }
    }

    /// <summary>The codes of a playbook in the order in which they are read.</summary>
    public static string[] Codes(IReadOnlyList<PlaybookShown> sections) =>
    [
        .. from section in sections
           from part in section.Parts
           from run in part.Runs
           from block in run.Blocks
           from span in block.Spans
           where span.Kind == PlaybookSpanKind.Code
           select span.Text,
    ];

    private int[] Number()
    {
        var numbers = new Dictionary<int, int>();
        var blanks = new int[_classes.Length];
        for (var i = 0; i < blanks.Length; i++)
        {
            if (!_differs[i]) continue;
            if (!numbers.TryGetValue(_classes[i], out var blank)) numbers[_classes[i]] = blank = numbers.Count + 1;
            blanks[i] = blank;
        }
        return blanks;
    }
}
