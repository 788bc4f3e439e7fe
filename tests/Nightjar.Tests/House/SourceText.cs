namespace Nightjar.Tests.House;

/// <summary>C# text with everything blanked out that is not code: comments, texts, characters, directives. Lines stay where they are.</summary>
internal sealed class SourceText
{
    private readonly string _text;
    private readonly char[] _code;
    private int _at;

    private SourceText(string text)
    {
        _text = text;
        _code = text.ToCharArray();
    }

    public static string CodeOf(string text)
    {
        var source = new SourceText(text);
        while (source._at < text.Length) source.Step();
        return new string(source._code);
    }

    private void Step()
    {
        if (At("//")) Blank(EndOf("\n", _at) - 1);
        else if (At("/*")) Blank(EndOf("*/", _at + 2));
        else if (_text[_at] == '#' && IsLineStart()) Blank(EndOf("\n", _at) - 1);
        else if (_text[_at] == '\'') Blank(EndOfQuoted(_at + 1, '\''));
        else if (_text[_at] is '"' or '$' or '@') Literal();
        else _at++;
    }

    private void Literal()
    {
        var start = _at;
        while (start < _text.Length && _text[start] is '$' or '@') start++;
        if (start >= _text.Length || _text[start] != '"')
        {
            _at = start;
            return;
        }
        var prefix = _text[_at..start];
        var quotes = _text.AsSpan(start).IndexOfAnyExcept('"') is var run and > 0 ? run : _text.Length - start;
        if (quotes >= 3) Blank(EndOf(new string('"', quotes), start + quotes));
        else if (quotes == 2) Blank(start + 2);
        else if (prefix.Contains('$')) Blank(EndOfInterpolated(start + 1, prefix.Contains('@')));
        else if (prefix.Contains('@')) Blank(EndOfVerbatim(start + 1));
        else Blank(EndOfQuoted(start + 1, '"'));
    }

    private int EndOfQuoted(int from, char quote)
    {
        for (var i = from; i < _text.Length; i++)
        {
            if (_text[i] == '\\') i++;
            else if (_text[i] == quote || _text[i] == '\n') return i + 1;
        }
        return _text.Length;
    }

    private int EndOfVerbatim(int from)
    {
        for (var i = from; i < _text.Length; i++)
        {
            if (_text[i] != '"') continue;
            if (i + 1 >= _text.Length || _text[i + 1] != '"') return i + 1;
            i++;
        }
        return _text.Length;
    }

    private int EndOfInterpolated(int from, bool isVerbatim)
    {
        for (var i = from; i < _text.Length; i++)
        {
            if (_text[i] == '\\' && !isVerbatim) i++;
            else if (_text[i] == '"') return i + 1;
            else if (_text[i] == '{' && i + 1 < _text.Length && _text[i + 1] == '{') i++;
            else if (_text[i] == '{') i = EndOfHole(i + 1);
        }
        return _text.Length;
    }

    // A hole may hold texts of its own, with braces and quotes in them.
    private int EndOfHole(int from)
    {
        var (outer, depth) = (_at, 1);
        _at = from;
        while (_at < _text.Length && depth > 0)
        {
            if (_text[_at] == '{') depth++;
            if (_text[_at] == '}') depth--;
            if (depth > 0) Step();
        }
        var end = _at;
        _at = outer;
        return end;
    }

    private void Blank(int end)
    {
        end = Math.Clamp(end, _at + 1, _text.Length);
        for (; _at < end; _at++)
        {
            if (_code[_at] is not ('\n' or '\r')) _code[_at] = ' ';
        }
    }

    private bool At(string text) => string.CompareOrdinal(_text, _at, text, 0, text.Length) == 0;

    private bool IsLineStart() => string.IsNullOrWhiteSpace(_text[(_text.LastIndexOf('\n', Math.Max(0, _at - 1)) + 1).._at]);

    private int EndOf(string text, int from)
    {
        var found = _text.IndexOf(text, Math.Min(from, _text.Length), StringComparison.Ordinal);
        return found < 0 ? _text.Length : found + text.Length;
    }
}
