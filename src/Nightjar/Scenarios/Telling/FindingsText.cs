using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Scenarios.Reading;

namespace Nightjar.Scenarios.Telling;

/// <summary>Writes findings so that a difference reads well: one fact a line, times from the scenario's start, nothing that changes by itself.</summary>
internal static class FindingsText
{
    /// <summary>All findings, in their order; empty when there is none.</summary>
    public static string Write(IReadOnlyList<Finding> findings, Instant start)
    {
        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            if (text.Length > 0) text.Append('\n');
            One(text, finding, start);
        }
        return text.ToString();
    }

    /// <summary>What a finding stands on, and nothing that is only told: two findings with the same are the same judgement.</summary>
    public static string Essence(IReadOnlyList<Finding> findings)
    {
        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            text.Append(CultureInfo.InvariantCulture, $"{finding.Analytic.Uid}|{finding.Device.Uid}|{finding.App}|{finding.Score}|{finding.Confidence}|{finding.Count}");
            foreach (var line in finding.Contributions.Where(item => item.State == Tri.True)) text.Append(CultureInfo.InvariantCulture, $"|{line.Name}+{line.Points}");
            foreach (var stage in finding.Stages) text.Append(CultureInfo.InvariantCulture, $"|{stage.Id}:{stage.State}");
            foreach (var item in finding.Evidence) text.Append(CultureInfo.InvariantCulture, $"|{item.Stage}={item.Event.Uid}");
            text.Append('\n');
        }
        return text.ToString();
    }

    /// <summary>One line for a list: <c>AN1848 com.example.torch on phone-1: 65 (Medium)</c>.</summary>
    public static string Line(Finding finding) =>
        string.Create(CultureInfo.InvariantCulture, $"{finding.Analytic.Uid} {finding.App ?? "no app"} on {finding.Device.Uid}: {finding.Score} ({finding.Confidence})");

    private static void One(StringBuilder text, Finding finding, Instant start)
    {
        text.Append(CultureInfo.InvariantCulture, $"{Line(finding)}, severity {finding.Severity}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {finding.Title}\n  {finding.Description}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {Offsets.Write(finding.Start - start)} to {Offsets.Write(finding.End - start)}, events: {finding.Count}\n");
        Section(text, "stages", finding.Stages.Select(Stage));
        Section(text, "score", finding.Contributions.Select(Contribution));
        Section(text, "context", finding.Context.Select(item => $"{item.Name} = {item.Value} ({item.Source})"));
        Section(text, "notes", finding.Notes);
        var width = finding.Evidence.Select(item => item.Stage.Length).DefaultIfEmpty().Max();
        Section(text, "evidence", finding.Evidence.Select(item => $"{item.Stage.PadRight(width)}  {EventText.Write(item.Event, finding, start)}"));
    }

    private static void Section(StringBuilder text, string name, IEnumerable<string> lines)
    {
        var any = false;
        foreach (var line in lines)
        {
            if (!any) text.Append("  ").Append(name).Append('\n');
            any = true;
            text.Append("    ").Append(line).Append('\n');
        }
    }

    private static string Stage(StageOutcome stage) => stage.State switch
    {
        StageState.Matched => string.Create(CultureInfo.InvariantCulture, $"matched  {stage.Id}{(stage.IsRequired ? "" : " (optional)")}{(stage.EventUids.Count > 1 ? $" × {stage.EventUids.Count}" : "")}"),
        StageState.NotObservable => $"blind    {stage.Id}: {stage.MissingTelemetry.Describe()}",
        _ => $"missing  {stage.Id}",
    };

    private static string Contribution(Contribution item)
    {
        var holds = item.State switch { Tri.True => "yes", Tri.False => "no", _ => "?" };
        return string.Create(CultureInfo.InvariantCulture, $"{holds,-3} {item.Points,3}  {item.Name}: {item.Reason}");
    }
}
