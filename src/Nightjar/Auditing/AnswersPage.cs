using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Scenarios;
using Nightjar.Sinks;
using static Nightjar.Auditing.MarkdownPage;

namespace Nightjar.Auditing;

/// <summary>Writes <c>answers.md</c>: for every strategy and platform whether it is covered, since when, how that is known and what cannot be seen.</summary>
public static class AnswersPage
{
    private const int MostDevices = 100;
    private const int MostSources = 8;

    internal static void Write(EvidencePack pack, IReadOnlyList<StrategyAnswer> answers, Stream output)
    {
        using var page = new MarkdownPage(output);
        page.Heading(1, "Answers");
        page.Paragraph("Computed from the telemetry of this run. A day of a device counts by the best analytic of the strategy: *runnable*, all it looks for could be seen; *degraded*, "
            + "a finding was possible and some signs were not seen; *blind*, telemetry came and no finding was possible; *not assessed*, nothing came. \"Fully\" needs every day of every device runnable.");
        page.Table(["Strategy", "Platform", "Covered", "Since", "Runnable", "Degraded", "Blind", "Not assessed", "Findings", "Hidden"], answers.Select(Row));
        foreach (var answer in answers) Write(page, pack, answer);
    }

    /// <summary>"in part".</summary>
    public static string Say(this Covered covered) => covered switch
    {
        Covered.Fully => "fully",
        Covered.InPart => "in part",
        Covered.No => "no",
        _ => "not assessed",
    };

    /// <summary>The first of the sources that could supply something, and how many more there are.</summary>
    internal static string Sources(IReadOnlyList<string> sources)
    {
        if (sources.Count == 0) return "none of the formats that are read";
        return string.Join(", ", sources.Take(MostSources)) + (sources.Count > MostSources ? $" and {sources.Count - MostSources} more, see `answers.json`" : "");
    }

    private static IReadOnlyList<string> Row(StrategyAnswer answer) =>
    [
        Text($"{answer.Strategy} {answer.Name}"), answer.Platform.Name(), answer.Covered.Say(), Day(answer.Since), $"{answer.Days.Runnable}", $"{answer.Days.Degraded}", $"{answer.Days.Blind}",
        $"{answer.Days.NotAssessed}", $"{answer.Findings}", $"{answer.Hidden}",
    ];

    private static void Write(MarkdownPage page, EvidencePack pack, StrategyAnswer answer)
    {
        page.Heading(2, Text($"{answer.Strategy} {answer.Name}, {answer.Platform.Name()}"));
        page.Paragraph($"**Are we covered?** {Sentence(answer)}");
        page.Paragraph($"**Since when?** {SinceSentence(answer)}");
        WriteProof(page, pack, answer);
        WriteBlindness(page, answer);
        if (answer.Devices.Count == 0) return;
        page.Table(["Device", "First day", "Last day", "Runnable", "Degraded", "Blind", "Not assessed", "Score in reach"], answer.Devices.Take(MostDevices).Select(Row));
        if (answer.Devices.Count > MostDevices) page.Paragraph($"{SinkWords.Count(answer.Devices.Count - MostDevices, "more device")}: see `answers.json`.");
    }

    private static IReadOnlyList<string> Row(DeviceAnswer device) =>
    [
        Code(device.Account.Device.Uid), Day(device.First), Day(device.Last), $"{device.Days.Runnable}", $"{device.Days.Degraded}", $"{device.Days.Blind}", $"{device.Days.NotAssessed}", $"{device.ReachableScore}",
    ];

    private static string Sentence(StrategyAnswer answer)
    {
        var all = answer.Days.Runnable + answer.Days.Degraded + answer.Days.Blind + answer.Days.NotAssessed;
        var days = $"Of {SinkWords.Count(all, "day")} of {SinkWords.Count(answer.Devices.Count, "device")}, {answer.Days.Runnable} were runnable, {answer.Days.Degraded} degraded, {answer.Days.Blind} blind, {answer.Days.NotAssessed} not assessed.";
        var unknown = answer.Unknown == 0 ? "" : $" {SinkWords.Count(answer.Unknown, "further device")} of unknown platform may be of this one; nothing assessed {(answer.Unknown == 1 ? "it" : "them")}.";
        return answer.Covered switch
        {
            Covered.Fully => $"Yes, fully. {days}",
            Covered.InPart => $"In part. {days}{unknown}",
            Covered.No => $"No: telemetry came, and with it no finding was possible. {days}{unknown}",
            _ => (answer.Devices.Count == 0 ? "Not assessed: no device of this platform is known." : $"Not assessed: no telemetry came. {days}") + unknown,
        };
    }

    private static string SinceSentence(StrategyAnswer answer)
    {
        if (answer.Since is not { } since) return "On no day so far.";
        var all = answer.SinceOnAll is { } every ? $" By {SinkWords.Day(every)} on every device." : " Not on every device.";
        return $"{SinkWords.Day(since)} was the first day on which a finding was possible, {Day(answer.Until)} the last.{all}";
    }

    private static void WriteProof(MarkdownPage page, EvidencePack pack, StrategyAnswer answer)
    {
        page.Paragraph("**How do you know?**");
        page.List(answer.Telemetry.Select(item => $"{item.Component.Describe()}: {SinkWords.Count(item.Events, "event")} from {SinkWords.Count(item.Devices, "device")}")
            .Concat(answer.Fields.Select(field => $"field {field.Field.Say()}: on {SinkWords.Number(field.Complete)} of {SinkWords.Count(field.Events, "event")}"))
            .Append(answer.LogSources.Count == 0 ? "no log source told of it" : $"log sources: {string.Join(", ", answer.LogSources.Select(name => name.Length == 0 ? "unnamed" : Code(name)))}")
            .Concat(answer.Analytics.Select(analytic => Text($"{analytic.Uid} version {analytic.Version}: {ScenarioSentence(pack.Scenarios, analytic.Uid)}")))
            .Append($"{SinkWords.Count(answer.Findings, "finding")} reported, {SinkWords.Number(answer.Hidden)} hidden by exceptions"));
    }

    private static string ScenarioSentence(ScenarioReport report, string uid)
    {
        var own = report.Results.Where(result => result.Analytic == uid).ToList();
        return own.Count == 0 ? "no scenario tests it" : $"{own.Count(result => result.HasPassed)} of {SinkWords.Count(own.Count, "scenario")} passed";
    }

    private static void WriteBlindness(MarkdownPage page, StrategyAnswer answer)
    {
        page.Paragraph("**What can it not see?**");
        page.List(answer.Missing.Select(item => $"{item.Name.Name} ({item.Name.Id}) was missing on {SinkWords.Count(item.Devices, "device")}; it could come from {Sources(item.Sources)}")
            .Concat(answer.Lost.Select(lost => Text($"{lost.Analytic}, {lost.What} ({lost.Title}): {lost.Why}; on {SinkWords.Count(lost.Devices, "device")}")))
            .Concat(answer.Analytics.SelectMany(analytic => analytic.Texts.CannotSee, (analytic, text) => Text($"{analytic.Uid}, whatever comes: {text}"))));
    }

    private static string Day(DateOnly? day) => day is { } known ? SinkWords.Day(known) : "never";
}
