using System.Text.Json;
using Nightjar.Analytics;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Spectre.Console;

namespace Nightjar.Cli.Terminal;

/// <summary>Says what an analytic looks for, in words, as a table, or as JSON.</summary>
internal static class AnalyticText
{
    public static void WriteTable(IReadOnlyList<Analytic> analytics, IAnsiConsole console)
    {
        var table = new Table { Border = TableBorder.Minimal }.AddColumns("Analytic", "Strategy", "Platform", "What it looks for");
        foreach (var analytic in analytics)
        {
            table.AddRow(
                Markup.Escape(analytic.Uid), Markup.Escape(analytic.Attack.Strategy ?? "own"), Markup.Escape(PlatformText(analytic)),
                Markup.Escape($"{analytic.Title} ({string.Join(", ", analytic.Attack.Techniques)})"));
        }
        console.Write(table);
    }

    public static void Write(Analytic analytic, TextWriter to)
    {
        to.WriteLine($"{analytic.Uid}  {analytic.Title}");
        to.WriteLine($"{analytic.Attack.Strategy ?? "own analytic"} {analytic.StrategyName}, ATT&CK {analytic.Attack.Release}: {string.Join(", ", analytic.Techniques.Select(item => $"{item.Uid} {item.Name}"))}");
        to.WriteLine($"{PlatformText(analytic)}, version {analytic.Version}, {analytic.Status}");
        Section(to, analytic.Description);
        WriteStages(analytic, to);
        WriteScore(analytic, to);
        Section(to, "Tunables");
        foreach (var tunable in analytic.Tunables) to.WriteLine($"  {tunable.Name} = {tunable.Value}  ({tunable.Kind.Name()}, {tunable.Origin})\n      {tunable.Description}");
        List(to, "Never reported", analytic.Allow.Select(item => $"{item.Name}: {item.Reason}"));
        List(to, "Cannot see", analytic.Texts.CannotSee);
        List(to, "Looks the same and is innocent", analytic.Texts.FalsePositives);
        List(to, "References", analytic.Texts.References);
    }

    public static void WriteJson(IReadOnlyList<Analytic> analytics, Stream to)
    {
        using var stream = to;
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartArray();
        foreach (var analytic in analytics) WriteJson(analytic, json);
        json.WriteEndArray();
    }

    private static void WriteJson(Analytic analytic, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("uid", analytic.Uid);
        json.WriteString("title", analytic.Title);
        json.WriteString("version", analytic.Version);
        json.WriteString("strategy", analytic.Attack.Strategy);
        json.WriteString("attack_release", analytic.Attack.Release);
        Texts(json, "techniques", analytic.Attack.Techniques);
        Texts(json, "platforms", analytic.Platforms.Select(platform => platform.Name()));
        Texts(json, "stages", analytic.StageInfos.Select(stage => stage.Id));
        json.WriteStartObject("tunables");
        foreach (var tunable in analytic.Tunables) json.WriteString(tunable.Name, tunable.Value.ToString());
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void WriteStages(Analytic analytic, TextWriter to)
    {
        Section(to, $"Within {analytic.Tunables.FirstOrDefault(item => item.Value.Kind == TunableKind.Duration && item.Value.Duration == analytic.Window)?.Name ?? analytic.Window.ToString()}, for each {(analytic.IsPerApp ? "app of a device" : "device")}");
        foreach (var stage in analytic.StageInfos) to.WriteLine($"  {stage.Id}: {stage.Title}\n      seen in: {stage.Components.Describe()}");
    }

    private static void WriteScore(Analytic analytic, TextWriter to)
    {
        Section(to, $"Score: Low from {analytic.Thresholds.Low}, Medium from {analytic.Thresholds.Medium}, High from {analytic.Thresholds.High}");
        foreach (var chain in analytic.ChainInfos)
        {
            var blind = chain.Blind.Count == 0 ? "" : $", when {string.Join(", ", chain.Blind)} could not be observed";
            to.WriteLine($"  {chain.Score,3}  {string.Join(chain.IsOrdered ? ", then " : " and ", chain.Stages)}{blind}");
        }
        foreach (var addition in analytic.AdditionInfos) to.WriteLine($"  +{addition.Points,2}  {addition.Name}: {addition.Reason}");
    }

    private static void List(TextWriter to, string title, IEnumerable<string> items)
    {
        var all = items.ToArray();
        if (all.Length == 0) return;
        Section(to, title);
        foreach (var item in all) to.WriteLine($"  - {item}");
    }

    private static void Section(TextWriter to, string title) => to.WriteLine($"\n{title}");

    private static string PlatformText(Analytic analytic) => string.Join(", ", analytic.Platforms.Select(platform => platform.Name()));
}
