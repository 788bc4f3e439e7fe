using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>
/// Judges one analytic over all events of one device once more: slowly, with everything at hand, and with a record of what it saw. It is
/// written from the description of the language and knows nothing of the engine, so that each can be held against the other.
/// </summary>
internal sealed class Evaluator
{
    private readonly History _history;
    private readonly InquiryOptions _options;
    private readonly SymbolTable _symbols;
    private readonly string _device;

    public Evaluator(Analytic analytic, History history, string device, SymbolTable symbols, InquiryOptions options, IPolicyInForce policy)
    {
        (Analytic, _history, _device, _symbols, _options) = (analytic, history, device, symbols, options);
        Choice = new Choice(analytic, history, policy);
        Appearances = new Appearances(Choice, history);
        Memory = new Memory(Choice, Appearances, history, options);
    }

    public Analytic Analytic { get; }

    public Choice Choice { get; }

    public Appearances Appearances { get; }

    public Memory Memory { get; }

    /// <summary>Repeats of events that were left out.</summary>
    public int Duplicates => _history.Duplicates;

    /// <summary>True when the analytic is for the device's platform.</summary>
    public bool IsApplicable => Analytic.Platforms.Contains(_history.Platform);

    /// <summary>Every app that a match can be about, in order of name; none for analytics about the device.</summary>
    public IEnumerable<Symbol> Apps => 
        !Analytic.IsPerApp ? [Symbol.None] : (Analytic.CountsUnnamed ? _history.Apps.Append(Symbol.None) : _history.Apps).OrderBy(app => _symbols.Text(app), StringComparer.Ordinal);

    public Reconstruction Reconstruct(Analytic variant, Symbol app) => new(variant, Appearances, Memory, _history, _options, app);

    /// <summary>All findings of the device.</summary>
    public IReadOnlyList<Ruling> Rulings() =>
        IsApplicable ? [.. Apps.SelectMany(app => Cases(Matches(app).Where(match => match.Score >= Analytic.Thresholds.Low), app)).Select(Rule)] : [];

    /// <summary>True when a search took too many steps and was given up.</summary>
    public bool WasCut { get; private set; }

    /// <summary>Every beginning with each chain of an app that may begin so, in the order of judgement.</summary>
    public IEnumerable<(Analytic Variant, Chain Chain, Beginning Beginning)> Begun(Symbol app) =>
        from beginning in Memory.Beginnings
        let variant = Choice.Of(beginning, app)
        from chain in ChainsFrom(variant, beginning)
        select (variant, chain, beginning);

    /// <summary>Every match of an app, whatever its score, in the order of judgement.</summary>
    public IEnumerable<Weighed> Matches(Symbol app)
    {
        foreach (var beginning in BeginningsOf(app))
        {
            var variant = Choice.Of(beginning, app);
            var reconstruction = Reconstruct(variant, app);
            var weighing = new Weighing(variant, reconstruction);
            foreach (var chain in ChainsFrom(variant, beginning))
            {
                foreach (var way in reconstruction.Matches(chain, beginning).Where(_ => chain.Blind.All(weighing.BlindAt(beginning).Contains))) yield return weighing.Weigh(way);
                WasCut |= reconstruction.WasCut;
            }
        }
    }

    private static IEnumerable<Chain> ChainsFrom(Analytic variant, Beginning beginning) =>
        variant.Chains.Where(chain => chain.IsOrdered ? chain.Stages[0] == beginning.Stage : chain.Stages.Contains(beginning.Stage));

    /// <summary>The beginnings that count for an app. Records without an app that stand for themselves begin nothing of an app; where windows do not
    /// overlap, what lies in one begins none.</summary>
    public IEnumerable<Beginning> BeginningsOf(Symbol app)
    {
        var rest = Memory.Beginnings.Where(beginning => !Analytic.CountsUnnamed || beginning.Seen.App == app).ToList();
        while (rest.Count > 0)
        {
            var next = rest[0];
            rest.RemoveAt(0);
            yield return next;
            if (Analytic.IsTumbling && IsOf(next, app)) rest.RemoveAll(other => IsOf(other, app) && LiesIn(other, next));
        }
    }

    private bool IsOf(Beginning beginning, Symbol app) => !Analytic.IsPerApp || beginning.Seen.App == app;

    private bool LiesIn(Beginning other, Beginning first)
    {
        var variant = Choice.Of(Analytic.Stages[first.Stage], first.Seen);
        if (other.Seen.Time > first.Seen.End + variant.Window) return false;
        var groups = variant.Stages[other.Stage].SameGroup;
        if (groups.Count == 0 || groups[first.Stage] is not { } group) return true;
        var stored = new StoredEvent?[Analytic.Stages.Count];
        stored[first.Stage] = first.Seen.Event;
        return other.Seen.Ask(group, stored) == Tri.True;
    }

    /// <summary>The matches folded: those of the same values, hidden by the same exceptions, that follow one another within the suppression time are one case.</summary>
    public IEnumerable<Case> Cases(IEnumerable<Weighed> matches, Symbol app)
    {
        var open = new List<Case>();
        foreach (var match in matches)
        {
            var cover = Choice.Covering(match, app);
            var index = open.FindIndex(item => item.IsOf(match.Variant, cover));
            if (index >= 0 && !open[index].Takes(match))
            {
                yield return open[index];
                open.RemoveAt(index);
                index = -1;
            }
            if (index < 0) open.Add(new Case(match.Variant, app, cover.Holding));
            open[index < 0 ? ^1 : index].Add(match, cover);
        }
        foreach (var item in open) yield return item;
    }

    public Ruling Rule(Case item) => item.Rule(_device, _symbols, _options);
}
