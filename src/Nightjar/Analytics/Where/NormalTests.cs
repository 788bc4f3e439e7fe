using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Analytics.Where;

/// <summary>The app's baseline does not hold the host. Unknown without a baseline or a host.</summary>
internal sealed class NoveltyTest(TextNode host, INormal normal) : TruthNode
{
    public override Tri? Settled => normal.HasBaselines ? null : Tri.Unknown;

    public override int Cost => 10;

    public override ulong Looks => host.Looks;

    public override Tri Eval(in MatchScope scope)
    {
        var symbol = host.Eval(in scope);
        ref readonly var who = ref scope.Event.Header;
        return symbol.IsNone || who.App.IsNone ? Tri.Unknown : normal.HasBeenTo(in who, symbol).Not();
    }

    public override Comparands? Compare(in MatchScope scope) => new(host.FieldOf(in scope), host.Tell(in scope), "", null);
}

/// <summary>The reviewed package of the app holds the code that the event loads, else the file that it writes. Unknown without a package or a SHA-256.</summary>
internal sealed class VettedTest(IReviews reviews) : TruthNode
{
    public override IReviews Reviews => reviews;

    public override Tri? Settled => reviews.HasPackages ? null : Tri.Unknown;

    public override int Cost => 10;

    public override Tri Eval(in MatchScope scope)
    {
        var hashes = scope.Event.List(FieldId.ModuleHashes);
        if (hashes.Count == 0) hashes = scope.Event.List(FieldId.FileHashes);
        var app = InstalledApp.Of(in scope.Event.Header, in scope.Moment);
        var result = Tri.Unknown;
        for (var i = 0; i < hashes.Count; i++)
        {
            var held = reviews.Holds(app, hashes[i]);
            if (held == Tri.True) return Tri.True;
            if (held == Tri.False) result = Tri.False;
        }
        return result;
    }
}

/// <summary>The app's baseline does not hold the host's service class.</summary>
internal sealed class ClassNoveltyTest(TextNode host, Facts facts, SymbolTable symbols, INormal normal) : TruthNode
{
    private readonly SymbolMap _class = new(symbols, facts.ServiceClass);

    public override Tri? Settled => normal.HasBaselines ? null : Tri.Unknown;

    public override int Cost => 10;

    public override ulong Looks => host.Looks;

    public override Tri Eval(in MatchScope scope)
    {
        var service = _class.Of(host.Eval(in scope));
        ref readonly var who = ref scope.Event.Header;
        return service.IsNone || who.App.IsNone ? Tri.Unknown : normal.HasUsed(in who, service).Not();
    }
}

/// <summary>The event begins no later than the event of another stage ends.</summary>
internal sealed class NotAfterTest(int stage, TimeSpan grace) : TruthNode
{
    public override ulong Looks => StageBit.Of(stage);

    public override Tri Eval(in MatchScope scope) =>
        scope.Stages[stage] is { } other ? TriLogic.Of(scope.Event.Header.Time <= other.Header.End + grace) : Tri.Unknown;
}
