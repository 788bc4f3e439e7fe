using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Markdown;

/// <summary>What a run could not check, and what it could not read.</summary>
internal sealed class MarkdownCoverage(TextWriter output, RunSummary summary, int mostDevices)
{
    public void Write()
    {
        Line();
        Line("## What could not be checked");
        Line();
        Line(MarkdownText.Inline(RunSentence.Unchecked(summary)));
        WriteLosses();
        WriteDevices();
        WriteFiles();
    }

    private void WriteLosses()
    {
        if (summary.Unattributed > 0) Line($"\n{SinkWords.Count(summary.Unattributed, "record names", "records name")} no device and could be given none; no analytic saw them.");
        if (summary.PartialsGivenUp > 0) Line($"\n{SinkWords.Count(summary.PartialsGivenUp, "partial match was", "partial matches were")} given up for want of room.");
    }

    private void WriteDevices()
    {
        var devices = summary.Devices.Where(device => device.Checks.Count == 0 || device.Checks.Any(check => check.State != CheckState.Runnable)).ToList();
        if (devices.Count == 0) return;
        Line();
        Line("| Device | Analytic | Sees | For want of |");
        Line("|---|---|---|---|");
        foreach (var device in devices.Take(mostDevices)) WriteDevice(device);
        if (devices.Count > mostDevices) Line($"\n{SinkWords.Count(devices.Count - mostDevices, "more device")}: see `coverage.json`.");
    }

    private void WriteDevice(DeviceAccount device)
    {
        var name = MarkdownText.Inline(TextExplanation.Name(device.Device));
        if (StrategyCoverage.WhyNotAssessed(device) is { } why) Line($"| {name} | none | not assessed | {MarkdownText.Inline(why)} |");
        foreach (var check in device.Checks.Where(check => check.State != CheckState.Runnable))
            Line($"| {name} | {MarkdownText.Code(check.Analytic)} | {check.State.Say()} | {MarkdownText.Inline(check.Missing == DataComponents.None ? "nothing known" : check.Missing.Describe())} |");
    }

    private void WriteFiles()
    {
        Line();
        Line(MarkdownText.Inline(RunSentence.Files(summary)));
        var odd = summary.Files.Where(file => file.State != FileState.Read).ToList();
        if (odd.Count > 0) Line();
        foreach (var file in odd) Line($"- {MarkdownText.Code(file.Path)}: {file.State.Say()}{(file.Reason is null ? "" : ", " + MarkdownText.Inline(file.Reason))}");
    }

    private void Line(string text = "") => output.Write(text + "\n");
}
