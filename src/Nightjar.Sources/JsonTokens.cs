using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>What a piece of JSON is.</summary>
internal enum JsonToken : byte
{
    /// <summary>The input has ended.</summary>
    End,
    StartObject,
    EndObject,
    StartArray,
    EndArray,
    Name,
    Text,

    /// <summary>A number, <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    Plain,
}

/// <summary>Reads one JSON document of any size piece by piece, in memory that does not grow with it: of a long text only the beginning is kept.</summary>
/// <remarks>Where the document is broken it goes on as well as it can: what is no JSON is left out, and a text ends at the end of its line.</remarks>
internal sealed class JsonTokens(Stream stream) : IDisposable
{
    // A little more than an event keeps, so that the event itself marks what was cut.
    private const int MaxValue = EventBatch.MaxTextBytes + 64;
    private const int End = -1;

    private readonly byte[] _value = new byte[MaxValue];
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
    private int _at;
    private int _end;
    private int _length;

    /// <summary>Bytes taken from the stream.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Places where the document is no JSON.</summary>
    public long Damages { get; private set; }

    /// <summary>True when the last value was not UTF-8; broken bytes were replaced.</summary>
    public bool WasReplaced { get; private set; }

    /// <summary>The last name or value, without escapes; valid until the next is read.</summary>
    public ReadOnlySpan<byte> Value => _value.AsSpan(0, _length);

    /// <summary>Reads the next piece.</summary>
    /// <exception cref="IOException">The stream failed.</exception>
    public JsonToken Next(CancellationToken cancellation)
    {
        while (true)
        {
            switch (Take(cancellation))
            {
                case End: return JsonToken.End;
                case '{': return JsonToken.StartObject;
                case '}': return JsonToken.EndObject;
                case '[': return JsonToken.StartArray;
                case ']': return JsonToken.EndArray;
                case '"': return ReadText(cancellation);
                case ' ' or '\t' or '\r' or '\n' or ',' or ':': break;
                case var c when char.IsAsciiLetterOrDigit((char)c) || c is '-' or '+' or '.': return ReadPlain((byte)c, cancellation);
                default:
                    Damages++;
                    break;
            }
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private JsonToken ReadPlain(byte first, CancellationToken cancellation)
    {
        _length = 0;
        Keep(first);
        int c;
        while ((c = Peek(cancellation)) != End && (char.IsAsciiLetterOrDigit((char)c) || c is '-' or '+' or '.'))
        {
            Keep((byte)c);
            _at++;
        }
        Check();
        return JsonToken.Plain;
    }

    private JsonToken ReadText(CancellationToken cancellation)
    {
        _length = 0;
        while (true)
        {
            var c = Take(cancellation);
            if (c == '"') break;
            if (c is End or '\n')
            {
                Damages++;
                Check();
                return JsonToken.Text;
            }
            if (c == '\\') Escape(cancellation);
            else Keep((byte)c);
        }
        Check();
        int next;
        while ((next = Peek(cancellation)) is ' ' or '\t' or '\r' or '\n') _at++;
        return next == ':' ? JsonToken.Name : JsonToken.Text;
    }

    private void Escape(CancellationToken cancellation)
    {
        switch (Take(cancellation))
        {
            case 'n': Keep((byte)'\n'); break;
            case 't': Keep((byte)'\t'); break;
            case 'r': Keep((byte)'\r'); break;
            case 'b': Keep((byte)'\b'); break;
            case 'f': Keep((byte)'\f'); break;
            case 'u': Unicode(cancellation); break;
            case var c and ('"' or '\\' or '/'): Keep((byte)c); break;
            default:
                Damages++;
                break;
        }
    }

    // Half of a pair alone is no character.
    private void Unicode(CancellationToken cancellation)
    {
        var first = FourDigits(cancellation);
        var rune = Rune.ReplacementChar;
        if (first >= 0 && !char.IsSurrogate((char)first)) rune = new Rune((char)first);
        else if (first >= 0 && char.IsHighSurrogate((char)first) && TakeIf('\\', cancellation) && TakeIf('u', cancellation))
        {
            var second = FourDigits(cancellation);
            if (second >= 0 && char.IsLowSurrogate((char)second)) rune = new Rune((char)first, (char)second);
        }
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var b in utf8[..rune.EncodeToUtf8(utf8)]) Keep(b);
    }

    private int FourDigits(CancellationToken cancellation)
    {
        Span<char> digits = stackalloc char[4];
        for (var i = 0; i < digits.Length; i++)
        {
            if (Peek(cancellation) is var c && (c == End || !char.IsAsciiHexDigit((char)c)))
            {
                Damages++;
                return -1;
            }
            digits[i] = (char)_buffer[_at++];
        }
        return int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    private bool TakeIf(char wanted, CancellationToken cancellation)
    {
        if (Peek(cancellation) != wanted) return false;
        _at++;
        return true;
    }

    private void Keep(byte b)
    {
        if (_length < MaxValue) _value[_length++] = b;
    }

    // A text that was cut may end inside a character; other broken bytes are replaced.
    private void Check()
    {
        WasReplaced = false;
        if (_length == MaxValue)
        {
            while (_length > 0 && (_value[_length - 1] & 0xC0) == 0x80) _length--;
            if (_length > 0 && _value[_length - 1] >= 0xC0) _length--;
        }
        if (Utf8.IsValid(Value)) return;
        WasReplaced = true;
        var replaced = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Value));
        _length = Math.Min(replaced.Length, MaxValue);
        while (_length > 0 && _length < replaced.Length && (replaced[_length] & 0xC0) == 0x80) _length--;
        replaced.AsSpan(0, _length).CopyTo(_value);
    }

    private int Take(CancellationToken cancellation)
    {
        var c = Peek(cancellation);
        if (c != End) _at++;
        return c;
    }

    private int Peek(CancellationToken cancellation)
    {
        if (_at < _end) return _buffer[_at];
        cancellation.ThrowIfCancellationRequested();
        (_at, _end) = (0, 0);
        _end = stream.Read(_buffer, 0, _buffer.Length);
        BytesRead += _end;
        return _end > 0 ? _buffer[0] : End;
    }
}
