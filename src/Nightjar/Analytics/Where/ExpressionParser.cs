using Nightjar.Analytics.Tuning;

namespace Nightjar.Analytics.Where;

/// <summary>
/// Reads an expression: <c>or</c>, <c>and</c>, <c>not</c>; <c>== != &lt; &lt;= &gt; &gt;= in, not in, matches, contains, startswith, endswith</c>;
/// names, calls, texts in quotes, numbers with a unit, lists in brackets, parentheses.
/// </summary>
internal sealed class ExpressionParser
{
    private const int MaxDepth = 40;
    private const int MaxLength = 4000;

    private static readonly string[] Comparisons = ["==", "!=", "<=", ">=", "<", ">", "in", "matches", "contains", "startswith", "endswith"];

    private readonly List<Token> _tokens;
    private int _next;
    private int _depth;

    private ExpressionParser(List<Token> tokens) => _tokens = tokens;

    private Token Current => _tokens[_next];

    /// <summary>The expression; null, with reason and place, when it cannot be read.</summary>
    public static Expression? Parse(string text, out string reason, out int at)
    {
        reason = "";
        at = 0;
        try
        {
            if (text.Length > MaxLength) throw new ExpressionException($"It is longer than {MaxLength} characters.", 0);
            var parser = new ExpressionParser(Tokens.Of(text));
            var result = parser.Or();
            return parser.Current.Kind == TokenKind.End ? result : throw parser.Unexpected();
        }
        catch (ExpressionException e)
        {
            reason = e.Message;
            at = e.At;
            return null;
        }
    }

    private Expression Or()
    {
        if (++_depth > MaxDepth) throw new ExpressionException("It is nested too deep.", Current.At);
        var left = And();
        while (Take("or") is { } token) left = new BinaryExpression(token.At, "or", left, And());
        _depth--;
        return left;
    }

    private Expression And()
    {
        var left = Not();
        while (Take("and") is { } token) left = new BinaryExpression(token.At, "and", left, Not());
        return left;
    }

    private Expression Not()
    {
        if (Take("not") is not { } token) return Comparison();
        if (++_depth > MaxDepth) throw new ExpressionException("It is nested too deep.", Current.At);
        var result = new NotExpression(token.At, Not());
        _depth--;
        return result;
    }

    private Expression Comparison()
    {
        var left = Primary();
        if (Current.Text == "not" && _tokens[_next + 1].Text == "in")
        {
            var at = Current.At;
            _next += 2;
            return new NotExpression(at, new BinaryExpression(at, "in", left, Primary()));
        }
        foreach (var comparison in Comparisons)
        {
            if (Take(comparison) is { } token) return new BinaryExpression(token.At, comparison, left, Primary());
        }
        return left;
    }

    private Expression Primary()
    {
        var token = Current;
        _next++;
        switch (token.Kind)
        {
            case TokenKind.Text:
                return new TextExpression(token.At, token.Text);
            case TokenKind.Number:
                return Number(token);
            case TokenKind.Name:
                return Name(token);
            case TokenKind.Symbol when token.Text == "(":
                var inner = Or();
                Expect(")");
                return inner;
            case TokenKind.Symbol when token.Text == "[":
                return List(token);
            default:
                _next--;
                throw Unexpected();
        }
    }

    private static NumberExpression Number(Token token)
    {
        var value = Quantity.Number(token.Text) ?? Quantity.Duration(token.Text)?.TotalSeconds ?? Quantity.Bytes(token.Text);
        return value is { } number ? new NumberExpression(token.At, number) : throw new ExpressionException($"`{token.Text}` is no number, duration or size.", token.At);
    }

    private Expression Name(Token token)
    {
        if (token.Text is "true" or "false") return new TruthExpression(token.At, token.Text == "true");
        if (token.Text is "and" or "or" or "not" || Comparisons.Contains(token.Text, StringComparer.Ordinal))
        {
            _next--;
            throw Unexpected();
        }
        if (Take("(") is null) return new NameExpression(token.At, token.Text);
        var arguments = new List<Expression>();
        while (Take(")") is null)
        {
            if (arguments.Count > 0) Expect(",");
            arguments.Add(Or());
        }
        return new CallExpression(token.At, token.Text, arguments);
    }

    private ListExpression List(Token open)
    {
        var items = new List<string>();
        while (Take("]") is null)
        {
            if (items.Count > 0) Expect(",");
            if (Current.Kind is not (TokenKind.Text or TokenKind.Name or TokenKind.Number)) throw Unexpected();
            items.Add(Current.Text);
            _next++;
        }
        return new ListExpression(open.At, items);
    }

    private Token? Take(string text)
    {
        if (Current.Text != text || Current.Kind is not (TokenKind.Symbol or TokenKind.Name)) return null;
        return _tokens[_next++];
    }

    private void Expect(string text)
    {
        if (Take(text) is null) throw new ExpressionException($"`{text}` was expected.", Current.At);
    }

    private ExpressionException Unexpected() =>
        new(Current.Kind == TokenKind.End ? "It ends too early." : $"`{Current.Text}` was not expected.", Current.At);
}

/// <summary>Carries an author's mistake out of the parser; never leaves it.</summary>
internal sealed class ExpressionException(string message, int at) : Exception(message)
{
    public int At => at;
}
