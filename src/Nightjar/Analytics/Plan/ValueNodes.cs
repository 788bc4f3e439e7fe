using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>A compiled text: a field, or what a function makes of one. None when absent.</summary>
internal abstract class TextNode
{
    public abstract Symbol Eval(in MatchScope scope);

    public virtual ulong Looks => 0;

    /// <summary>The field of the event whose text it is here; null when it is none.</summary>
    public virtual FieldId? FieldOf(in MatchScope scope) => null;

    /// <summary>The text of the event itself by which alone it is decided; null when it is decided by anything else.</summary>
    public virtual TextNode? Source => null;

    /// <summary>Equal for texts that are always the same; empty when that cannot be said.</summary>
    public virtual string Key => "";

    /// <summary>The one text that all of these are; null when they are not all one.</summary>
    public static TextNode? Same(IEnumerable<TextNode?> texts)
    {
        TextNode? same = null;
        foreach (var text in texts)
        {
            if (text is null || text.Key.Length == 0 || same is not null && same.Key != text.Key) return null;
            same ??= text;
        }
        return same;
    }

    /// <summary>For people: the text, or null when absent.</summary>
    public object? Tell(in MatchScope scope) => Eval(in scope) is { IsNone: false } symbol ? symbol : null;
}

/// <summary>An interned field of the event, or of the event that an earlier stage took.</summary>
internal sealed class FieldText(FieldId field, int stage) : TextNode
{
    private readonly bool _isSlot = stage < 0 && field < FieldCatalog.FirstHeaderField && FieldCatalog.KindOf(field).IsSymbol();

    public override ulong Looks => StageBit.Of(stage);

    public override Symbol Eval(in MatchScope scope)
    {
        // What most are, without asking each time of what kind the field is.
        if (_isSlot) return scope.Event.TryGetRaw(field, out var raw) ? new Symbol((int)raw) : default;
        if (stage < 0) return scope.Event.Symbol(field);
        return scope.Stages[stage] is { } stored ? stored.View.Symbol(field) : default;
    }

    public override FieldId? FieldOf(in MatchScope scope) => stage < 0 ? field : null;

    public override TextNode? Source => stage < 0 ? this : null;

    public override string Key => $"{@field} {stage}";
}

/// <summary>The first of several texts that is there.</summary>
internal sealed class FirstText(TextNode[] parts) : TextNode
{
    public override ulong Looks { get; } = parts.Aggregate(0UL, (sum, part) => sum | part.Looks);

    public override TextNode? Source => Array.TrueForAll(parts, part => ReferenceEquals(part.Source, part)) ? this : null;

    public override string Key => Array.TrueForAll(parts, part => part.Key.Length > 0) ? string.Join(", ", parts.Select(part => part.Key)) : "";

    public override Symbol Eval(in MatchScope scope)
    {
        foreach (var part in parts)
        {
            var symbol = part.Eval(in scope);
            if (!symbol.IsNone) return symbol;
        }
        return default;
    }

    public override FieldId? FieldOf(in MatchScope scope)
    {
        foreach (var part in parts)
        {
            if (!part.Eval(in scope).IsNone) return part.FieldOf(in scope);
        }
        return null;
    }
}

internal sealed class MappedText(TextNode text, SymbolMap map) : TextNode
{
    public override ulong Looks => text.Looks;

    public override TextNode? Source => text.Source;

    public override Symbol Eval(in MatchScope scope) => map.Of(text.Eval(in scope));
}

/// <summary>A question about a text, answered once per distinct text. An absent text gives <paramref name="whenAbsent"/>.</summary>
internal sealed class TextTest(TextNode text, SymbolMemo memo, Tri whenAbsent) : TruthNode
{
    public override ulong Looks => text.Looks;

    public override TextNode? OnlyText => text.Source;

    public override Tri Eval(in MatchScope scope)
    {
        var symbol = text.Eval(in scope);
        return symbol.IsNone ? whenAbsent : TriLogic.Of(memo.Test(symbol));
    }

    public override Comparands? Compare(in MatchScope scope) => new(text.FieldOf(in scope), text.Tell(in scope), "", null);
}

/// <summary>Two texts are one. Unknown when either is absent.</summary>
internal sealed class SameText(TextNode a, TextNode b) : TruthNode
{
    public override ulong Looks => a.Looks | b.Looks;

    public override Tri Eval(in MatchScope scope)
    {
        var left = a.Eval(in scope);
        if (left.IsNone) return Tri.Unknown;
        var right = b.Eval(in scope);
        return right.IsNone ? Tri.Unknown : TriLogic.Of(left == right);
    }

    public override Comparands? Compare(in MatchScope scope)
    {
        var isTurned = a.FieldOf(in scope) is null && b.FieldOf(in scope) is not null;
        var (own, other) = isTurned ? (b, a) : (a, b);
        return new Comparands(own.FieldOf(in scope), own.Tell(in scope), "==", other.Tell(in scope));
    }
}

/// <summary>A compiled number.</summary>
internal abstract class NumberNode
{
    public abstract bool TryEval(in MatchScope scope, out double value);

    public virtual ulong Looks => 0;

    /// <summary>The field of the event whose number it is; null when it is none.</summary>
    public virtual FieldId? FieldOf() => null;

