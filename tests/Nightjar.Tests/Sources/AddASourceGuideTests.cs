using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Sources;

/// <summary>Holds the quotes of the guide to the code that they quote.</summary>
public class AddASourceGuideTests
{
    private const string Guide = "docs/guides/add-a-source.md";

    [Fact]
    public void Every_quote_stands_in_the_file_that_it_names()
    {
        var quotes = Markdown.Parse(Repository.Read(Guide)).Fences.Where(fence => fence.Info.StartsWith("csharp ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(quotes);
        Complaints.None(
            from quote in quotes
            where !Stands(quote.Text, Repository.Read(quote.Info["csharp ".Length..]))
            select $"{Guide}:{quote.Line} quotes what {quote.Info["csharp ".Length..]} does not say.");
    }

    [Fact]
    public void A_quote_that_was_changed_is_caught() => Assert.False(Stands("a();\nc();\n", "    a();\n    b();\n"));

    private static bool Stands(string quote, string code) => Plain(code).Contains(Plain(quote), StringComparison.Ordinal);

    // Indentation is the quoting's own.
    private static string Plain(string text) => string.Concat(text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(line => line + "\n"));
}
