using System.Text.Json;

namespace Nightjar.Sources;

/// <summary>The id of a JSON object by what it says: blanks and escapes do not count, the order of attributes does.</summary>
internal sealed class JsonFingerprint
{
    private readonly RecordKey _key = new();
    private byte[] _text = new byte[512];

    /// <summary>The id of an object that was read before, so it is well formed.</summary>
    public UInt128 Of(ReadOnlySpan<byte> json)
    {
        _key.Begin("json"u8);
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonRecord.MaxDepth });
        while (reader.Read())
        {
            _key.Add((long)reader.TokenType);
            if (reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String) _key.Add(Unescaped(ref reader));
            else if (reader.TokenType == JsonTokenType.Number) _key.Add(reader.ValueSpan);
        }
        return _key.ToId();
    }

    // An escaped half of a character is JSON and no text; such a value counts as it is written.
    private ReadOnlySpan<byte> Unescaped(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return reader.ValueSpan;
        if (_text.Length < reader.ValueSpan.Length) _text = new byte[reader.ValueSpan.Length];
        try
        {
            return _text.AsSpan(0, reader.CopyString(_text));
        }
        catch (InvalidOperationException)
        {
            return reader.ValueSpan;
        }
    }
}
