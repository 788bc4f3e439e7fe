using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Reading;
using Nightjar.Analytics.Sigma;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Analytics.Where;

/// <summary>Gives an expression its meaning and checks that its parts fit.</summary>
internal sealed class Binder(Names names, YamlPlace place, Mistakes mistakes)
{
    private static readonly BoundNothing Nothing = new();

    /// <summary>Reads and binds a condition; after a mistake it is always true.</summary>
    public static TruthNode Condition(string text, YamlPlace place, Names names, Mistakes mistakes)
    {
        if (ExpressionParser.Parse(text, out var reason, out var at) is not { } expression)
        {
            mistakes.Add(Rules.BadExpression, place, $"{reason} (character {at + 1} of `{Cut(text)}`)");
            return ConstantTruth.True;
        }
        return new Binder(names, place, mistakes).Truth(expression);
    }

    /// <summary>Reads and binds a number, for example a tunable's name or <c>60s</c>; null after a mistake.</summary>
    public static double? Constant(string text, YamlPlace place, Names names, Mistakes mistakes)
    {
        if (names.Tunable(text) is { } tunable) return tunable.Value.Number;
        if (ExpressionParser.Parse(text, out _, out _) is NumberExpression number) return number.Value;
        mistakes.Add(Rules.UnknownTunable, place, $"`{Cut(text)}` is neither a value nor a tunable.", Nearest.Hint(text, names.Tunables.Select(item => item.Name)));
        return null;
    }

    /// <summary>An expression that must be true or false.</summary>
    public TruthNode Truth(Expression expression) => Bind(expression) switch
    {
        BoundTruth truth => truth.Node,
        BoundNothing => ConstantTruth.True,
        var other => Refuse(expression, $"{Capital(other.Kind)} stands where a truth is needed.", ConstantTruth.True),
    };

    /// <summary>An expression that must be a text.</summary>
    public TextNode? Text(Expression expression) => Bind(expression) switch
    {
        BoundText text => text.Node,
        BoundNothing => null,
        var other => Refuse<TextNode?>(expression, $"{Capital(other.Kind)} stands where a text of the event is needed.", null),
    };

    /// <summary>An expression that must be a number.</summary>
    public NumberNode? Number(Expression expression) => Bind(expression) switch
    {
        BoundNumber number => number.Node,
        BoundNothing => null,
        var other => Refuse<NumberNode?>(expression, $"{Capital(other.Kind)} stands where a number is needed.", null),
    };

    /// <summary>An expression whose values can be told apart.</summary>
    public ValueNode? Value(Expression expression) => Bind(expression) switch
    {
        BoundText text => new TextValue(text.Node),
        BoundNumber number => new NumberValue(number.Node),
        BoundPlainText text => new LongTextValue(text.Field, text.Stage),
        BoundNothing => null,
        var other => Refuse<ValueNode?>(expression, $"{Capital(other.Kind)} stands where a text or a number of the event is needed.", null),
    };

    /// <summary>A number that is known without any event.</summary>
    public double? Fixed(Expression expression) => expression switch
    {
        NumberExpression number => number.Value,
        NameExpression name when names.Tunable(name.Name) is { } tunable => tunable.Value.Number,
        _ => Refuse<double?>(expression, "A number or a tunable is needed here.", null),
    };

    /// <summary>The tunable that an expression names; null when it names none.</summary>
    public string? TunableOf(Expression expression) => expression is NameExpression name ? names.Tunable(name.Name)?.Name : null;

    public Names Names => names;

    public T Refuse<T>(Expression at, string reason, T result, DiagnosticRule? rule = null, string hint = "")
    {
        mistakes.Add(rule ?? Rules.TypeError, place, $"{reason} (character {at.At + 1})", hint);
        return result;
    }

    public Bound Bind(Expression expression) => expression switch
    {
        TruthExpression truth => new BoundTruth(new ConstantTruth(TriLogic.Of(truth.Value))),
        NumberExpression number => new BoundNumber(new ConstantNumber(number.Value)),
        TextExpression text => new BoundLiteral(text.Value),
        ListExpression list => new BoundSet(new HashSet<string>(list.Items, StringComparer.OrdinalIgnoreCase).Contains),
        NotExpression not => new BoundTruth(new Negation(Truth(not.Operand))),
        BinaryExpression { Operator: "and" } both => new BoundTruth(AllOf.Of(Truth(both.Left), Truth(both.Right))),
        BinaryExpression { Operator: "or" } either => new BoundTruth(AnyOf.Of(Truth(either.Left), Truth(either.Right))),
        BinaryExpression comparison => Comparisons.Bind(this, comparison),
        CallExpression call => Functions.Bind(this, call),
        NameExpression name => Name(name),
        _ => Nothing,
    };

    private Bound Name(NameExpression expression)
    {
        if (names.Tunable(expression.Name) is { } tunable) return OfTunable(tunable);
        var (stage, rest) = Split(expression.Name);
        if (stage >= 0 && !names.Reachable(stage))
            return Refuse<Bound>(expression, $"`{expression.Name}` looks at a stage that does not come before.", Nothing, Rules.StageNotBefore);
        if (Names.Composite(rest, stage) is { } composite) return new BoundText(composite);
        if (FieldCatalog.Find(rest) is { } field) return OfField(field, stage);
        var candidates = FieldCatalog.All.Select(info => info.Path).Concat(Names.Composites).Concat(names.Tunables.Select(item => item.Name)).Concat(names.Stages);
        return Refuse<Bound>(expression, $"`{expression.Name}` is no field, tunable or stage.", Nothing, Rules.UnknownName, Nearest.Hint(rest, candidates));
    }

    private (int Stage, string Field) Split(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0) return (-1, name);
        for (var i = 0; i < names.Stages.Count; i++)
        {
            if (names.Stages[i].AsSpan().SequenceEqual(name.AsSpan(0, dot))) return (i, name[(dot + 1)..]);
        }
        return (-1, name);
    }

    private static Bound OfTunable(Tunable tunable) => tunable.Kind switch
    {
        TunableKind.Boolean => new BoundTruth(new Setting(TriLogic.Of(tunable.Value.Number != 0))),
        TunableKind.Regex => new BoundSet(SetMatch.Of(tunable.Value)),
        _ when tunable.Kind.IsSet() => new BoundSet(SetMatch.Of(tunable.Value)),
        _ => new BoundNumber(new ConstantNumber(tunable.Value.Number, tunable.Name)),
    };

    private static Bound OfField(FieldInfo field, int stage)
    {
        if (stage < 0 && MomentFields.IsState(field.Id)) return Moments.OfField(field.Id);
        return field.Kind switch
        {
            FieldKind.Integer or FieldKind.Number => new BoundNumber(new FieldNumber(field.Id, stage)),
            FieldKind.Flag => new BoundTruth(new FieldFlag(field.Id, stage)),
            FieldKind.SymbolList => new BoundList(field.Id, stage),
            FieldKind.Text => new BoundPlainText(field.Id, stage),
            FieldKind.Word => new BoundWord(field.Id),
            _ => new BoundText(new FieldText(field.Id, stage)),
        };
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private static string Cut(string text) => text.Length <= 120 ? text : text[..120] + "…";
}
