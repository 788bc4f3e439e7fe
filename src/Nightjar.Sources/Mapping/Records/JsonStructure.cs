using System.Buffers;

namespace Nightjar.Sources.Mapping.Records;

/// <summary>Passes over JSON by its structure alone, whatever its size: finds where a value ends, or that it is damaged.</summary>
/// <remarks>Numbers and words are not looked at closely; whoever reads the value does that.</remarks>
internal sealed class JsonStructure(ByteWindow window)
{
    private static readonly SearchValues<byte> InText = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(c => (byte)c)]);

    private ulong _objects;
    private int _depth;
    private State _state;

    private enum State : byte
    {
        Value,
        ValueOrEnd,
        NameOrEnd,
        Name,
        Colon,
        CommaOrEnd,
    }

    /// <summary>Passes over blanks; the next byte, −1 at the end.</summary>
    public int Blank()
    {
        int next;
        while ((next = window.Peek()) is ' ' or '\t' or '\r' or '\n') window.Skip();
        return next;
    }

    /// <summary>Passes over one value that begins at the next byte.</summary>
    /// <param name="limit">Gives up when more than so many bytes are kept; the next byte is then anywhere.</param>
    /// <returns>False when it is damaged, nested too deep, or cut off; the next byte is then where that was seen, −1 for the end.</returns>
    public bool SkipValue(int limit = int.MaxValue)
    {
        _depth = 0;
        _objects = 0;
        _state = State.Value;
        do
        {
            var next = Blank();
            if (next < 0 || window.KeptLength > limit || !Take(next)) return false;
        }
        while (_depth > 0);
        return true;
    }

    /// <summary>Passes over a text that begins at the next byte; false when it has no end on its line.</summary>
    public bool SkipText()
    {
        window.Skip();
        while (window.SkipTo(InText) is var stop and >= 0)
        {
            if (stop < 0x20) return false;
            window.Skip();
            if (stop == '"') return true;
            if (window.Peek() is < 0x20) return false;
            window.Skip();
        }
        return false;
    }

    private bool Take(int next)
    {
        switch (_state)
        {
            case State.Colon:
                if (next != ':') return false;
                window.Skip();
                _state = State.Value;
                return true;
            case State.CommaOrEnd when next == ',':
                window.Skip();
                _state = IsObject ? State.Name : State.Value;
                return true;
            case State.CommaOrEnd:
                return TryClose(next);
            case State.Name or State.NameOrEnd when next == '"':
                _state = State.Colon;
                return SkipText();
            case State.NameOrEnd:
                return TryClose(next);
            case State.Name:
                return false;
            default:
                return _state == State.ValueOrEnd && next == ']' ? TryClose(next) : TakeValue(next);
        }
    }

    private bool TakeValue(int next)
    {
        switch (next)
        {
            case '{' or '[':
                return TryOpen(next == '{');
            case '"':
                _state = State.CommaOrEnd;
                return SkipText();
            default:
                return TakeWord(next);
        }
    }

    private bool TakeWord(int next)
    {
        if (!IsWord(next)) return false;
        while (IsWord(window.Peek())) window.Skip();
        _state = State.CommaOrEnd;
        return true;
    }

    private bool TryOpen(bool isObject)
    {
        if (_depth == JsonValues.MaxDepth) return false;
        window.Skip();
        _objects = _objects << 1 | (isObject ? 1u : 0);
        _depth++;
        _state = isObject ? State.NameOrEnd : State.ValueOrEnd;
        return true;
    }

    private bool TryClose(int next)
    {
        if (next != (IsObject ? '}' : ']')) return false;
        window.Skip();
        _objects >>= 1;
        _depth--;
        _state = State.CommaOrEnd;
        return true;
    }

    private bool IsObject => (_objects & 1) != 0;

    private static bool IsWord(int c) => c >= 0 && (char.IsAsciiLetterOrDigit((char)c) || c is '-' or '+' or '.');
}
