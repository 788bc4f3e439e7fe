using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Events;
using Nightjar.Policies;
using Nightjar.Policies.Telling;

namespace Nightjar.Preview;

/// <summary>Answers as another policy does, and remembers of each match what its exceptions were asked. Safe for several threads.</summary>
internal sealed class MatchRecord(IPolicyInForce policy, SymbolTable symbols, int most = MatchRecord.DefaultMost) : IPolicyInForce
{
    /// <summary>Some hundred bytes each.</summary>
    public const int DefaultMost = 1 << 18;

    private readonly Lock _lock = new();
    private readonly List<(PolicySubject Subject, MatchedBehaviour Match, Cover Cover)> _asked = [];

    /// <summary>Matches beyond those that are kept.</summary>
    public long LeftOut { get; private set; }

    public string Fingerprint => policy.Fingerprint;

    public bool IsScoped => policy.IsScoped;

    // Asked of every match, also where nothing is ever hidden.
    public bool HasExceptions => true;

    public ValuesInForce For(in PolicySubject subject) => policy.For(in subject);

    public Analytic Variant(int index, string key) => policy.Variant(index, key);

    public Reaches ReachesOf(int index) => policy.ReachesOf(index);

    public Cover Covering(in PolicySubject subject, MatchedBehaviour match)
    {
        var cover = policy.HasExceptions ? policy.Covering(in subject, match) : Cover.None;
        lock (_lock)
        {
            if (_asked.Count < most) _asked.Add((subject, match, cover));
            else LeftOut++;
        }
        return cover;
    }

    /// <summary>The matches, in one order; none when some had to be left out, because which ones is chance.</summary>
    public IReadOnlyList<JudgedMatch> Matches()
    {
        lock (_lock)
        {
            return LeftOut > 0 ? [] : [.. _asked.Select(Told).DistinctBy(match => match.Key, StringComparer.Ordinal).OrderBy(match => match.Time).ThenBy(match => match.Key, StringComparer.Ordinal)];
        }
    }

    private JudgedMatch Told((PolicySubject Subject, MatchedBehaviour Match, Cover Cover) asked)
    {
        var (subject, match, cover) = asked;
        var device = new DeviceFacts(symbols.Text(subject.Device.Device), subject.Device.Platform, subject.Device.Groups, subject.Device.IsManaged);
        return new JudgedMatch(
            match.Analytic, new PolicyQuestion(device, symbols.Text(subject.App), Text(subject.Signer), Text(subject.Category)), match.Time,
            Texts(match.Destinations), Texts(match.Paths), cover.Holding);
    }

    private string? Text(Symbol symbol) => symbol.IsNone ? null : symbols.Text(symbol);

    private IReadOnlyList<string> Texts(IReadOnlyList<Symbol> list) => [.. list.Select(symbols.Text).Order(StringComparer.Ordinal)];
}
