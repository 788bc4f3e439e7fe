using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Engine;

/// <summary>Writes a draft out as a finding that stands by itself.</summary>
internal sealed class FindingWriter(EngineOptions options, SymbolTable symbols, Func<int, long, string> locate)
{
    public Finding Write(FindingDraft draft, DeviceTrack device)
    {
        var analytic = draft.Analytic;
        var best = draft.Best;
        var texts = new FindingText(draft, device, symbols);
        var evidence = EvidenceOf(draft);
        return new Finding
        {
            Uid = UidOf(draft),
            Analytic = AnalyticReferences.Of(analytic),
            Device = new DeviceReference(symbols.Text(device.Device), device.Platform, device.Name.IsNone ? null : symbols.Text(device.Name), device.Groups),
            App = draft.AppName.IsNone ? null : symbols.Text(draft.AppName),
            Title = texts.Fill(analytic.Texts.Title),
            Description = texts.Fill(analytic.Texts.Description),
            Severity = SeverityOf(analytic.Level),
            Score = best.Score,
            Confidence = ConfidenceOf(best.Score, analytic.Thresholds),
            Start = draft.Start,
            End = draft.End,
            Count = draft.Count,
            Stages = StagesOf(draft),
            Contributions = [.. best.Contributions],
            Context = ContextFacts.Of(best, analytic.Reviews),
            Tunables = [.. analytic.Tunables.Select(item => new TunableInForce(item.Name, item.Value.ToString(), item.Origin))],
            Evidence = evidence,
            EvidenceOmitted = Math.Max(0, draft.Count - evidence.Count),
            Notes = FindingNotes.Of(draft, options.ClockSkew),
            HiddenBy = draft.HiddenBy,
            ExpiredExceptions = [.. draft.Expired],
            FalsePositives = analytic.Texts.FalsePositives,
            NextSteps = [.. analytic.Texts.NextSteps.Select(texts.Fill)],
            Playbook = analytic.Playbook?.Fill(new PlaybookValues(draft, UidOf(draft), texts).Of, texts.IsSeen),
        };
    }

    // The first event of the first match never changes as further matches are folded in, so neither does the uid.
    private string UidOf(FindingDraft draft)
    {
        Span<byte> first = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(first, draft.FirstEvent);
        var key = $"{draft.Analytic.Uid}\n{symbols.Text(draft.App.Device.Device)}\n{symbols.Text(draft.AppName)}\n{Convert.ToHexStringLower(first)}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16));
    }

    private List<Evidence> EvidenceOf(FindingDraft draft)
    {
        var items = draft.Evidence.ToList();
        items.Sort((a, b) =>
        {
            var order = EventHeader.Compare(in a.Event.Header, in b.Event.Header);
            return order != 0 ? order : a.Stage.CompareTo(b.Stage);
        });
        return [.. items.Select(item => new Evidence(draft.Analytic.Stages[item.Stage].Id, Event(item.Event)))];
    }

    private EvidenceEvent Event(StoredEvent stored) =>
        EvidenceEvent.From(stored.View, symbols, locate(stored.Header.File, stored.Header.Position));

    private static List<StageOutcome> StagesOf(FindingDraft draft)
    {
        var best = draft.Best;
        var outcomes = new List<StageOutcome>();
        foreach (var stage in draft.Analytic.Stages)
        {
            var required = best.Chain.Stages.Contains(stage.Index);
            var events = EventsOf(best, stage, required);
            var blind = events.Count == 0 && draft.BlindStages.Contains(stage.Index);
            var state = events.Count > 0 ? StageState.Matched : blind ? StageState.NotObservable : StageState.Missing;
            outcomes.Add(new StageOutcome(stage.Id, stage.Title, state, required, blind ? stage.Components : DataComponents.None, events));
        }
        return outcomes;
    }

    private static List<string> EventsOf(Match match, Stage stage, bool required)
    {
        var events = match.Supporting.Where(item => item.Stage == stage.Index).Select(item => item.Event).ToList();
        if (required) events.Insert(0, match.Assigned[stage.Index].Event);
        return [.. events.Select(FindingText.UidOf).Distinct(StringComparer.Ordinal)];
    }

    private static Severity SeverityOf(string level) => level switch
    {
        "informational" => Severity.Informational,
        "low" => Severity.Low,
        "high" => Severity.High,
        "critical" => Severity.Critical,
        _ => Severity.Medium,
    };

