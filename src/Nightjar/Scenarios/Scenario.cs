using Nightjar.Events;

namespace Nightjar.Scenarios;

/// <summary>What a scenario says of its analytic.</summary>
public enum ScenarioKind : byte
{
    /// <summary><c>fires-….yml</c>: it reports, and exactly what the golden text beside it says.</summary>
    Fires,
    /// <summary><c>quiet-….yml</c>: it reports nothing.</summary>
    Quiet,
}

/// <summary>A few events in a row, and whether the analytic in whose folder they lie must report them.</summary>
public sealed record Scenario
{
    private static readonly Dictionary<string, IReadOnlyList<string>> Nothing = [];

    /// <summary>The file, with forward slashes: <c>android/ingress-tool-transfer/scenarios/fires-apk-at-night.yml</c>, or that of the analytic in which it stands.</summary>
    public required string File { get; init; }

    /// <summary>What it is called: <c>fires-apk-at-night</c>.</summary>
    public required string Name { get; init; }

    /// <summary>True when it stands inside its analytic. It has no golden text then, and says what it expects.</summary>
    public bool IsInline { get; init; }

    public required ScenarioKind Kind { get; init; }

    /// <summary>What happens, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>Why it must be quiet; empty for most that fire.</summary>
    public required string Reason { get; init; }

    /// <summary>The time of offset 0.</summary>
    public required Instant Start { get; init; }

    /// <summary>The folder of its analytic.</summary>
    public string Folder => ScenarioPaths.FolderOf(File);

    /// <summary>Why it is quiet, in terms that can be proved; empty where it says so in words only.</summary>
    internal IReadOnlyList<QuietReason> Because { get; init; } = [];

    /// <summary>What it says of its finding; null: nothing.</summary>
    internal Expectation? Expected { get; init; }

    /// <summary>Values laid over the defaults of the analytic.</summary>
    internal IReadOnlyList<ScenarioTunable> Tunables { get; init; } = [];

    /// <summary>By app: the hosts that it has been to before.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Baseline { get; init; } = Nothing;

    /// <summary>By app: the hashes of the code in its reviewed package.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Reviewed { get; init; } = Nothing;

    /// <summary>By app: the hosts that a policy lets it talk to.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Permitted { get; init; } = Nothing;

    /// <summary>By app: <c>yes</c> or <c>no</c>, where a policy says whether it is approved.</summary>
    internal IReadOnlyDictionary<string, IReadOnlyList<string>> Approved { get; init; } = Nothing;

    /// <summary>In the order written.</summary>
    internal IReadOnlyList<ScenarioEvent> Events { get; init; } = [];
}

/// <summary>A tunable that a scenario sets.</summary>
internal sealed record ScenarioTunable(string Name, IReadOnlyList<string> Texts, int Line, int Column);

/// <summary>One event of a scenario. Its time counts from the scenario's start, so that the whole can be shifted.</summary>
internal sealed record ScenarioEvent
{
    public required int Line { get; init; }

    /// <summary>Two events of one id are one event.</summary>
    public required string Id { get; init; }

    public required TimeSpan Offset { get; init; }

    public required TimeSpan Length { get; init; }

    public required EventClass Class { get; init; }

    public required int Activity { get; init; }

    public required string Device { get; init; }

    /// <summary>Empty when the record names none.</summary>
    public required string App { get; init; }

    /// <summary>Unknown: that of the analytic.</summary>
    public required Platform Platform { get; init; }

    public required string Log { get; init; }

    public required StateBits State { get; init; }

    /// <summary>The source's own order among events of equal time; 0 when it states none.</summary>
    public long Sequence { get; init; }

    /// <summary>When the user last did something, counted from the scenario's start; null when the record does not say.</summary>
    public TimeSpan? LastInteraction { get; init; }

    public required IReadOnlyList<ScenarioField> Fields { get; init; }

    public TimeSpan End => Offset + Length;
}

/// <summary>A field with its value: a <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or <c>string[]</c>.</summary>
internal sealed record ScenarioField(FieldId Field, object Value);

/// <summary>Which file belongs to which.</summary>
internal static class ScenarioPaths
{
    public const string Golden = ".golden.txt";

    private const string Folder = "/scenarios";

    /// <summary>The folder of the analytic that a file below <c>scenarios/</c> belongs to, or in which an analytic lies.</summary>
    public static string FolderOf(string file)
    {
        var folder = file.Contains('/', StringComparison.Ordinal) ? file[..file.LastIndexOf('/')] : "";
        return folder == Folder[1..] ? "" : folder.EndsWith(Folder, StringComparison.Ordinal) ? folder[..^Folder.Length] : folder;
    }

    public static string GoldenOf(string scenario) => scenario[..^".yml".Length] + Golden;

    public static string ScenarioOf(string golden) => golden[..^Golden.Length] + ".yml";

    public static string NameOf(string file) => file[(file.LastIndexOf('/') + 1)..];
}
