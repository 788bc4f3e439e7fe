using System.Text;
using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>A value that can be compared with another for being the same: an interned text, a number or a long text.</summary>
/// <param name="Number">Number of the interned text, or the bits of the number.</param>
/// <param name="Text">The long text; null for the others.</param>
internal readonly record struct FieldValue(long Number, string? Text);

/// <summary>A compiled value of any kind.</summary>
internal abstract class ValueNode
{
    /// <summary>False when it is absent.</summary>
    public abstract bool TryEval(in MatchScope scope, out FieldValue value);

    public abstract ulong Looks { get; }
}

internal sealed class TextValue(TextNode text) : ValueNode
{
    public override ulong Looks => text.Looks;

    public override bool TryEval(in MatchScope scope, out FieldValue value)
    {
        var symbol = text.Eval(in scope);
        value = new FieldValue(symbol.Id, null);
        return !symbol.IsNone;
    }
}

internal sealed class NumberValue(NumberNode number) : ValueNode
{
    public override ulong Looks => number.Looks;

    public override bool TryEval(in MatchScope scope, out FieldValue value)
    {
        var isThere = number.TryEval(in scope, out var actual);
        value = new FieldValue(BitConverter.DoubleToInt64Bits(actual), null);
        return isThere;
    }
}

/// <summary>A text that is kept with the event and not interned.</summary>
internal sealed class LongTextValue(FieldId field, int stage) : ValueNode
{
    public override ulong Looks => StageBit.Of(stage);

    public override bool TryEval(in MatchScope scope, out FieldValue value)
    {
        value = default;
        if (stage >= 0 && scope.Stages[stage] is null) return false;
        var utf8 = stage < 0 ? scope.Event.Text(field) : scope.Stages[stage]!.View.Text(field);
        if (utf8.IsEmpty) return false;
        value = new FieldValue(0, Encoding.UTF8.GetString(utf8));
        return true;
    }
}

/// <summary>Two values are the same. Unknown when either is absent.</summary>
internal sealed class SameValue(ValueNode a, ValueNode b) : TruthNode
{
    public override ulong Looks => a.Looks | b.Looks;

    public override Tri Eval(in MatchScope scope) =>
        a.TryEval(in scope, out var left) && b.TryEval(in scope, out var right) ? TriLogic.Of(left == right) : Tri.Unknown;
}

/// <summary>A value is there.</summary>
internal sealed class ValuePresent(ValueNode value) : TruthNode
{
    public override ulong Looks => value.Looks;

    public override Tri Eval(in MatchScope scope) => TriLogic.Of(value.TryEval(in scope, out _));
}
