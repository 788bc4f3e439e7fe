using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

/// <summary>Held against the expression that is built at once.</summary>
public sealed class SafeRegexTests
{
    private static readonly Gen<string> Piece = Gen.Elements(
        "a", "b", "/", ".", "\\", "\\d", "\\w", "\\b", "\\1", "\\k<n>", "\\G", "\\A", "\\z", "\\p{L}", "\\x41", "\\.", "\\(", "(", ")", "(?", "(?:", "(?=", "(?!", "(?<=", "(?>", "(?i)",
        "(?<n>", "?", "*", "+", "{2}", "{2,}", "{", "}", "[", "]", "[^a]", "[a-z-[b]]", "^", "$", "|", "#", " ", "é");

    private static readonly Arbitrary<string> Pattern = Gen.Choose(1, 7).SelectMany(count => Piece.ListOf(count)).Select(pieces => string.Concat(pieces)).ToArbitrary();

    [Fact]
    public void It_is_refused_for_the_same_reason() => Property.Holds(Pattern, pattern => RefusalOf(() => SafeRegex.Of(pattern)) == RefusalOf(() => AtOnce(pattern)));

    [Fact]
    public void What_is_not_refused_can_be_asked() => Property.Holds(Pattern, pattern =>
    {
        if (RefusalOf(() => AtOnce(pattern)).Length > 0) return true;
        return Array.TrueForAll(["", "a", "ab/b", "aabb", "A é"], text => SafeRegex.Of(pattern).IsMatch(text) == AtOnce(pattern).IsMatch(text));
    });

    [Theory]
    [InlineData("(a)\\1")]
    [InlineData("(?<n>a)\\k<n>")]
    [InlineData("a(?=b)")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)b")]
    [InlineData("(a)?(?(1)b|c)")]
    [InlineData("\\Ga")]
    public void What_needs_backtracking_is_tried_at_once(string pattern)
    {
        Assert.False(SafeRegex.NeedsNoBacktracking(pattern));
        Assert.Throws<NotSupportedException>(() => SafeRegex.Of(pattern));
    }

    [Fact]
    public void The_same_pattern_is_one_object() => Assert.Same(SafeRegex.Of("^/data/[^/]+$"), SafeRegex.Of("^/data/[^/]+$"));

    private static Regex AtOnce(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    private static string RefusalOf(Func<object> make)
    {
        try
        {
            make();
            return "";
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return $"{e.GetType().Name}: {e.Message}";
        }
    }
}
