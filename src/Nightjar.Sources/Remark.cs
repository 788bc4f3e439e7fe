namespace Nightjar.Sources;

/// <summary>Gathers what a record says beyond the fields of an event: <c>initiatedType=NonAppInitiated; context=shop.example</c>.</summary>
internal sealed class Remark
{
    private const int MaxLength = 2048;

    private readonly byte[] _text = new byte[MaxLength];
    private int _length;

    public Remark Begin()
    {
        _length = 0;
        return this;
    }

    /// <summary>Adds a part; empty ones are left out, and those for which there is no room.</summary>
    public Remark Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || _length + name.Length + value.Length + 3 > MaxLength) return this;
        if (_length > 0) Append("; "u8);
        Append(name);
        Append("="u8);
        Append(value);
        return this;
    }

    /// <summary>What was gathered; valid until the next begin.</summary>
    public ReadOnlySpan<byte> ToSpan() => _text.AsSpan(0, _length);

    private void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }
}
