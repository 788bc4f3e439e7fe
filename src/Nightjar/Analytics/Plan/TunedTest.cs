using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>That a condition compares a number with a tunable, so that somebody can ask which numbers those are. The engine does not look at it.</summary>
/// <param name="Tunable">Name of the tunable.</param>
/// <param name="What">What the number is, for people: a field, or some words.</param>
/// <param name="Number">The number; absent where it is not there or something else decides before.</param>
internal sealed record TunedTest(string Tunable, string What, NumberNode Number);

/// <summary>A limit of a measure that a tunable sets.</summary>
/// <param name="Figure">What is limited.</param>
/// <param name="Tunable">Name of the tunable.</param>
/// <param name="Plus">What is added to the tunable before it is compared.</param>
internal readonly record struct TunedLimit(MeasureFigure Figure, string Tunable, double Plus);

/// <summary>The figures that a measure may ask for.</summary>
internal enum MeasureFigure : byte
{
    Events,
    Different,
    Sum,
    Average,
    Percentile,
    Ratio,
    Variation,
    Rate,
    Period,
    Spans,
}

/// <summary>A number that counts only where the condition would answer otherwise with the tunable at its other end.</summary>
internal sealed class DecidingNumber(TruthNode low, TruthNode high, NumberNode number) : NumberNode
{
    public override bool TryEval(in MatchScope scope, out double value)
    {
        value = 0;
        return low.Eval(in scope) != high.Eval(in scope) && number.TryEval(in scope, out value);
    }
}

/// <summary>Seconds that have passed since something that is known of the moment.</summary>
internal sealed class SecondsSince(OfMoment<Instant> since) : NumberNode
{
    public override bool TryEval(in MatchScope scope, out double value)
    {
        var then = since(in scope.Moment);
        value = then == Instant.Min ? 0 : (scope.Moment.Time - then).TotalSeconds;
        return then != Instant.Min;
    }
}
