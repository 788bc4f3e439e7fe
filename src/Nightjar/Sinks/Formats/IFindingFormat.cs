using Nightjar.Findings;

namespace Nightjar.Sinks.Formats;

/// <summary>A form in which other tools take findings.</summary>
public interface IFindingFormat
{
    /// <summary>Short name, unique among the formats, for example <c>ecs</c>.</summary>
    string Id { get; }

    /// <summary>What it is, for people.</summary>
    string Title { get; }

    /// <summary>Writes findings, in the same bytes for the same findings.</summary>
    /// <param name="findings">In order of time, with texts held to a length (see <see cref="FormatCatalog.Write"/>).</param>
    /// <param name="output">Where to; stays open.</param>
    /// <exception cref="IOException">The stream failed. Nothing in a finding makes a format throw.</exception>
    void Write(IReadOnlyList<Finding> findings, Stream output);
}
