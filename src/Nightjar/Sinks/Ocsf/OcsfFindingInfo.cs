using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Ocsf;

/// <summary>Writes <c>finding_info</c> and the <c>attacks</c> that stand in it and, for the security_control profile, beside it.</summary>
internal static class OcsfFindingInfo
{
    public static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject("finding_info");
        json.WriteString("uid", finding.Uid);
        json.WriteString("title", finding.Title);
        json.WriteString("desc", finding.Description);
        json.WriteNumber("first_seen_time", finding.Start.Millis);
        json.WriteNumber("last_seen_time", finding.End.Millis);
        json.WriteTexts("types", [.. finding.Analytic.Techniques.Select(technique => technique.Name).Distinct()]);
        json.WriteTexts("data_sources", DataSources(finding));
        WriteAnalytic(json, finding.Analytic);
        WriteAttacks(json, finding.Analytic);
        json.WriteList("related_events", finding.RelatedFindings, uid => WriteRelated(json, uid));
        json.WriteEndObject();
    }

    public static void WriteAttacks(Utf8JsonWriter json, AnalyticReference analytic) =>
        json.WriteList("attacks", analytic.Techniques, technique => WriteAttack(json, technique, analytic.AttackVersion));

    private static List<string> DataSources(Finding finding) =>
        [.. finding.Evidence
            .SelectMany(item => EventClasses.Components(item.Event.Class, item.Event.Activity).Bits().Select(bit => (bit, item.Event.LogName)))
            .Distinct()
            .OrderBy(pair => pair.bit).ThenBy(pair => pair.LogName, StringComparer.Ordinal)
            .Select(pair => (Name: DataComponentNames.Of(pair.bit), pair.LogName))
            .Select(pair => $"{pair.Name.Id} {pair.Name.Name}" + (pair.LogName.Length > 0 ? $" / {pair.LogName}" : ""))];

    private static void WriteAnalytic(Utf8JsonWriter json, AnalyticReference analytic)
    {
        json.WriteStartObject("analytic");
        json.WriteString("uid", analytic.Uid);
        json.WriteString("name", analytic.Name);
        json.WriteString("version", analytic.Version);
        if (analytic.Strategy is not null) json.WriteString("category", analytic.Strategy);
        json.WriteNumber("type_id", 2);
        json.WriteString("type", "Behavioral");
        json.WriteEndObject();
        if (analytic.Strategy is null) return;
        json.WriteStartArray("related_analytics");
        json.WriteStartObject();
        json.WriteString("uid", analytic.Strategy);
        if (analytic.StrategyName is not null) json.WriteString("name", analytic.StrategyName);
        json.WriteNumber("type_id", 99);
        json.WriteString("type", "ATT&CK Detection Strategy");
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteAttack(Utf8JsonWriter json, TechniqueReference technique, string version)
    {
        json.WriteStartObject();
        json.WriteString("version", version);
        if (technique.TacticUid.Length > 0)
            WriteEntity(json, "tactic", technique.TacticUid, technique.TacticName);
        var parent = AttackPages.Parent(technique.Uid);
        WriteEntity(json, "technique", parent ?? technique.Uid, parent is null ? technique.Name : null);
        if (parent is not null) WriteEntity(json, "sub_technique", technique.Uid, technique.Name);
        json.WriteEndObject();
    }

    private static void WriteEntity(Utf8JsonWriter json, string attribute, string uid, string? name)
    {
        json.WriteStartObject(attribute);
        json.WriteString("uid", uid);
        if (name is not null) json.WriteString("name", name);
        json.WriteString("src_url", AttackPages.Of(uid));
        json.WriteEndObject();
    }

    private static void WriteRelated(Utf8JsonWriter json, string uid)
    {
        json.WriteStartObject();
        json.WriteString("uid", uid);
        json.WriteNumber("type_uid", OcsfNames.ClassUid * 100L + 1);
        json.WriteString("type_name", $"{OcsfNames.ClassName}: Create");
        json.WriteEndObject();
    }
}
