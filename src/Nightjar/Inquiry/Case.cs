using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Inquiry;

/// <summary>The matches that make one finding: those of one app that follow one another within the suppression time.</summary>
internal sealed class Case(Analytic analytic, Symbol app, IReadOnlyList<string> hiddenBy)
{
    private readonly SortedSet<string> _expired = new(StringComparer.Ordinal);
    private readonly List<Weighed> _matches = [];

    public Symbol App => app;

    public IReadOnlyList<Weighed> Matches => _matches;

    /// <summary>The highest score; of equal ones that which begins, then that which ends first, then the first to be judged.</summary>
    public Weighed Best => _matches.OrderByDescending(match => match.Score).ThenBy(match => match.Way.Start).ThenBy(match => match.Way.End).First();

    /// <summary>Whether a match belongs to it: it begins no later than the suppression time after the last one ended.</summary>
    public bool Takes(Weighed match) => _matches.Count == 0 || match.Way.Start <= _matches.Max(item => item.Way.End) + analytic.Suppress;

    /// <summary>Whether it is made of matches that were judged by these values and are hidden by these exceptions.</summary>
    public bool IsOf(Analytic variant, Cover cover) => ReferenceEquals(variant, analytic) && cover.Holding.SequenceEqual(hiddenBy, StringComparer.Ordinal);

    public void Add(Weighed match, Cover cover)
    {
        _matches.Add(match);
        _expired.UnionWith(cover.Expired);
    }

    /// <summary>The finding that it comes to.</summary>
    public Ruling Rule(string device, SymbolTable symbols, InquiryOptions options)
    {
        var events = _matches.SelectMany(Events).ToList();
        var evidence = Evidence(options.MaxEvidence);
        var name = app.IsNone ? null : symbols.Text(app);
        return new Ruling
        {
            Uid = Uid(device, name ?? ""), Analytic = analytic.Uid, Device = device, App = name, Score = Best.Score,
            Start = events.Min(item => item.Seen.Time), End = events.Max(item => item.Seen.End),
            Count = events.Select(item => item.Seen.Event.Header.Id).Distinct().Count(),
            Stages = [.. analytic.Stages.Select(stage => Outcome(stage.Index))],
            Contributions = Best.Contributions,
            HiddenBy = hiddenBy,
            Expired = [.. _expired],
            Evidence = [.. evidence.OrderBy(item => item.Seen.Number).ThenBy(item => item.Stage).Select(item => (analytic.Stages[item.Stage].Id, UidOf(item.Seen)))],
        };
    }

    /// <summary>The id by which people find an event: that of the source, else the fingerprint of the record.</summary>
    public static string UidOf(SeenEvent seen)
    {
        var uid = seen.Event.View.Text(FieldId.EventUid);
        return uid.IsEmpty ? EventIds.Text(seen.Event.Header.Id) : Encoding.UTF8.GetString(uid);
    }

    private static IEnumerable<(int Stage, SeenEvent Seen)> Events(Weighed match) =>
        match.Way.Chain.Stages.Select(stage => (stage, match.Way.Events[stage]!)).Concat(match.Supporting);

    // The first match keeps all the events of its chain; beyond the limit, further ones are counted only.
    private List<(int Stage, SeenEvent Seen)> Evidence(int most)
    {
        var told = new HashSet<UInt128>();
        var evidence = new List<(int, SeenEvent)>();
        foreach (var (match, index) in _matches.Select((match, index) => (match, index)))
        {
            foreach (var (item, place) in Events(match).Select((item, place) => (item, place)))
            {
                if (!told.Add(item.Seen.Event.Header.Id)) continue;
                var isOfFirstChain = index == 0 && place < match.Way.Chain.Stages.Length;
                if (evidence.Count < most || isOfFirstChain) evidence.Add(item);
            }
        }
        return evidence;
    }

    private StageOutcome Outcome(int index)
    {
        var stage = analytic.Stages[index];
        var isRequired = Best.Way.Chain.Stages.Contains(index);
        var events = Events(Best).Where(item => item.Stage == index).Select(item => UidOf(item.Seen)).Distinct(StringComparer.Ordinal).ToList();
        var state = events.Count > 0 ? StageState.Matched : Best.Blind.Contains(index) ? StageState.NotObservable : StageState.Missing;
        return new StageOutcome(stage.Id, stage.Title, state, isRequired, state == StageState.NotObservable ? stage.Components : DataComponents.None, events);
    }

    // Made from what never changes as further matches are added: analytic, device, app, and the first event of the first match.
    private string Uid(string device, string name)
    {
        var first = _matches[0].Way.InChain.First().Event.Header.Id.ToString("x32", CultureInfo.InvariantCulture);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', analytic.Uid, device, name, first)));
        return Convert.ToHexStringLower(digest)[..32];
    }
}

/// <summary>What a finding must say, as the inquiry sees it.</summary>
internal sealed record Ruling
{
    public required string Uid { get; init; }

    public required string Analytic { get; init; }

    public required string Device { get; init; }

    public required string? App { get; init; }

    public required int Score { get; init; }

    public required Instant Start { get; init; }

    public required Instant End { get; init; }

    /// <summary>Distinct events, those beyond the evidence included.</summary>
    public required int Count { get; init; }

    public required IReadOnlyList<StageOutcome> Stages { get; init; }

    public required IReadOnlyList<Contribution> Contributions { get; init; }

    public required IReadOnlyList<(string Stage, string Event)> Evidence { get; init; }

    /// <summary>Ids of the exceptions that hide it; empty when it is reported.</summary>
    public required IReadOnlyList<string> HiddenBy { get; init; }

    /// <summary>Ids of exceptions that would have hidden some of it and had expired.</summary>
    public required IReadOnlyList<string> Expired { get; init; }
}
