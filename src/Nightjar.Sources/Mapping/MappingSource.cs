using Nightjar.Knowledge;

namespace Nightjar.Sources.Mapping;

/// <summary>A mapping file before it is read.</summary>
/// <param name="Path">Its name in diagnostics, with slashes.</param>
/// <param name="Text">Its YAML.</param>
/// <param name="IsShipped">True for those that come with Nightjar.</param>
public sealed record MappingSource(string Path, string Text, bool IsShipped = false);

/// <summary>Mappings that were read: their readers, and every mistake in them.</summary>
/// <param name="Readers">A reader for each mapping without errors: the user's first, then those that come with Nightjar.</param>
/// <param name="Diagnostics">All mistakes, in the order of files and lines.</param>
public sealed record MappingSet(IReadOnlyList<ISourceReader> Readers, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>True when a mapping is not used because of a mistake.</summary>
    public bool HasErrors => Diagnostics.Any(item => item.Severity == DiagnosticSeverity.Error);
}
