using Nightjar.Findings;

namespace Nightjar.Sinks;

/// <summary>One way of telling what a run found. A sink is handed everything and writes one output; it asks nobody for more.</summary>
public interface ISink
{
    /// <summary>Short name, unique among the sinks, for example <c>ocsf</c>.</summary>
    string Id { get; }

    /// <summary>Name of the file in the output folder, unique among the sinks, for example <c>findings.ocsf.ndjson</c>.</summary>
    string FileName { get; }

    /// <summary>Writes the output, in the same bytes for the same result.</summary>
    /// <param name="result">What was found and what was looked at.</param>
    /// <param name="output">Where to; stays open.</param>
    /// <exception cref="IOException">The stream failed. Nothing in <paramref name="result"/> makes a sink throw.</exception>
    void Write(RunResult result, Stream output);
}

/// <summary>All that a run has to tell.</summary>
/// <param name="Summary">What was read, and what could not be checked.</param>
/// <param name="Findings">What was found, in any order.</param>
public sealed record RunResult(RunSummary Summary, IReadOnlyList<Finding> Findings);
