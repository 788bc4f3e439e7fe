namespace Nightjar.Baselines;

/// <summary>Orders texts as their UTF-8 bytes do, so that a search over bytes finds what was sorted as text.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return x is null ? y is null ? 0 : -1 : 1;
        var same = x.AsSpan().CommonPrefixLength(y);
        return same < x.Length && same < y.Length ? Rank(x[same]).CompareTo(Rank(y[same])) : x.Length.CompareTo(y.Length);
    }

    // In UTF-16 the halves of a character beyond the first plane lie below some that come before it.
    private static int Rank(char c) => c >= 0xE000 ? c - 0x800 : c >= 0xD800 ? c + 0x2000 : c;
}
