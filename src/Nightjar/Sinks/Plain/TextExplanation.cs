using System.Globalization;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Plain;

/// <summary>Prints one finding in full, as plain text: what happened, why it counts, every event with where it stands, and what is not known.</summary>
public static class TextExplanation
{
    /// <summary>Writes the explanation. Lines end with <c>\n</c> and hold no more than <paramref name="width"/> columns; nothing is left out.</summary>
    /// <param name="finding">The finding; with provenance when its evidence was joined with the evidence index.</param>
    /// <param name="output">Where to.</param>
    /// <param name="width">Columns, at least 40.</param>
    public static void Write(Finding finding, TextWriter output, int width = 80)
    {
        var page = new PlainPage(output, width);
        WriteHead(page, finding);
        WriteStages(page, finding);
        WriteScore(page, finding);
        WriteContext(page, finding);
        WriteEvidence(page, finding);
        WriteTunables(page, finding);
        WriteList(page, "Notes", finding.Notes);
        WriteList(page, "Innocent behaviour that looks the same", finding.FalsePositives);
        WriteList(page, "What to do next", finding.NextSteps);
        WriteList(page, "Findings of other analytics about the same events", finding.RelatedFindings);
    }

    /// <summary>Begin and end for people: "2026-01-02 03:04:05.123 to 03:04:45.000 UTC (39.9 s)".</summary>
    public static string When(Instant start, Instant end)
    {
        var from = Time(start);
        if (end <= start) return from + " UTC";
        var to = Time(end);
        if (from[..10] == to[..10]) to = to[11..];
        return $"{from} to {to} UTC ({SinkWords.Length(end - start)})";
    }

    /// <summary>A time for people, in UTC, without saying so.</summary>
    public static string Time(Instant time) =>
        time.ToDateTimeOffset().ToString(time.Micros % 1000 == 0 ? "yyyy-MM-dd HH:mm:ss.fff" : "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>The device for people: its name, and its uid when the name is not the uid.</summary>
    public static string Name(DeviceReference device) =>
        device.Name is null || device.Name == device.Uid ? VisibleText.Of(device.Uid) : $"{VisibleText.Of(device.Name)} ({VisibleText.Of(device.Uid)})";

    private static void WriteHead(PlainPage page, Finding finding)
    {
        page.Paragraph($"{finding.Severity.Caption()} severity, score {finding.Score} of 100 ({finding.Confidence.Caption().ToLowerInvariant()} confidence)");
        page.Paragraph(VisibleText.Of(finding.Title));
        page.Paragraph(VisibleText.Of(finding.Description));
        page.Blank();
        page.Hanging("Finding    ", VisibleText.Of(finding.Uid) + (finding.Activity == FindingActivity.Create ? "" : $" ({finding.Activity})"));
        page.Hanging("App        ", finding.App is null ? "none: the analytic is about the device alone" : VisibleText.Of(finding.App));
        page.Hanging("Device     ", $"{Name(finding.Device)}, {finding.Device.Platform.Name()}" + Groups(finding.Device));
        page.Hanging("When       ", $"{When(finding.Start, finding.End)}, {SinkWords.Count(finding.Count, "event")}");
        var analytic = finding.Analytic;
        page.Hanging("Analytic   ", VisibleText.Of($"{analytic.Uid} {analytic.Name}, version {analytic.Version}"));
        if (analytic.Strategy is not null) page.Hanging("Strategy   ", VisibleText.Of($"{analytic.Strategy} {analytic.StrategyName}".TrimEnd()));
        foreach (var technique in analytic.Techniques)
            page.Hanging("Technique  ", VisibleText.Of($"{technique.Uid} {technique.Name}, {technique.TacticUid} {technique.TacticName}, ATT&CK {analytic.AttackVersion}"));
    }

    private static string Groups(DeviceReference device) =>
        device.Groups is { Count: > 0 } groups ? ", in " + VisibleText.Of(string.Join(", ", groups)) : "";

    private static void WriteStages(PlainPage page, Finding finding)
    {
        page.Heading("Stages");
        foreach (var stage in finding.Stages)
        {
            var name = $"{VisibleText.Of(stage.Title)} ({VisibleText.Of(stage.Id)}, {(stage.IsRequired ? "required" : "optional")})";
            var events = stage.EventUids.Count > 0 ? $", in {SinkWords.Count(stage.EventUids.Count, "event")}" : "";
            StageLines.Stage(page, stage.State, name, stage.MissingTelemetry, events);
        }
    }

    private static void WriteScore(PlainPage page, Finding finding)
    {
        page.Heading($"Score: {finding.Score} of 100");
        StageLines.Score(page, finding.Contributions);
        var sum = finding.Contributions.Where(item => item.State == Tri.True).Sum(item => (long)item.Points);
        if (sum != finding.Score) page.Hanging($"  {finding.Score,4}  ", $"is the score: the sum of {sum} is held between 0 and 100.");
    }

    private static void WriteContext(PlainPage page, Finding finding)
    {
        if (finding.Context.Count == 0) return;
        page.Heading("What was known of the moment");
        foreach (var fact in finding.Context)
            page.Hanging("  ", VisibleText.Of($"{fact.Name} = {fact.Value}" + (fact.Source.Length > 0 ? $"  ({fact.Source})" : "")));
    }

    private static void WriteEvidence(PlainPage page, Finding finding)
    {
        page.Heading($"Evidence: {SinkWords.Count(finding.Evidence.Count, "event")} in order of time, UTC");
        for (var i = 0; i < finding.Evidence.Count; i++) WriteEvent(page, i + 1, finding.Evidence[i]);
        if (finding.EvidenceOmitted > 0)
            page.Paragraph($"{SinkWords.Count(finding.EvidenceOmitted, "further event")} left out: the limit of events in a finding was reached.", 2);
    }

    private static void WriteEvent(PlainPage page, int number, Evidence evidence)
    {
        var e = evidence.Event;
        page.Hanging($"{number,4}. ", $"{When(e.Time, e.End)}  [{VisibleText.Of(evidence.Stage)}]");
        StageLines.Event(page, e, 6);
        foreach (var (path, value) in FieldText.Of(e)) page.Hanging("        ", $"{path} = {value}");
    }

    private static void WriteTunables(PlainPage page, Finding finding)
    {
        if (finding.Tunables.Count == 0) return;
        page.Heading("Tunables in force");
        foreach (var item in finding.Tunables)
            page.Hanging("  ", VisibleText.Of($"{item.Name} = {item.Value}  ({item.Origin})"));
    }

    private static void WriteList(PlainPage page, string heading, IReadOnlyList<string> items)
    {
        if (items.Count == 0) return;
        page.Heading(heading);
        foreach (var item in items) page.Hanging("  - ", VisibleText.Of(item));
    }
}
