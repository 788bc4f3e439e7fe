using System.Text;

namespace Nightjar.Playbooks;

/// <summary>The text of one block, which may go over several lines: plain, strong, code, and in the author's form placeholders.</summary>
internal sealed class InlineText(PlaybookMistakes? mistakes)
{
    private readonly StringBuilder _all = new();
    private readonly List<(int Offset, int Line, int Column)> _lines = [];
    private readonly List<PlaybookSpan> _spans = [];
    private readonly StringBuilder _plain = new();
    private bool _isStrong;

    private bool IsTemplate => mistakes is not null;

    /// <summary>Adds what a line holds from a column on.</summary>
    public void Add(string line, int from, int number)
    {
        if (_all.Length > 0) _all.Append(' ');
        _lines.Add((_all.Length, number, from + 1));
        _all.Append(line, from, line.Length - from);
    }

    public IReadOnlyList<PlaybookSpan> Spans()
    {
        var text = _all.ToString();
        for (var i = 0; i < text.Length;) i = Next(text, i);
        Flush();
        if (_isStrong) Complain(0, "`**` is not closed.");
        return _spans;
    }

    private int Next(string text, int at)
    {
        switch (text[at])
        {
            case '\\' when at + 1 < text.Length && (char.IsPunctuation(text[at + 1]) || char.IsSymbol(text[at + 1])) && char.IsAscii(text[at + 1]):
                _plain.Append(text[at + 1]);
                return at + 2;
            case '`':
                return Code(text, at);
            case '*' when at + 1 < text.Length && text[at + 1] == '*':
                Flush();
                _isStrong = !_isStrong;
                return at + 2;
            case '{' when IsTemplate:
                return Placeholder(text, at);
            default:
                CheckForm(text, at);
                _plain.Append(text[at]);
                return at + 1;
        }
    }

    private int Code(string text, int at)
    {
        var ticks = at;
        while (ticks < text.Length && text[ticks] == '`') ticks++;
        var close = Closing(text, ticks, ticks - at);
        if (close < 0)
        {
            Complain(at, "A code span is not closed.");
            _plain.Append(text, at, ticks - at);
            return ticks;
        }
        Flush();
        var code = text[ticks..close];
        if (code.Length > 2 && code[0] == ' ' && code[^1] == ' ' && code.AsSpan().ContainsAnyExcept(' ')) code = code[1..^1];
        if (code.Contains('{', StringComparison.Ordinal)) mistakes?.Add(PlaybookRules.ValueInCommand, Place(at).Line, Place(at).Column, $"`{code}` holds a brace.");
        _spans.Add(new PlaybookSpan(PlaybookSpanKind.Code, code));
        return close + (ticks - at);
    }

    private static int Closing(string text, int from, int length)
    {
        for (var i = from; i < text.Length;)
        {
            if (text[i] != '`')
            {
                i++;
                continue;
            }
            var run = i;
            while (run < text.Length && text[run] == '`') run++;
            if (run - i == length) return i;
            i = run;
        }
        return -1;
    }

    private int Placeholder(string text, int at)
    {
        var close = text.IndexOf('}', at);
        if (close < 0)
        {
            mistakes!.Add(PlaybookRules.UnknownPlaceholder, Place(at).Line, Place(at).Column, "`{` is not closed.");
            return text.Length;
        }
        Flush();
        _spans.Add(new PlaybookSpan(PlaybookSpanKind.Placeholder, text[(at + 1)..close]) { Place = Place(at) });
        return close + 1;
    }

    private void CheckForm(string text, int at)
    {
        var rest = text.AsSpan(at);
        if (rest[0] == '<' && rest.Length > 1 && (char.IsAsciiLetter(rest[1]) || rest[1] is '/' or '!' or '?')) Complain(at, "HTML and links in angle brackets are not of the form.");
        else if (rest.StartsWith("](") || rest.StartsWith("][")) Complain(at, "Links are not of the form.");
        else if (rest.StartsWith("://")) Complain(at, "Addresses of pages belong to `references` of the analytic.");
        else if (rest[0] == '*') Complain(at, "A single `*` is not of the form; write `\\*`.");
    }

    private void Complain(int at, string reason) => mistakes?.Add(PlaybookRules.OutsideForm, Place(at).Line, Place(at).Column, reason);

    private (int Line, int Column) Place(int offset)
    {
        var (from, line, column) = _lines.FindLast(item => item.Offset <= offset);
        return (line, column + offset - from);
    }

    private void Flush()
    {
        if (_plain.Length > 0) _spans.Add(new PlaybookSpan(_isStrong ? PlaybookSpanKind.Strong : PlaybookSpanKind.Text, _plain.ToString()));
        _plain.Clear();
    }
}
