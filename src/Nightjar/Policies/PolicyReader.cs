using System.Security.Cryptography;
using System.Text;
using Nightjar.Knowledge;
using Nightjar.Policies.Checking;
using Nightjar.Policies.Reading;

namespace Nightjar.Policies;

/// <summary>A policy file and the name it is known by.</summary>
/// <param name="Path">As it was given, with forward slashes.</param>
/// <param name="Content">Its bytes.</param>
public sealed record PolicySource(string Path, ReadOnlyMemory<byte> Content);

/// <summary>What came of reading a policy: null when it has errors, with every mistake in either case.</summary>
public sealed record PolicyReading(Policy? Policy, IReadOnlyList<Diagnostic> Diagnostics)
{
    /// <summary>What could be read in spite of errors, so that its mistakes against the analytics can be told with the others; null when nothing could. Never put in force.</summary>
    public Policy? Readable { get; init; }
}

/// <summary>Reads a policy and reports all of its own mistakes at once. Those against the analytics are told by <see cref="PolicyBinding"/>.</summary>
public static class PolicyReader
{
    /// <summary>Reads a file. Never throws for what stands in it.</summary>
    /// <param name="source">The file.</param>
    /// <param name="reference">The roles and service classes that there are.</param>
    public static PolicyReading Read(PolicySource source, ReferenceData reference)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(reference);
        var diagnostics = new List<Diagnostic>();
        var text = Encoding.UTF8.GetString(source.Content.Span).TrimStart('\uFEFF');
        var root = YamlText.Parse(source.Path, text, diagnostics, PolicyRules.Yaml);
        var mistakes = new AuthorMistakes(source.Path, diagnostics, PolicyRules.Maps);
        if (root is not YamlMap map)
        {
            if (diagnostics.Count == 0) mistakes.Add(PolicyRules.WrongShape, 1, 1, $"The file is {root?.Shape ?? "empty"} where a mapping is expected.");
            return new PolicyReading(null, diagnostics);
        }
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(source.Content.Span));
        var policy = new PolicyFileReading(new AuthorMap(map, mistakes), reference).Read(sha256);
        PolicyChecks.Check(policy, reference, mistakes);
        var hasErrors = diagnostics.Exists(item => item.Severity == DiagnosticSeverity.Error);
        return new PolicyReading(hasErrors ? null : policy, [.. diagnostics.Distinct().Order()]) { Readable = policy };
    }
}
