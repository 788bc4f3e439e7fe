using Nightjar.Knowledge;

namespace Nightjar.Tests.Knowledge;

/// <summary>Reference data from texts in a test.</summary>
internal static class Texts
{
    /// <summary>The shipped data with these files laid over it, which must be without mistakes.</summary>
    public static ReferenceData Over(params (string Path, string Text)[] files)
    {
        var load = ReferenceData.LoadOverShipped(files.ToDictionary(f => f.Path, f => f.Text));
        Xunit.Assert.Empty(load.Diagnostics.Select(d => d.ToString()));
        return load.Data;
    }

    /// <summary>What is said of the shipped data with this file laid over it.</summary>
    public static IReadOnlyList<Diagnostic> DiagnosticsOf(string path, string text) =>
        ReferenceData.LoadOverShipped(new Dictionary<string, string> { [path] = text }).Diagnostics;
}