    private static Confidence ConfidenceOf(int score, Thresholds thresholds) =>
        score >= thresholds.High ? Confidence.High : score >= thresholds.Medium ? Confidence.Medium : Confidence.Low;
}

/// <summary>Fills the texts of a finding with what the events say.</summary>
internal sealed class FindingText(FindingDraft draft, DeviceTrack device, SymbolTable symbols)
{
    private const int MaxValue = 160;

    /// <summary>The id by which people find an event.</summary>
    public static string UidOf(StoredEvent stored)
    {
        var uid = stored.View.Text(FieldId.EventUid);
        return uid.IsEmpty ? EventIds.Text(stored.Header.Id) : Encoding.UTF8.GetString(uid);
    }

    public string Fill(string template)
    {
        var text = new StringBuilder();
        var at = 0;
        while (at < template.Length)
        {
            var open = template.IndexOf('{', at);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0) break;
            text.Append(template, at, open - at).Append(Cut(Value(template[(open + 1)..close])));
            at = close + 1;
        }
        return text.Append(template, at, template.Length - at).ToString();
    }

    private static string Cut(string value) => value.Length <= MaxValue ? value : value[..MaxValue] + "…";

    /// <summary>True when an event of the stage is part of the match.</summary>
    public bool IsSeen(string stage) => draft.Analytic.Stages.FirstOrDefault(item => item.Id == stage) is { } known && EventOf(known) is not null;

    /// <summary>The value of a placeholder, and whether its words are the author's or Nightjar's own; null when none of its alternatives was seen or tells it.</summary>
    public (string Text, bool IsAuthors)? Known(string name) => name switch
    {
        "app" or "device" => (Value(name), false),
        "state" => (Value(name), true),
        _ => Placeholder.Of(name).Select(Known).FirstOrDefault(value => value is not null),
    };

    private (string Text, bool IsAuthors)? Known(Placeholder part)
    {
        var stage = draft.Analytic.Stages.FirstOrDefault(item => item.Id == part.Stage);
        if (stage is null || EventOf(stage) is not { } stored) return null;
        if (part.Field is null) return (stage.Title, true);
        var value = part.Field switch
        {
            Placeholder.Time => stored.Header.Time.ToString(),
            Placeholder.Event => UidOf(stored),
            _ => Field(stage, stored, part.Field),
        };
        return value is null ? null : (value, false);
    }

    private string Value(string name) => name switch
    {
        "app" => draft.AppName.IsNone ? draft.Analytic.CountsUnnamed ? "no named app" : "an app" : symbols.Text(draft.AppName),
        "device" => device.Name.IsNone ? symbols.Text(device.Device) : symbols.Text(device.Name),
        "state" => ContextFacts.Sentence(draft.Best),
        _ => OfStages(name),
    };

    // The first alternative that there is something to say of.
    private string OfStages(string name)
    {
        var isSeen = false;
        foreach (var part in Placeholder.Of(name))
        {
            var stage = draft.Analytic.Stages.FirstOrDefault(item => item.Id == part.Stage);
            if (stage is null || EventOf(stage) is not { } stored) continue;
            isSeen = true;
            if (part.Field is null) return stage.Title;
            if (Field(stage, stored, part.Field) is { } value) return value;
        }
        return isSeen ? "something unnamed" : "something not observed";
    }

    private StoredEvent? EventOf(Stage stage) =>
        draft.Best.Assigned[stage.Index].Event ?? draft.Best.Supporting.Find(item => item.Stage == stage.Index).Event;

    private string? Field(Stage stage, StoredEvent stored, string field)
    {
        var composite = Analytics.Where.Names.Composite(field, -1);
        var scope = new MatchScope(stored.View, in stored.Moment, default);
        var symbol = composite?.Eval(in scope) ?? (FieldCatalog.Find(field) is { } info ? stored.View.Symbol(info.Id) : default);
        if (!symbol.IsNone) return symbols.Text(symbol);
        if (FieldCatalog.Find(field) is { Kind: FieldKind.Text } text && stored.View.Text(text.Id) is { IsEmpty: false } utf8) return Encoding.UTF8.GetString(utf8);
        return FieldCatalog.Find(field) is { } number && stored.View.TryGetNumber(number.Id, out var value)
            ? value.ToString(CultureInfo.InvariantCulture)
            : null;
    }
}
