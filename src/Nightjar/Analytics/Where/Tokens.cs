namespace Nightjar.Analytics.Where;

internal enum TokenKind
{
    Name,
    Number,
    Text,
    Symbol,
    End,
    Bad,
}

/// <summary>One word of an expression.</summary>
internal readonly record struct Token(TokenKind Kind, string Text, int At);

/// <summary>Takes an expression apart into words.</summary>
internal static class Tokens
{
    private static readonly string[] Symbols = ["==", "!=", "<=", ">=", "<", ">", "(", ")", "[", "]", ","];

    public static List<Token> Of(string text)
    {
        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            var token = Next(text, at);
            tokens.Add(token);
            if (token.Kind is TokenKind.End or TokenKind.Bad) return tokens;
            at += token.Kind == TokenKind.Text ? token.Text.Length + 2 : token.Text.Length;
        }
    }

    private static Token Next(string text, int at)
    {
        if (at >= text.Length) return new Token(TokenKind.End, "", at);
        var c = text[at];
        if (char.IsAsciiLetter(c) || c == '_') return new Token(TokenKind.Name, Run(text, at, IsNamePart), at);
        if (char.IsAsciiDigit(c)) return new Token(TokenKind.Number, Run(text, at, n => char.IsAsciiLetterOrDigit(n) || n == '.'), at);
        if (c is '\'' or '"') return Quoted(text, at);
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0) return new Token(TokenKind.Symbol, symbol, at);
        }
        return new Token(TokenKind.Bad, c.ToString(), at);
    }

    private static Token Quoted(string text, int at)
    {
        var end = text.IndexOf(text[at], at + 1);
        return end < 0 ? new Token(TokenKind.Bad, text[at..], at) : new Token(TokenKind.Text, text[(at + 1)..end], at);
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '.';

    private static string Run(string text, int at, Func<char, bool> belongs)
    {
        var end = at;
        while (end < text.Length && belongs(text[end])) end++;
        return text[at..end];
    }
}
