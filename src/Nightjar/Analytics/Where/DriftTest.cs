using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Analytics.Where;

/// <summary>The app was seen to be no longer what it was: by this very event, or not long ago. False when no drift was seen.</summary>
internal sealed class DriftTest(DriftKind[] kinds, TimeSpan? within) : TruthNode
{
    public static Bound Bind(Binder binder, CallExpression call)
    {
        if (call.Name == "drifts") return Of(binder, call, call.Arguments, null);
        if (call.Arguments is not [var duration, ..]) return binder.Refuse<Bound>(call, "`drifted_within` takes a duration first.", new BoundNothing());
        return binder.Fixed(duration) is { } seconds ? Of(binder, call, [.. call.Arguments.Skip(1)], TimeSpan.FromSeconds(seconds)) : new BoundNothing();
    }

    public override Tri Eval(in MatchScope scope)
    {
        if (scope.Moment.Drifts is not { } drifts) return Tri.False;
        if (within is { } span) return TriLogic.Of(drifts.IsWithin(scope.Moment.Time, span, kinds));
        var id = scope.Event.Header.Id;
        return TriLogic.Of(Array.Exists(kinds, kind => drifts.Latest(kind)?.Event == id));
    }

    private static Bound Of(Binder binder, CallExpression call, IReadOnlyList<Expression> words, TimeSpan? within)
    {
        var kinds = words.Count > 0 ? new List<DriftKind>() : [.. DriftKinds.All];
        foreach (var word in words)
        {
            if (word is TextExpression text && DriftKinds.Parse(text.Value) is { } kind) kinds.Add(kind);
            else return binder.Refuse<Bound>(call, $"`{call.Name}` takes kinds of drift in quotes: {string.Join(", ", DriftKinds.All.Select(DriftKinds.Name))}.", new BoundNothing(), hint: Hint(word));
        }
        return new BoundTruth(new DriftTest([.. kinds], within));
    }

    private static string Hint(Expression word) => word is TextExpression text ? Nearest.Hint(text.Value, DriftKinds.All.Select(DriftKinds.Name)) : "";
}
