using System.Text.RegularExpressions;

namespace Nightjar.Tests.House;

/// <summary>A method, property or other piece of a type that holds statements or an expression.</summary>
/// <param name="Name">Its declaration's first line, for the reader of the complaint.</param>
/// <param name="Line">The line it begins on, from 1.</param>
/// <param name="Length">Lines from the declaration to its end.</param>
internal sealed partial record Member(string Name, int Line, int Length)
{
    /// <summary>The members of a file. A field is none, however long the table is that it begins with.</summary>
    public static IEnumerable<Member> In(string text)
    {
        var code = SourceText.CodeOf(text);
        return In(code, 0, code.Length);
    }

    // Reads the declarations between two braces, and those inside nested types likewise.
    private static IEnumerable<Member> In(string code, int from, int end)
    {
        for (var at = from; at < end;)
        {
            var stop = NextStop(code, at, end);
            if (stop >= end) yield break;
            var header = code[at..stop];
            if (code[stop] == '{' && IsType(header))
            {
                var close = Close(code, stop, end);
                foreach (var member in In(code, stop + 1, close)) yield return member;
                at = close + 1;
                continue;
            }
            var last = code[stop] == ';' ? stop : EndOfMember(code, stop, end);
            if (code[stop] == '{' || code.AsSpan(stop).StartsWith("=>")) yield return Measure(code, at, last);
            at = last + 1;
        }
    }

    // A declaration ends its head at ";", at the body's "{", or at "=>" and "=" outside of parentheses.
    private static int NextStop(string code, int at, int end)
    {
        var depth = 0;
        for (var i = at; i < end; i++)
        {
            if (code[i] is '(' or '[') depth++;
            else if (code[i] is ')' or ']') depth--;
            else if (depth == 0 && code[i] is (';' or '{')) return i;
            else if (depth == 0 && code[i] == '=' && !IsOperatorName(code, i)) return i;
        }
        return end;
    }

    private static bool IsOperatorName(string code, int i) => code.AsSpan(0, i).TrimEnd("<>=! ").EndsWith("operator");

    // A block ends at its brace, unless an initializer follows; an expression or initializer ends at its ";".
    private static int EndOfMember(string code, int stop, int end)
    {
        if (code[stop] != '{') return Semicolon(code, stop, end);
        var close = Close(code, stop, end);
        var next = close + 1;
        while (next < end && char.IsWhiteSpace(code[next])) next++;
        return next < end && code[next] == '=' ? Semicolon(code, next, end) : close;
    }

    private static int Semicolon(string code, int from, int end)
    {
        var depth = 0;
        for (var i = from; i < end; i++)
        {
            if (code[i] is '(' or '[' or '{') depth++;
            else if (code[i] is ')' or ']' or '}') depth--;
            else if (depth == 0 && code[i] == ';') return i;
        }
        return end - 1;
    }

    private static int Close(string code, int open, int end)
    {
        var depth = 0;
        for (var i = open; i < end; i++)
        {
            if (code[i] == '{') depth++;
            else if (code[i] == '}' && --depth == 0) return i;
        }
        return end - 1;
    }

    private static Member Measure(string code, int from, int last)
    {
        while (from < last && char.IsWhiteSpace(code[from])) from++;
        var lineEnd = code.IndexOf('\n', from);
        var name = code[from..(lineEnd < 0 ? code.Length : lineEnd)].Trim();
        return new Member(name, 1 + code.AsSpan(0, from).Count('\n'), 1 + code.AsSpan(from, last - from).Count('\n'));
    }

    private static bool IsType(string header) => TypeWord().IsMatch(header);

    // Not in a parameter list, and not the "class" of a constraint.
    [GeneratedRegex(@"(?<!\bwhere\b[^{}]*)\b(class|struct|interface|enum|record|namespace|extension)\b(?![^()]*\))")]
    private static partial Regex TypeWord();
}
