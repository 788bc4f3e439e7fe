using Nightjar.Sources.Identity;
using Xunit;

namespace Nightjar.Tests.Sources.Identity;

public class PathPatternTests
{
    [Theory]
    [InlineData("phones/p1", "phones/p1", true)]
    [InlineData("phones/p1/", "phones/p1/logcat.txt", true)]
    [InlineData("phones/p1", "phones/p10/logcat.txt", false)]
    [InlineData("phones\\p1", "phones/p1/a/b.txt", true)]
    [InlineData("./phones/p1", "phones/p1/b.txt", true)]
    [InlineData("p1", "phones/p1/b.txt", true)]
    [InlineData("logcat.txt", "phones/p1/logcat.txt", true)]
    [InlineData("phones/p1", "fleet/phones/p1/b.txt", false)]
    [InlineData("phones/*/logcat*.txt", "phones/p1/logcat-2.txt", true)]
    [InlineData("phones/*/logcat*.txt", "phones/p1/x/logcat-2.txt", false)]
    [InlineData("phones/**/logcat*.txt", "phones/p1/x/logcat-2.txt", true)]
    [InlineData("phones/**/logcat*.txt", "phones/logcat.txt", true)]
    [InlineData("phones/p?", "phones/p1/logcat.txt", true)]
    [InlineData("pixel*", "fleet/pixel-7/logcat.txt", true)]
    [InlineData("p1.zip", "export/p1.zip!/logcat.txt", true)]
    [InlineData("export/p1.zip/logcat.txt", "export/p1.zip!/logcat.txt", true)]
    [InlineData("a.b", "axb", false)]
    [InlineData("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    public void A_path_names_a_file_a_folder_or_many(string pattern, string path, bool matches) =>
        Assert.Equal(matches, new PathPattern(PathPattern.Normalise(pattern)!).Matches(PathPattern.Normalise(path)!));

    [Theory]
    [InlineData("")]
    [InlineData("///")]
    [InlineData("./")]
    public void Nothing_is_no_pattern(string pattern) => Assert.Null(PathPattern.Normalise(pattern));

    [Fact]
    public void What_says_more_comes_first() =>
        Assert.Equal(
            ["phones/p1/logcat.txt", "phones/p1/log*.txt", "phones/p1", "phones/*", "phones"],
            new[] { "phones", "phones/*", "phones/p1", "phones/p1/log*.txt", "phones/p1/logcat.txt" }
                .Order(Comparer<string>.Create((a, b) => new PathPattern(a).CompareTo(new PathPattern(b)))));
}
