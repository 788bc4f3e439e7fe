using System.Globalization;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Navigator;

/// <summary>Writes coverage as a layer of the ATT&amp;CK Navigator, format 4.5: a score for each technique that an analytic is for, and why it is no higher.</summary>
public static class NavigatorLayer
{
    private const string Site = "https://attack.mitre.org/";

    // Ground to full: pale to deep, told apart without colour by the score itself.
    private static readonly string[] Colours = ["#f3d9d3", "#f2e3a8", "#4f9a72"];

    /// <summary>Writes the layer.</summary>
    public static void Write(RunSummary summary, Stream output)
    {
        ArgumentNullException.ThrowIfNull(summary);
        JsonLayout.WritePage(output, json =>
        {
            json.WriteStartObject();
            WriteHead(json, summary);
            json.WriteObjects("techniques", StrategyCoverage.OfTechniques(summary), technique => WriteTechnique(json, summary, technique));
            WriteScale(json);
            json.WriteObjects("metadata", Facts(summary), fact => WriteFact(json, fact));
            json.WriteEndObject();
        });
    }

    private static void WriteHead(Utf8JsonWriter json, RunSummary summary)
    {
        json.WriteString("name", "Nightjar coverage");
        json.WriteStartObject("versions");
        json.WriteString("attack", Release(summary));
        json.WriteString("navigator", "5.2.0");
        json.WriteString("layer", "4.5");
        json.WriteEndObject();
        json.WriteString("domain", "mobile-attack");
        json.WriteString("description", "The score that detection could have reached, on average over devices and their days with telemetry. Devices and days on which nothing could be found count 0. Techniques without a score have no analytic.");
        json.WriteStartObject("filters");
        json.WriteTexts("platforms", ["Android", "iOS"]);
        json.WriteEndObject();
        json.WriteNumber("sorting", 0);
        json.WriteStartObject("layout");
        json.WriteString("layout", "side");
        json.WriteBoolean("showID", true);
        json.WriteBoolean("showName", true);
        json.WriteBoolean("showAggregateScores", false);
        json.WriteBoolean("countUnscored", false);
        json.WriteString("aggregateFunction", "min");
        json.WriteString("expandedSubtechniques", "annotated");
        json.WriteEndObject();
        json.WriteBoolean("hideDisabled", false);
    }

