namespace Nightjar.Knowledge.Bundles;

/// <summary>What is wrong with a bundle. A hostile one could have a mistake in each of a million objects, so only the first are told.</summary>
internal sealed class BundleComplaints(string file)
{
    private const int Most = 100;
    private readonly List<Diagnostic> all = [];
    private readonly HashSet<Diagnostic> told = [];

    public IReadOnlyList<Diagnostic> All => all;

    public bool HasErrors => all.Any(item => item.Severity == DiagnosticSeverity.Error);

    /// <summary>True when nothing further is told, so that reading on is in vain.</summary>
    public bool IsFull => all.Count >= Most;

    public void Add(DiagnosticRule rule, string reason, int line = 0, int column = 0)
    {
        if (IsFull) return;
        var next = all.Count < Most - 1 ? rule.At(file, line, column, reason) : BundleRules.TooMany.At(file, 0, 0, $"More than {Most - 1} mistakes were found.");
        if (told.Add(next)) all.Add(next);
    }
}
