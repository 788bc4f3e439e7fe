using FsCheck;
using FsCheck.Fluent;
using Nightjar.Analytics.Reading;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Analytics.Reading;

/// <summary>The one reading of a file, held against the two plain ones.</summary>
public sealed class YamlReadingTests
{
    private static readonly string[] Files =
        [.. Repository.FilesUnder("analytics", "/analytic.yml").Concat(Repository.FilesUnder("tests/Nightjar.Tests/Analytics/Mistakes", ".yml")).Select(Repository.Read)];

    private static readonly Gen<string> Damage = Gen.Elements(
        "&a ", "*a ", "- ", ": ", "[", "]", "{", "}", "'", "\"", "|", ">", "---\n", "...\n", "\t", "!x ", "%", "@", "\u0000", "\ud800", "? ", "# ", "\n", "<<: ", new string('[', 50), "a: &x [*x]\n");

    private static readonly Gen<string> Damaged =
        from file in Gen.Elements(Files)
        from damage in Damage
        from at in Gen.Choose(0, file.Length)
        from cut in Gen.Choose(0, 3)
        select string.Concat(file.AsSpan(0, at), damage, file.AsSpan(Math.Min(file.Length, at + cut)));

    [Fact]
    public void What_is_whole_is_read_at_once_and_alike() =>
        Assert.All(Files, text => Assert.Equal(Shown(YamlReading.Plainly(text, new Mistakes("a.yml"))), Shown(YamlReading.Watched(text))));

    [Fact]
    public void What_is_damaged_is_taken_by_both_or_by_none() => Property.Holds(Arb.From(Damaged), text =>
    {
        var mistakes = new Mistakes("a.yml");
        return Shown(YamlReading.Plainly(text, mistakes)) == Shown(YamlReading.Watched(text)) && (YamlReading.Watched(text) is null) == mistakes.HasErrors;
    });

    private static string Shown(YamlDotNet.RepresentationModel.YamlStream? stream) =>
        stream is null ? "none" : string.Join('\n', stream.SelectMany(document => document.AllNodes).Select(node => $"{node.NodeType} {node.Start.Line}:{node.Start.Column} {node.Tag} {node}"));
}
