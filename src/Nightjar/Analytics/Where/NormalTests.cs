using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Analytics.Where;

/// <summary>The app's baseline does not hold the host. Unknown without a baseline or a host.</summary>
internal sealed class NoveltyTest(TextNode host, INormal normal) : TruthNode
{
    public override ulong Looks => host.Looks;

    public override Tri Eval(in MatchScope scope)
    {
        var symbol = host.Eval(in scope);
        var app = scope.Event.Header.App;
        return symbol.IsNone || app.IsNone ? Tri.Unknown : normal.HasBeenTo(app, symbol).Not();
    }
}

/// <summary>The reviewed package of the app holds the loaded code.</summary>
internal sealed class VettedTest(INormal normal) : TruthNode
{
    public override Tri Eval(in MatchScope scope)
    {
        var hashes = scope.Event.List(FieldId.ModuleHashes);
        var result = Tri.Unknown;
        for (var i = 0; i < hashes.Count; i++)
        {
            var reviewed = normal.WasReviewed(scope.Event.Header.App, hashes[i]);
            if (reviewed == Tri.True) return Tri.True;
            if (reviewed == Tri.False) result = Tri.False;
        }
        return result;
    }
}

/// <summary>True when a part is true or unknown.</summary>
internal sealed class Maybe(TruthNode part) : TruthNode
{
    public override ulong Looks => part.Looks;

    public override Tri Eval(in MatchScope scope) => TriLogic.Of(part.Eval(in scope) != Tri.False);

    public override Tri Could(EventClass eventClass, int activity) =>
        part.Could(eventClass, activity) == Tri.False ? Tri.False : Tri.Unknown;
}
