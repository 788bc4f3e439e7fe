using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Reading;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Analytics.Where;

/// <summary>Gives comparisons their meaning.</summary>
internal static class Comparisons
{
    public static Bound Bind(Binder binder, BinaryExpression expression)
    {
        var left = binder.Bind(expression.Left);
        var right = binder.Bind(expression.Right);
        if (left is BoundNothing || right is BoundNothing) return new BoundNothing();
        var node = expression.Operator switch
        {
            "==" => Equal(binder, left, right),
            "!=" => Equal(binder, left, right) is { } equal ? new Negation(equal) : null,
            "in" => right is BoundSet set ? left is BoundNumber number ? new NumberSetTest(number.Node, set.Has) : Member(binder, left, set.Has) : right is BoundList list && left is BoundLiteral item ? Member(binder, list, Same(item)) : null,
            "matches" => Matches(binder, expression, left, right),
            "contains" or "startswith" or "endswith" => right is BoundLiteral part ? Member(binder, left, PartTest(expression.Operator, part.Value)) : null,
            _ => Ordered(expression.Operator, left, right),
        };
        return node is null
            ? binder.Refuse<Bound>(expression, $"`{expression.Operator}` does not fit between {left.Kind} and {right.Kind}.", new BoundNothing())
            : new BoundTruth(node);
    }

    private static TruthNode? Equal(Binder binder, Bound left, Bound right) => (left, right) switch
    {
        (BoundText a, BoundText b) => new SameText(a.Node, b.Node),
        (BoundNumber a, BoundNumber b) => new NumberTest(a.Node, Comparison.Equal, b.Node),
        (BoundLiteral literal, _) => Member(binder, right, Same(literal)),
        (_, BoundLiteral literal) => Member(binder, left, Same(literal)),
        (BoundTruth a, BoundTruth b) => new AnyOf([new AllOf([a.Node, b.Node]), new AllOf([new Negation(a.Node), new Negation(b.Node)])]),
        _ => null,
    };

    private static Func<string, bool> Same(BoundLiteral literal) => text => string.Equals(text, literal.Value, StringComparison.OrdinalIgnoreCase);

    private static Func<string, bool> PartTest(string how, string part) => how switch
    {
        "contains" => text => text.Contains(part, StringComparison.OrdinalIgnoreCase),
        "startswith" => text => text.StartsWith(part, StringComparison.OrdinalIgnoreCase),
        _ => text => text.EndsWith(part, StringComparison.OrdinalIgnoreCase),
    };

    private static TruthNode? Matches(Binder binder, BinaryExpression expression, Bound left, Bound right)
    {
        if (right is BoundSet set) return Member(binder, left, set.Has);
        if (right is not BoundLiteral pattern) return null;
        try
        {
            var regex = SafeRegex.Of(pattern.Value);
            return Member(binder, left, regex.IsMatch);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return binder.Refuse<TruthNode>(expression, "The regular expression cannot be used: it is malformed or needs backtracking.", ConstantTruth.True, Rules.BadRegex);
        }
    }

    /// <summary>Whether a value answers a question about texts.</summary>
    private static TruthNode? Member(Binder binder, Bound value, Func<string, bool> has)
    {
        var symbols = binder.Names.Symbols;
        return value switch
        {
            BoundText text => new TextTest(text.Node, new SymbolMemo(symbols, has), Tri.Unknown),
            BoundWords words => new TextTest(words.Node, new SymbolMemo(symbols, text => words.Of(text).Any(has)), TriLogic.Of(words.WhenAbsent.Any(has))),
            BoundRoles roles => new RolesTest(roles.App, binder.Names.Facts, symbols, has),
            BoundList list => new ListTest(list.Field, list.Stage, new SymbolMemo(symbols, has)),
            BoundPlainText text => new PlainTextTest(text.Field, text.Stage, has),
            BoundWord word => Moments.Word(word.Field, has),
            BoundLiteral literal => new Setting(TriLogic.Of(has(literal.Value))),
            _ => null,
        };
    }

    private static NumberTest? Ordered(string how, Bound left, Bound right)
    {
        if (left is not BoundNumber a || right is not BoundNumber b) return null;
        return new NumberTest(a.Node, how switch
        {
            "<" => Comparison.Less,
            "<=" => Comparison.LessOrEqual,
            ">" => Comparison.Greater,
            _ => Comparison.GreaterOrEqual,
        }, b.Node);
    }
}

/// <summary>A whole number, as text, is in a set. Unknown when absent.</summary>
internal sealed class NumberSetTest(NumberNode number, Func<string, bool> has) : TruthNode
{
    public override ulong Looks => number.Looks;

    public override Tri Eval(in MatchScope scope) => number.TryEval(in scope, out var value) ? Has(value) : Tri.Unknown;

    public override Tri Could(EventClass eventClass, int activity) => number.Known(eventClass, activity) is { } value ? Has(value) : Tri.Unknown;

    private Tri Has(double value) => TriLogic.Of(has(value.ToString(System.Globalization.CultureInfo.InvariantCulture)));
}

/// <summary>One text of a list answers a question. Unknown when the list is absent.</summary>
internal sealed class ListTest(FieldId field, int stage, SymbolMemo memo) : TruthNode
{
    public override ulong Looks => StageBit.Of(stage);

    public override Tri Eval(in MatchScope scope)
    {
        if (stage < 0) return Ask(scope.Event.List(field));
        return scope.Stages[stage] is { } stored ? Ask(stored.View.List(field)) : Tri.Unknown;
    }

    private Tri Ask(SymbolSpan list)
    {
        for (var i = 0; i < list.Count; i++)
        {
            if (memo.Test(list[i])) return Tri.True;
        }
        return list.Count == 0 ? Tri.Unknown : Tri.False;
    }
}

/// <summary>A text that is kept with the event answers a question. Unknown when absent.</summary>
internal sealed class PlainTextTest(FieldId field, int stage, Func<string, bool> test) : TruthNode
{
    public override ulong Looks => StageBit.Of(stage);

    public override Tri Eval(in MatchScope scope)
    {
        if (stage < 0) return Ask(scope.Event.Text(field));
        return scope.Stages[stage] is { } stored ? Ask(stored.View.Text(field)) : Tri.Unknown;
    }

    private Tri Ask(ReadOnlySpan<byte> utf8) => utf8.IsEmpty ? Tri.Unknown : TriLogic.Of(test(System.Text.Encoding.UTF8.GetString(utf8)));
}