    /// <summary>The tunable that it is the value of; null when it is none.</summary>
    public virtual string? Tunable => null;

    /// <summary>The number, where it is the same for every event of a class and activity; null otherwise.</summary>
    public virtual double? Known(EventClass eventClass, int activity) => null;

    /// <summary>For people: the number, or null when absent.</summary>
    public object? Tell(in MatchScope scope) => TryEval(in scope, out var value) ? value : null;
}

internal sealed class ConstantNumber(double constant, string? tunable = null) : NumberNode
{
    public override string? Tunable => tunable;

    // A tunable is no reason to call a stage impossible.
    public override double? Known(EventClass eventClass, int activity) => tunable is null ? constant : null;

    public override bool TryEval(in MatchScope scope, out double value)
    {
        value = constant;
        return true;
    }
}

internal sealed class FieldNumber(FieldId field, int stage) : NumberNode
{
    public override FieldId? FieldOf() => stage < 0 ? field : null;

    public override double? Known(EventClass eventClass, int activity) => field switch
    {
        FieldId.ClassUid when stage < 0 && eventClass != EventClass.Other => eventClass.Uid(),
        FieldId.ActivityId when stage < 0 && activity != Reach.SomeActivity => activity,
        _ => null,
    };

    public override ulong Looks => StageBit.Of(stage);

    public override bool TryEval(in MatchScope scope, out double value)
    {
        if (stage < 0) return scope.Event.TryGetNumber(field, out value);
        if (scope.Stages[stage] is { } stored) return stored.View.TryGetNumber(field, out value);
        value = 0;
        return false;
    }
}

internal enum Comparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>Compares two numbers. Unknown when either is absent.</summary>
internal sealed class NumberTest(NumberNode a, Comparison comparison, NumberNode b) : TruthNode
{
    public override int Cost => 1;

    public override ulong Looks => a.Looks | b.Looks;

    public override Tri Eval(in MatchScope scope)
    {
        if (!a.TryEval(in scope, out var left) || !b.TryEval(in scope, out var right)) return Tri.Unknown;
        return Compare(left, right);
    }

    public override Tri Could(EventClass eventClass, int activity) =>
        a.Known(eventClass, activity) is { } left && b.Known(eventClass, activity) is { } right ? Compare(left, right) : Tri.Unknown;

    private Tri Compare(double left, double right) => TriLogic.Of(comparison switch
    {
        Comparison.Equal => left == right,
        Comparison.NotEqual => left != right,
        Comparison.Less => left < right,
        Comparison.LessOrEqual => left <= right,
        Comparison.Greater => left > right,
        _ => left >= right,
    });

    public override Comparands? Compare(in MatchScope scope) => a.FieldOf() is null && b.FieldOf() is { } other
        ? new Comparands(other, b.Tell(in scope), Sign(Turned), a.Tell(in scope))
        : new Comparands(a.FieldOf(), a.Tell(in scope), Sign(comparison), b.Tell(in scope));

    public override TunedTest? Tuned =>
        b.Tunable is { } right ? new TunedTest(right, Words(a), a) : a.Tunable is { } left ? new TunedTest(left, Words(b), b) : null;

    private static string Words(NumberNode number) => number.FieldOf() is { } field ? FieldCatalog.Of(field).Path : "a number of another stage";

    private Comparison Turned => comparison switch
    {
        Comparison.Less => Comparison.Greater,
        Comparison.LessOrEqual => Comparison.GreaterOrEqual,
        Comparison.Greater => Comparison.Less,
        Comparison.GreaterOrEqual => Comparison.LessOrEqual,
        var same => same,
    };

    private static string Sign(Comparison comparison) => comparison switch
    {
        Comparison.Equal => "==",
        Comparison.NotEqual => "!=",
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        Comparison.Greater => ">",
        _ => ">=",
    };
}

/// <summary>A question about a moment, which is large: it is not copied to be asked.</summary>
internal delegate T OfMoment<out T>(in Moment moment);

/// <summary>A flag or word of the moment: the event's own, else the latest state before it.</summary>
internal sealed class MomentTest(OfMoment<Tri> test, TunedTest? tuned = null) : TruthNode
{
    public override int Cost => 8;

    public override TunedTest? Tuned => tuned;

    public override Tri Eval(in MatchScope scope) => test(in scope.Moment);
}

/// <summary>A boolean slot field of the event. Unknown when absent.</summary>
internal sealed class FieldFlag(FieldId field, int stage) : TruthNode
{
    public override ulong Looks => StageBit.Of(stage);

    public override Tri Eval(in MatchScope scope)
    {
        if (stage < 0) return scope.Event.Flag(field);
        return scope.Stages[stage] is { } stored ? stored.View.Flag(field) : Tri.Unknown;
    }
}

/// <summary>The event, or that of an earlier stage, has a field.</summary>
internal sealed class FieldPresent(FieldId field, int stage) : TruthNode
{
    public override int Cost => 1;

    public override ulong Looks => StageBit.Of(stage);

    public override Tri Eval(in MatchScope scope)
    {
        if (stage < 0) return TriLogic.Of(scope.Event.Has(field));
        return TriLogic.Of(scope.Stages[stage] is { } stored && stored.View.Has(field));
    }
}
