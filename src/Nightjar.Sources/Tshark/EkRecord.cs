using System.Text.Json;

namespace Nightjar.Sources.Tshark;

/// <summary>One packet. Of a field that a packet has several times, as with a tunnel, the first counts; of answers all.</summary>
internal sealed class EkRecord
{
    private const int MaxDepth = 64;
    private const int MaxAnswers = 64;

    private readonly Range[] _places = new Range[(int)EkField.Answer + 1];
    private readonly List<Range> _answers = [];
    private byte[] _text = new byte[1024];
    private int _used;

    /// <summary>The value; empty when the packet has none.</summary>
    public ReadOnlySpan<byte> this[EkField field] => _text.AsSpan()[_places[(int)field]];

    public bool Has(EkField field) => _places[(int)field].End.Value > 0;

    public int AnswerCount => _answers.Count;

    public ReadOnlySpan<byte> AnswerOf(int index) => _text.AsSpan()[_answers[index]];

    /// <summary>False for the line that stands before each packet and says only where a search engine should put it.</summary>
    public bool IsPacket { get; private set; }

    /// <summary>Reads a line; false when it is not one JSON object.</summary>
    public bool TryRead(ReadOnlySpan<byte> line)
    {
        Array.Clear(_places);
        _answers.Clear();
        IsPacket = false;
        // Never empty, so that a value that is there has an end beyond 0.
        _used = 1;
        if (_text.Length <= line.Length) _text = new byte[Math.Max(line.Length + 1, _text.Length * 2)];
        try
        {
            return Read(line);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The parser has no other way to say so; the second is for escapes that are no character.
            return false;
        }
    }

    private bool Read(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        EkField? field = null;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                IsPacket |= reader.CurrentDepth == 1 && reader.IsNamed("layers"u8);
                field = reader.ValueIsEscaped ? null : EkFields.Find(reader.ValueSpan);
            }
            else if (field is { } wanted && reader.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
            {
                Keep(wanted, ref reader);
            }
        }
        return true;
    }

    private void Keep(EkField field, ref Utf8JsonReader reader)
    {
        if (field != EkField.Answer && Has(field)) return;
        if (field == EkField.Answer && _answers.Count == MaxAnswers) return;
        var start = _used;
        if (reader.TokenType == JsonTokenType.String)
        {
            _used += reader.CopyString(_text.AsSpan(_used));
        }
        else
        {
            reader.ValueSpan.CopyTo(_text.AsSpan(_used));
            _used += reader.ValueSpan.Length;
        }
        if (field == EkField.Answer) _answers.Add(start.._used);
        else _places[(int)field] = start.._used;
    }
}
