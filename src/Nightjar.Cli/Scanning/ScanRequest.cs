using Nightjar.Baselines;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.Intake;

namespace Nightjar.Cli.Scanning;

/// <summary>What a scan is asked to do.</summary>
internal sealed record ScanRequest
{
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Folder or uids of analytics; null for all that come with Nightjar.</summary>
    public string? Analytics { get; init; }

    /// <summary>All formats that can be read, with those of the user's mappings.</summary>
    public IReadOnlyList<ISourceReader> Readers { get; init; } = SourceCatalog.All;

    /// <summary>CSV that says which device had which address.</summary>
    public string? DeviceMap { get; init; }

    /// <summary>The device of files that speak of one and do not name it.</summary>
    public string? Device { get; init; }

    /// <summary>Manifests of reviewed packages, or folders of them.</summary>
    public IReadOnlyList<string> Vetted { get; init; } = [];

    /// <summary>Whether times of other clocks are moved to that of the device before anything is judged.</summary>
    public bool AlignClocks { get; init; }

    /// <summary>True when the same is read once more: what was told of it is not told again.</summary>
    public bool IsRepeat { get; init; }

    public Instant? Since { get; init; }

    public Instant? Until { get; init; }

    public SourceSettings Settings { get; init; } = new();

    public int Threads { get; init; } = 1;

    /// <summary>Now, as the caller sees it: events an hour beyond are quarantined.</summary>
    public required Instant Now { get; init; }

    public IProgress<IntakeProgress>? Progress { get; init; }
}

/// <summary>What a scan gave.</summary>
internal sealed record ScanOutcome(RunSummary Summary, IReadOnlyList<Finding> Findings)
{
    /// <summary>Findings that exceptions of the policy hide; they are written nowhere.</summary>
    public IReadOnlyList<Finding> Hidden { get; init; } = [];

    /// <summary>What was learned of apps; null when nothing was to be.</summary>
    public Baseline? Learned { get; init; }
}
