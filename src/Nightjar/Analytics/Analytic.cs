using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Playbooks;

namespace Nightjar.Analytics;

/// <summary>A checked and compiled analytic. Immutable; may be used by several engines at once.</summary>
public sealed record Analytic
{
    /// <summary>ATT&amp;CK analytic id (<c>AN1848</c>) or the project's own.</summary>
    public required string Uid { get; init; }

    /// <summary>What it looks for, in a few words.</summary>
    public required string Title { get; init; }

    public required string Version { get; init; }

    public required string Description { get; init; }

    /// <summary>Name of the file it was read from.</summary>
    public required string File { get; init; }

    /// <summary>Sigma's status: experimental, test, stable.</summary>
    public required string Status { get; init; }

    /// <summary>Sigma's level: informational, low, medium, high, critical.</summary>
    public required string Level { get; init; }

    public required AttackMapping Attack { get; init; }

    /// <summary>Name of the detection strategy; null when it has none.</summary>
    public string? StrategyName { get; init; }

    /// <summary>The techniques with their names and tactics.</summary>
    public IReadOnlyList<Technique> Techniques { get; init; } = [];

    /// <summary>The platforms it is for.</summary>
    public required IReadOnlyList<Platform> Platforms { get; init; }

    /// <summary>True when it looks at each app of a device by itself, false when at the device as a whole.</summary>
    public required bool IsPerApp { get; init; }

    /// <summary>True when the records of a device that name no app are looked at by themselves, as if they were of one app.</summary>
    public bool CountsUnnamed { get; init; }

    /// <summary>How long after the end of the first stage's event a chain may take.</summary>
    public required TimeSpan Window { get; init; }

    /// <summary>The tunable that sets the window; null when none does.</summary>
    internal string? WindowTunable { get; init; }

    /// <summary>True when windows do not overlap: an event that lay in one window begins none of its own.</summary>
    public bool IsTumbling { get; init; }

    /// <summary>How long after a match further ones are told in the same finding.</summary>
    public required TimeSpan Suppress { get; init; }

    /// <summary>How many events of one stage are remembered for one app.</summary>
    public required int PartialsPerKey { get; init; }

    /// <summary>What tells apart the variants of one analytic, each with the values that hold for some apps or devices; empty for the analytic itself.</summary>
    public string VariantKey { get; init; } = "";

    /// <summary>Which of several matches that begin with one event are taken.</summary>
    internal MatchSelection Select { get; init; }

    public required IReadOnlyList<Tunable> Tunables { get; init; }

    public required IReadOnlyList<AllowEntry> Allow { get; init; }

    /// <summary>Score from which a finding is Low, Medium and High; below Low nothing is reported.</summary>
    public required Thresholds Thresholds { get; init; }

    public required FindingTexts Texts { get; init; }

    /// <summary>What to do about its findings; null when nobody has written it.</summary>
    public PlaybookTemplate? Playbook { get; init; }

    internal IReadOnlyList<Stage> Stages { get; init; } = [];

    internal IReadOnlyList<Chain> Chains { get; init; } = [];

    internal IReadOnlyList<Absence> Absences { get; init; } = [];

    internal IReadOnlyList<Addition> Additions { get; init; } = [];

    /// <summary>By index of stage: how long its events are remembered for measures that reach beyond the window.</summary>
    internal IReadOnlyList<TimeSpan> Retention
    {
        get
        {
            var longest = new TimeSpan[Stages.Count];
            foreach (var measure in Measures)
                if (measure.Stage >= 0 && measure.Over > longest[measure.Stage]) longest[measure.Stage] = measure.Over;
            return longest;
        }
    }

    /// <summary>All measures, of the score and of the chains.</summary>
    internal IEnumerable<Measure> Measures => Additions.Select(addition => addition.Measure).OfType<Measure>().Concat(Chains.SelectMany(chain => chain.Require));

    /// <summary>The reviews of packages that it asks, so that a finding can say what was compared; null when it asks none.</summary>
    internal IReviews? Reviews => field ??= Conditions.Select(node => node.Reviews).FirstOrDefault(asked => asked is not null);

    private IEnumerable<TruthNode> Conditions =>
        Stages.SelectMany(stage => stage.Parts).Select(part => part.Node).Concat(Additions.Select(addition => addition.When).OfType<TruthNode>());

    /// <summary>By index of stage: true when its events matter also where they come before the first stage, because they forbid a chain or are measured before a stage.</summary>
    internal IReadOnlyList<bool> LooksBack => [.. Stages.Select(stage =>
        Chains.Any(chain => chain.Unless.Contains(stage.Index)) || Measures.Any(measure => measure.Before >= 0 && measure.Stage == stage.Index))];

    /// <summary>Ids, titles and telemetry of the stages, for people.</summary>
    public IReadOnlyList<StageInfo> StageInfos =>
        [.. Stages.Select(stage => new StageInfo(stage.Id, stage.Title, stage.Components, Chains.Any(chain => chain.Stages.Contains(stage.Index))))];

    /// <summary>The chains as people read them.</summary>
    public IReadOnlyList<ChainInfo> ChainInfos =>
        [.. Chains.Select(chain => new ChainInfo(chain.Name, [.. chain.Stages.Select(index => Stages[index].Id)], chain.IsOrdered, chain.Score, [.. chain.Blind.Select(index => Stages[index].Id)]))];

    /// <summary>What adds to the score.</summary>
    public IReadOnlyList<AdditionInfo> AdditionInfos => [.. Additions.Select(addition => new AdditionInfo(addition.Name, addition.Points, addition.Reason))];
}

/// <summary>What an analytic has to do with ATT&amp;CK.</summary>
/// <param name="Release">The release, for example <c>19.1</c>.</param>
/// <param name="Strategy">Detection strategy id; null for an analytic of the project's own.</param>
/// <param name="Techniques">Technique ids.</param>
public sealed record AttackMapping(string Release, string? Strategy, IReadOnlyList<string> Techniques);

/// <summary>Scores from which a finding has a confidence, 0 to 100, ascending.</summary>
public sealed record Thresholds(int Low, int Medium, int High);

/// <summary>The texts of a finding. Placeholders: <c>{app}</c>, <c>{device}</c>, <c>{stage.field}</c>.</summary>
public sealed record FindingTexts(
    string Title, string Description, IReadOnlyList<string> CannotSee, IReadOnlyList<string> FalsePositives, IReadOnlyList<string> NextSteps, IReadOnlyList<string> References);

/// <summary>A stage for people.</summary>
public sealed record StageInfo(string Id, string Title, DataComponents Components, bool IsRequired);

/// <summary>A chain for people.</summary>
public sealed record ChainInfo(string Name, IReadOnlyList<string> Stages, bool IsOrdered, int Score, IReadOnlyList<string> Blind);

/// <summary>A contribution for people.</summary>
public sealed record AdditionInfo(string Name, int Points, string Reason);

/// <summary>An ATT&amp;CK technique with a tactic of its.</summary>
public sealed record Technique(string Uid, string Name, string TacticUid, string TacticName);
