using System.Text.RegularExpressions;
using Xunit;

namespace Nightjar.Tests.House;

/// <summary>Names, folders and lengths, over the sources.</summary>
public partial class LayoutTests
{
    private const int LongestMethod = 40;
    private const int LongestFile = 400;

    private static readonly HashSet<string> NamesOfNothing = new(["Core", "Common", "Shared", "Utils", "Helpers", "Manager"], StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Sources => Repository.FilesUnder("src", ".cs");

    private static IEnumerable<string> AllSources => Sources.Concat(Repository.FilesUnder("tests", ".cs")).Concat(Repository.FilesUnder("bench", ".cs"));

    [Fact]
    public void Nothing_is_called_by_a_name_that_owns_everything() =>
        Complaints.None(Repository.Folders.Concat(AllSources.Select(path => path[..^3])).SelectMany(NamedForNothing));

    [Theory]
    [InlineData("src/Nightjar/Core")]
    [InlineData("src/Nightjar.Common")]
    [InlineData("src/Nightjar/Engine/Utils")]
    [InlineData("src/Nightjar/Engine/StateHelpers")]
    public void Such_a_name_is_caught(string path) => Assert.Single(NamedForNothing(path));

    [Fact]
    public void Namespaces_are_folders() => Complaints.None(AllSources.SelectMany(path => Misplaced(path, Repository.Read(path))));

    [Fact]
    public void A_namespace_that_is_not_its_folder_is_caught() =>
        Assert.Single(Misplaced("src/Nightjar/Events/Tri.cs", "using System;\n\nnamespace Nightjar.Engine;\n"));

    [Fact]
    public void No_method_is_longer_than_forty_lines() => Complaints.None(Sources.SelectMany(path => TooLong(path, Repository.Read(path))));

    [Theory]
    [InlineData("public static int Sum(int[] values)\n    {", "    }")]
    [InlineData("public string Text =>\n        string.Join(\", \",", "        \"\");")]
    [InlineData("public void Take<T>(T value)\n        where T : class\n    {", "    }")]
    [InlineData("public static bool operator ==(A a, A b)\n    {", "    }")]
    public void A_longer_method_is_caught(string begin, string end)
    {
        var lines = string.Concat(Enumerable.Repeat("        // a { brace and a \" quote\n        \"}\",\n", LongestMethod / 2));
        var text = $"namespace A;\n\ninternal sealed class A\n{{\n    private readonly string _b = $\"{{'}}' + \"{{\"}}\";\n\n    {begin}\n{lines}{end}\n\n    private void Short()\n    {{\n    }}\n}}\n";
        Assert.StartsWith("src/A.cs:7 ", Assert.Single(TooLong("src/A.cs", text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_method_of_a_file_is_measured() =>
        Assert.Equal(
            ["public int A { get; } = 1;", "public int B => A;", "public C() : this(1)", "internal static void D<T>()", "~C()", "public static C operator <=(C a, C b) => a;"],
            Member.In("""
                namespace N;
                public class C : I<C>
                {
                    private static readonly int[] Table = [1, 2, 3];
                    public int A { get; } = 1;
                    public int B => A;
                    public C() : this(1)
                    {
                    }
                    private sealed record E(int F);
                    private struct G
                    {
                        internal static void D<T>()
                            where T : struct { }
                    }
                    ~C()
                    { }
                    public static C operator <=(C a, C b) => a;
                }
                """).Select(member => member.Name));

    [Fact]
    public void No_file_is_longer_than_four_hundred_lines() =>
        Complaints.None(
            from path in AllSources
            let lines = Repository.Read(path).AsSpan().Count('\n')
            where lines > LongestFile
            select $"{path} has {lines} lines.");

    private static IEnumerable<string> NamedForNothing(string path) =>
        from word in Words().Matches(path[(path.LastIndexOf('/') + 1)..])
        where NamesOfNothing.Contains(word.Value)
        select $"{path} is named {word.Value}.";

    private static IEnumerable<string> Misplaced(string path, string text)
    {
        var stated = Namespace().Match(text);
        var parts = path.Split('/');
        var expected = string.Join('.', parts[1..^1]);
        if (stated.Success && stated.Groups[1].Value != expected) yield return $"{path} says namespace {stated.Groups[1].Value}, not {expected}.";
        if (!stated.Success && parts[^1] != "Program.cs") yield return $"{path} states no namespace.";
    }

    private static IEnumerable<string> TooLong(string path, string text) =>
        from member in Member.In(text)
        where member.Length > LongestMethod
        select $"{path}:{member.Line} has {member.Length} lines: {member.Name}";

    [GeneratedRegex(@"[A-Z][a-z0-9]*|[a-z0-9]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"^namespace ([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