    // The layer names the major release; where analytics are of several, the newest.
    private static string Release(RunSummary summary) =>
        summary.Analytics.Select(analytic => analytic.AttackVersion.Split('.')[0])
            .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var major) ? major : 0)
            .DefaultIfEmpty().Max() is > 0 and var newest ? newest.ToString(CultureInfo.InvariantCulture) : "19";

    private static void WriteTechnique(Utf8JsonWriter json, RunSummary summary, StrategyCoverage technique)
    {
        var analytics = summary.Analytics.Where(analytic => technique.Analytics.Contains(analytic.Uid)).DistinctBy(analytic => analytic.Uid).OrderBy(analytic => analytic.Uid, StringComparer.Ordinal).ToList();
        json.WriteString("techniqueID", technique.Uid);
        json.WriteNumber("score", technique.Score);
        json.WriteString("comment", Comment(technique));
        json.WriteBoolean("enabled", true);
        json.WriteObjects("metadata", [.. Facts(summary, technique, analytics)], fact => WriteFact(json, fact));
        json.WriteObjects("links", [.. Links(technique, analytics)], link =>
        {
            json.WriteString("label", link.Label);
            json.WriteString("url", link.Url);
        });
    }

    private static string Comment(StrategyCoverage technique)
    {
        var text = $"Devices: {technique.Runnable} can see, {technique.Degraded} see in part, {technique.Blind} blind, {technique.NotAssessed} not assessed.";
        return technique.Missing == DataComponents.None ? text : $"{text} For want of {technique.Missing.Describe()}.";
    }

    private static IEnumerable<(string Name, string Value)> Facts(RunSummary summary, StrategyCoverage technique, List<AnalyticReference> analytics)
    {
        foreach (var analytic in analytics) yield return (analytic.Uid, $"{analytic.Name} ({analytic.Strategy ?? "no strategy"}, version {analytic.Version})");
        foreach (var group in CoverageGroup.ByPlatform(summary))
        {
            foreach (var uid in technique.Analytics.Where(group.Analytics.Contains))
            {
                var counts = group.Count(uid);
                yield return ($"{uid} on {group.Key}", $"{counts.Runnable} can see, {counts.Degraded} in part, {counts.Blind} blind, {counts.NotAssessed} not assessed of {SinkWords.Count(counts.All, "device")}");
            }
        }
        foreach (var bit in technique.Missing.Bits())
        {
            var (uid, name) = DataComponentNames.Of(bit);
            yield return ($"missing {uid}", name);
        }
    }

    private static IEnumerable<(string Label, string Url)> Links(StrategyCoverage technique, List<AnalyticReference> analytics)
    {
        foreach (var analytic in analytics.Where(analytic => IsAttackId(analytic.Strategy, "DET")))
            yield return ($"{analytic.Strategy} {analytic.Uid}", $"{Site}detectionstrategies/{analytic.Strategy}{(IsAttackId(analytic.Uid, "AN") ? "#" + analytic.Uid : "")}");
        foreach (var bit in technique.Missing.Bits())
        {
            var (uid, name) = DataComponentNames.Of(bit);
            yield return ($"{uid} {name}", $"{Site}datacomponents/{uid}");
        }
    }

    private static bool IsAttackId(string? text, string prefix) =>
        text is not null && text.StartsWith(prefix, StringComparison.Ordinal) && text.Length == prefix.Length + 4 && text.AsSpan(prefix.Length).IndexOfAnyExceptInRange('0', '9') < 0;

    private static List<(string Name, string Value)> Facts(RunSummary summary)
    {
        var facts = new List<(string Name, string Value)> { ("made by", $"Nightjar {ProductInfo.Version}"), ("devices", SinkWords.Number(summary.Devices.Count)) };
        if (summary.Period is { } period) facts.Add(("period", $"{SinkWords.Day(period.From)} to {SinkWords.Day(period.To)} (UTC)"));
        var releases = summary.Analytics.Select(analytic => analytic.AttackVersion).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (releases.Count > 0) facts.Add(("ATT&CK releases of the analytics", string.Join(", ", releases)));
        return facts;
    }

    private static void WriteFact(Utf8JsonWriter json, (string Name, string Value) fact)
    {
        json.WriteString("name", fact.Name);
        json.WriteString("value", fact.Value);
    }

    private static void WriteScale(Utf8JsonWriter json)
    {
        json.WriteStartObject("gradient");
        json.WriteTexts("colors", Colours);
        json.WriteNumber("minValue", 0);
        json.WriteNumber("maxValue", 100);
        json.WriteEndObject();
        json.WriteObjects("legendItems", [("0: nothing could be found, or no telemetry came", Colours[0]), ("50", Colours[1]), ("100: all of the score could be reached on every device", Colours[2])], item =>
        {
            json.WriteString("label", item.Item1);
            json.WriteString("color", item.Item2);
        });
        json.WriteBoolean("showTacticRowBackground", false);
        json.WriteString("tacticRowBackground", "#dddddd");
        json.WriteBoolean("selectTechniquesAcrossTactics", true);
        json.WriteBoolean("selectSubtechniquesWithParent", false);
        json.WriteBoolean("selectVisibleTechniques", false);
    }
}

/// <summary>Coverage for the ATT&amp;CK Navigator, as <c>navigator.json</c>.</summary>
internal sealed class NavigatorSink : ISink
{
    public string Id => "navigator";

    public string FileName => "navigator.json";

    public void Write(RunResult result, Stream output) => NavigatorLayer.Write(result.Summary, output);
}
