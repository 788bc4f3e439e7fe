using System.Security.Cryptography;
using System.Text;
using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Scenarios;
using Nightjar.Sinks;

namespace Nightjar.Auditing;

/// <summary>All that an evidence pack is made from. The same content gives the same bytes.</summary>
public sealed record EvidencePack
{
    /// <summary>What was read and found.</summary>
    public required RunResult Result { get; init; }

    /// <summary>Findings that exceptions of the policy hid.</summary>
    public IReadOnlyList<Finding> Hidden { get; init; } = [];

    /// <summary>The analytics, with the values that held for all, in order of uid.</summary>
    public required IReadOnlyList<Analytic> Analytics { get; init; }

    /// <summary>The files of the analytics, and the scenarios beside them.</summary>
    public required ContentFiles Content { get; init; }

    /// <summary>What came of running the scenarios.</summary>
    public required ScenarioReport Scenarios { get; init; }

    /// <summary>What came of changing the analytics; null when that was not asked for.</summary>
    public MutationReport? Mutations { get; init; }

    /// <summary>The facts that analytics ask for.</summary>
    public required ReferenceData Reference { get; init; }

    /// <summary>The policy, joined to the analytics; null without one.</summary>
    public BoundPolicy? Policy { get; init; }

    /// <summary>The bytes of the policy's file.</summary>
    public ReadOnlyMemory<byte> PolicyText { get; init; }

    /// <summary>The files that were read from outside archives, and those that the run was told to judge by.</summary>
    public required IReadOnlyList<InputFingerprint> Inputs { get; init; }

    /// <summary>What was done about findings.</summary>
    public IReadOnlyList<HandlingEntry> Handling { get; init; } = [];

    /// <summary>The command that makes the pack again, without what does not change it.</summary>
    public required string Command { get; init; }

    /// <summary>The moment as of which it was made, when one was stated.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>SHA-256 of a text in UTF-8, lower case hexadecimal.</summary>
    internal static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

/// <summary>A file that was read.</summary>
/// <param name="Path">As it was given.</param>
/// <param name="Role">What it was read as: "telemetry", "policy", "baseline", "device map", "mapping", "reviewed package", "handling".</param>
/// <param name="Bytes">Its length; null when it cannot be read again.</param>
/// <param name="Sha256">Lower case hexadecimal; null when it cannot be read again.</param>
public sealed record InputFingerprint(string Path, string Role, long? Bytes, string? Sha256);

/// <summary>A file of the pack.</summary>
/// <param name="Name">Its name in the folder.</param>
/// <param name="About">What it says, for the list in the README.</param>
/// <param name="Write">Writes it.</param>
public sealed record PackFile(string Name, string About, Action<Stream> Write);

/// <summary>Files of analytics, and the scenarios and golden texts beside them.</summary>
public sealed record ContentFiles(IReadOnlyList<AnalyticSource> Analytics, IReadOnlyList<ScenarioSource> Scenarios)
{
    /// <summary>Those in the folders of some analytics.</summary>
    public ContentFiles For(IEnumerable<Analytic> analytics)
    {
        var folders = analytics.Select(analytic => ScenarioPaths.FolderOf(analytic.File)).ToHashSet(StringComparer.Ordinal);
        return new ContentFiles(
            [.. Analytics.Where(file => folders.Contains(ScenarioPaths.FolderOf(file.Path)))], [.. Scenarios.Where(file => folders.Contains(ScenarioPaths.FolderOf(file.Path)))]);
    }
}
