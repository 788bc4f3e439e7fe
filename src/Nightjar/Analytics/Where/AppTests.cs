using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Analytics.Where;

/// <summary>An app's roles answer a question. The event's own app is known with its signer and category, another by its name alone.</summary>
internal sealed class RolesTest(TextNode app, Facts facts, SymbolTable symbols, Func<string, bool> has) : TruthNode
{
    private readonly AppMemo _memo = new(symbols, facts.IsFixed, (who, _) => facts.Roles(who).Any(has));

    public override int Cost => 10;

    public override ulong Looks => app.Looks;

    public override Tri Eval(in MatchScope scope)
    {
        var named = app.Eval(in scope);
        return TriLogic.Of(named == scope.Event.Header.App ? _memo.Own(in scope, default) : _memo.Ask(named, default, default, default));
    }

    public override Comparands? Compare(in MatchScope scope) => new(app.FieldOf(in scope), app.Tell(in scope), "", null);
}

/// <summary>A role of the app brings traffic with the host's service class. Unknown without a host; false for a host without a class.</summary>
internal sealed class RoleTest(TextNode host, Facts facts, SymbolTable symbols) : TruthNode
{
    private readonly SymbolMap _class = new(symbols, facts.ServiceClass);
    private readonly AppMemo _memo = new(symbols, facts.IsFixed, (who, service) => service.Length > 0 && facts.Roles(who).Any(role => facts.RoleExpects(role, service)));

    public override int Cost => 10;

    public override ulong Looks => host.Looks;

    public override Tri Eval(in MatchScope scope) =>
        host.Eval(in scope) is { IsNone: false } target ? TriLogic.Of(_memo.Own(in scope, _class.Of(target))) : Tri.Unknown;
}

/// <summary>The policy lets the app talk to the host. Unknown without a host.</summary>
internal sealed class PermittedTest(TextNode host, Facts facts, SymbolTable symbols) : TruthNode
{
    private readonly AppMemo _memo = new(symbols, facts.IsFixed, facts.Permits);

    public override bool IsNeverTrue => !facts.HasPolicy;

    public override int Cost => 10;

    public override ulong Looks => host.Looks;

    public override Tri Eval(in MatchScope scope) =>
        host.Eval(in scope) is { IsNone: false } target ? TriLogic.Of(facts.HasPolicy && _memo.Own(in scope, target)) : Tri.Unknown;

    public override Comparands? Compare(in MatchScope scope) => new(host.FieldOf(in scope), host.Tell(in scope), "", null);
}

/// <summary>The policy approves the app. Unknown where it does not say.</summary>
internal sealed class ApprovedTest(Facts facts, SymbolTable symbols) : TruthNode
{
    private readonly AppMemo _isTold = new(symbols, facts.IsFixed, (who, _) => facts.IsApproved(who) != Tri.Unknown);
    private readonly AppMemo _isApproved = new(symbols, facts.IsFixed, (who, _) => facts.IsApproved(who) == Tri.True);

    public override Tri? Settled => facts.HasPolicy ? null : Tri.Unknown;

    public override int Cost => 10;

    public override Tri Eval(in MatchScope scope) => facts.HasPolicy && _isTold.Own(in scope, default) ? TriLogic.Of(_isApproved.Own(in scope, default)) : Tri.Unknown;
}

/// <summary>Remembers a yes or no per app, as telemetry knows it, and a text beside it. Bounded: each answer has a place of its own, and a later one may take it.</summary>
/// <remarks>Several threads may ask at once: an answer is written whole, and answers are equal whoever writes them. A dictionary that had filled up took 2 µs a question.</remarks>
internal sealed class AppMemo(SymbolTable symbols, bool remembers, Func<KnownApp, string, bool> test)
{
    private const int Least = 256;
    private const int Most = 1 << 16;

    private Answer?[] _answers = new Answer?[Least];
    private int _replaced;

    /// <summary>Asks about the app of an event.</summary>
    public bool Own(in MatchScope scope, Symbol beside) => Ask(scope.Event.Header.App, scope.Moment.Signer, scope.Moment.Category, beside);

    public bool Ask(Symbol app, Symbol signer, Symbol category, Symbol beside)
    {
        var answers = _answers;
        var place = (int)((uint)app.Id * 0x9E37_79B1 ^ (uint)beside.Id * 0x85EB_CA77 ^ (uint)signer.Id * 0xC2B2_AE3D ^ (uint)category.Id * 0x27D4_EB2F) & answers.Length - 1;
        if (answers[place] is { } known && known.IsOf(app, signer, category, beside)) return known.Yes;
        var answer = test(new KnownApp(symbols.Text(app), Told(signer), Told(category)), symbols.Text(beside));
        if (!remembers) return answer;
        if (answers[place] is not null && answers.Length < Most && ++_replaced > answers.Length) (_answers, _replaced) = (new Answer?[answers.Length * 2], 0);
        else answers[place] = new Answer(app, signer, category, beside, answer);
        return answer;
    }

    private string? Told(Symbol symbol) => symbol.IsNone ? null : symbols.Text(symbol);

    private sealed record Answer(Symbol App, Symbol Signer, Symbol Category, Symbol Beside, bool Yes)
    {
        public bool IsOf(Symbol app, Symbol signer, Symbol category, Symbol beside) => App == app && Beside == beside && Signer == signer && Category == category;
    }
}
