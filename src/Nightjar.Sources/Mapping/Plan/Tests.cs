using System.Globalization;
using System.Net;
using System.Text;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Sources.Mapping.Plan;

/// <summary>A condition on a record.</summary>
internal abstract class RecordTest
{
    public abstract bool Holds(RecordView view);
}

/// <summary>All of them hold; of none, always.</summary>
internal sealed class AllOf(RecordTest[] tests) : RecordTest
{
    public override bool Holds(RecordView view)
    {
        foreach (var test in tests)
            if (!test.Holds(view)) return false;
        return true;
    }
}

/// <summary>One of them holds.</summary>
internal sealed class AnyOf(RecordTest[] tests) : RecordTest
{
    public override bool Holds(RecordView view)
    {
        foreach (var test in tests)
            if (test.Holds(view)) return true;
        return false;
    }
}

/// <summary>Something that means anything stands at the path, or does not.</summary>
internal sealed class ExistsTest(ValuePath path, bool wanted, Meaning meaning) : RecordTest
{
    public override bool Holds(RecordView view) => Exists(view) == wanted;

    private bool Exists(RecordView view)
    {
        if (view.Of(path.Scope) is not { } values || !values.Has(path.Slot)) return false;
        var kind = values.KindOf(path.Slot);
        return kind != Records.ValueKind.Null && (kind != Records.ValueKind.Text || !meaning.IsNothing(values.Text(path.Slot)));
    }
}

/// <summary>A value at the path passes the check; of several, any does.</summary>
internal sealed class ValueTest(ValuePath path, ValueCheck check) : RecordTest
{
    public override bool Holds(RecordView view)
    {
        if (view.Of(path.Scope) is not { } values) return false;
        for (var place = values.FirstOf(path.Slot); place >= 0; place = values.NextOf(place))
            if (check.Passes(values.TextOf(place))) return true;
        return false;
    }
}

/// <summary>No value at the path passes the check.</summary>
internal sealed class NotTest(RecordTest test) : RecordTest
{
    public override bool Holds(RecordView view) => !test.Holds(view);
}

/// <summary>A question to one value.</summary>
internal abstract class ValueCheck
{
    public abstract bool Passes(ReadOnlySpan<byte> value);
}

/// <summary>How a value is compared with words.</summary>
internal enum WordPlace : byte
{
    Whole,
    Start,
    End,
    Anywhere,
}

/// <summary>The value is one of these words, or holds one of them; letter case does not count.</summary>
internal sealed class WordCheck(IEnumerable<string> words, WordPlace place) : ValueCheck
{
    private readonly string[] _words = [.. words];
    private readonly byte[][] _utf8 = [.. words.Select(Encoding.UTF8.GetBytes)];

    public override bool Passes(ReadOnlySpan<byte> value)
    {
        foreach (var word in _utf8)
            if (Passes(value, word)) return true;
        return false;
    }

    private bool Passes(ReadOnlySpan<byte> value, byte[] word) => word.Length <= value.Length && place switch
    {
        WordPlace.Whole => word.Length == value.Length && Same(value, word),
        WordPlace.Start => Same(value[..word.Length], word),
        WordPlace.End => Same(value[^word.Length..], word),
        _ => _words.Length > 0 && Holds(value, word),
    };

    private static bool Holds(ReadOnlySpan<byte> value, byte[] word)
    {
        for (; value.Length >= word.Length; value = value[1..])
            if (Same(value[..word.Length], word)) return true;
        return false;
    }

    // Beyond ASCII the case counts; Ascii's own comparison would refuse such texts altogether.
    private static bool Same(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        for (var i = 0; i < b.Length; i++)
            if (a[i] != b[i] && Lower(a[i]) != Lower(b[i])) return false;
        return true;
    }

    private static int Lower(byte c) => c is >= (byte)'A' and <= (byte)'Z' ? c | 0x20 : c;
}

/// <summary>The value matches an expression that never goes back.</summary>
internal sealed class PatternCheck(SafeRegex pattern) : ValueCheck
{
    public override bool Passes(ReadOnlySpan<byte> value) => value.Length <= EventBatch.MaxTextBytes && pattern.IsMatch(Encoding.UTF8.GetString(value));
}

/// <summary>The value is an address in one of these ranges.</summary>
internal sealed class RangeCheck(IReadOnlyList<IPNetwork> ranges) : ValueCheck
{
    public override bool Passes(ReadOnlySpan<byte> value)
    {
        if (value.Length > 128 || HostText.Address(Encoding.UTF8.GetString(value)) is not { } text || !IPAddress.TryParse(text, out var address)) return false;
        foreach (var range in ranges)
            if (range.Contains(address)) return true;
        return false;
    }
}

/// <summary>The value is an address that never leaves the place, such as a private one.</summary>
internal sealed class LocalCheck(bool wanted) : ValueCheck
{
    public override bool Passes(ReadOnlySpan<byte> value) =>
        value.Length <= 128 && HostText.Address(Encoding.UTF8.GetString(value)) is { } text && IPAddress.TryParse(text, out var address)
        && HostText.IsLocal(address) == wanted;
}

/// <summary>The value is a number between two bounds, both excluded.</summary>
internal sealed class NumberCheck(double above, double below) : ValueCheck
{
    public override bool Passes(ReadOnlySpan<byte> value) =>
        value.Length <= 64 && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number > above && number < below;
}

/// <summary>What a source writes where it knows nothing.</summary>
internal sealed class Meaning(IEnumerable<string> words)
{
    private readonly WordCheck _words = new([.. words], WordPlace.Whole);

    /// <summary>True for the words that mean nothing anywhere, and for those of this source.</summary>
    public bool IsNothing(ReadOnlySpan<byte> text) => MeaninglessText.Is(text.Trim(" \t"u8)) || _words.Passes(text);
}
