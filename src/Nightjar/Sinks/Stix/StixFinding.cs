using System.Text.Json.Nodes;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Sinks.Formats;

namespace Nightjar.Sinks.Stix;

/// <summary>Tells one finding in STIX: what was observed, the pattern of it, that it was sighted, where, and what to do.</summary>
internal sealed class StixFinding(StixBundle bundle, Finding finding, StixMaker maker)
{
    private readonly FindingEntities _entities = FindingEntities.Of(finding);

    public void Add()
    {
        var device = Device();
        var observed = finding.Evidence.Select(item => Observed(item.Event)).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        foreach (var data in observed) Relate(device, "consists-of", data, finding.Start);
        var patterns = finding.Analytic.Techniques.Select(AttackPattern).Distinct(StringComparer.Ordinal).ToList();
        var indicator = Indicator();
        if (indicator is not null) patterns.ForEach(pattern => Relate(indicator, "indicates", pattern, finding.Start));
        if ((indicator ?? patterns.FirstOrDefault()) is not { } sighted) return;
        Sighting(sighted, observed);
        if (Course() is { } course) Relate(course, "mitigates", sighted, finding.Start);
    }

    // STIX has no phone. What an infrastructure is made of may be data that was observed, which is what a device gave.
    private string Device()
    {
        var name = finding.Device.Name ?? finding.Device.Uid;
        return Object("infrastructure", maker.Epoch, maker.Epoch, [finding.Device.Uid, name, finding.Device.Platform.Name()], new JsonObject
        {
            ["name"] = name,
            ["description"] = $"Mobile device, {finding.Device.Platform.Name()}",
            ["infrastructure_types"] = new JsonArray("unknown"),
            ["external_references"] = new JsonArray(Reference("nightjar-device", finding.Device.Uid)),
        });
    }

    private string? Observed(EvidenceEvent e)
    {
        var objects = new StixObservables(bundle).Of(e);
        if (objects.Count == 0) return null;
        return Object("observed-data", e.Time, e.End, [e.Device, e.Uid], new JsonObject
        {
            ["first_observed"] = e.Time.ToString(),
            ["last_observed"] = e.End.ToString(),
            ["number_observed"] = 1,
            ["object_refs"] = Refs(objects),
            ["external_references"] = new JsonArray(Reference("nightjar-event", e.Uid)),
        });
    }

    // Neither the app nor the service is an indicator by itself: one is on many phones, the other serves many apps.
    private string? Indicator()
    {
        var places = Comparisons().ToList();
        if (finding.App is null || places.Count == 0) return null;
        var content = new JsonObject
        {
            ["name"] = $"{finding.Analytic.Uid} {finding.Analytic.Name}".Trim(),
            ["description"] = finding.Title,
            ["indicator_types"] = new JsonArray("anomalous-activity"),
            ["pattern"] = $"[software:name = {Quoted(finding.App)}] AND [{string.Join(" OR ", places)}]",
            ["pattern_type"] = "stix",
            ["pattern_version"] = "2.1",
            ["valid_from"] = finding.Start.ToString(),
            ["confidence"] = finding.Score,
            ["external_references"] = new JsonArray(Reference("nightjar", finding.Uid)),
        };
        if (Phases() is { Count: > 0 } phases) content["kill_chain_phases"] = phases;
        return Object("indicator", finding.Start, finding.End, [finding.Uid], content);
    }

    private IEnumerable<string> Comparisons()
    {
        foreach (var host in _entities.Hosts) yield return $"domain-name:value = {Quoted(host)}";
        foreach (var (type, value) in _entities.Addresses.Select(StixObservables.AddressOf)) yield return $"{type}:value = {Quoted(value)}";
        foreach (var hash in _entities.Hashes) yield return $"file:hashes.'{Ocsf.OcsfNames.HashAlgorithm(hash).Caption}' = {Quoted(hash)}";
    }

    private JsonArray Phases() => new([.. finding.Analytic.Techniques.Select(technique => technique.TacticName).Where(name => name.Length > 0).Distinct().Select(name => new JsonObject
    {
        ["kill_chain_name"] = "mitre-mobile-attack",
        ["phase_name"] = name.ToLowerInvariant().Replace(' ', '-'),
    })]);

    // ATT&CK's own objects are referred to by its ids and never sent: whoever has ATT&CK has them, whole.
    private string AttackPattern(TechniqueReference technique)
    {
        if (ReferenceData.Shipped.Attack.Technique(technique.Uid) is { Identity.Stix.Length: > 0 } known) return $"attack-pattern--{known.Identity.Stix}";
        return Object("attack-pattern", maker.Epoch, maker.Epoch, [technique.Uid, technique.Name], new JsonObject
        {
            ["name"] = technique.Name.Length > 0 ? technique.Name : technique.Uid,
            ["external_references"] = new JsonArray(Reference("mitre-attack", technique.Uid)),
        });
    }

    private void Sighting(string sighted, List<string> observed)
    {
        var content = new JsonObject
        {
            ["description"] = $"{finding.Title}\n{finding.Description}",
            ["first_seen"] = finding.Start.ToString(),
            ["last_seen"] = (finding.End < finding.Start ? finding.Start : finding.End).ToString(),
            ["count"] = Math.Min(finding.Count, 999_999_999),
            ["sighting_of_ref"] = sighted,
            ["where_sighted_refs"] = new JsonArray(maker.Identity),
            ["confidence"] = finding.Score,
            ["external_references"] = new JsonArray(Reference("nightjar", finding.Uid)),
            ["extensions"] = new JsonObject
            {
                [StixMaker.Extension] = new JsonObject { ["extension_type"] = "property-extension", ["ocsf_finding"] = JsonNode.Parse(JsonLines.Ocsf(finding).Span) },
            },
        };
        if (observed.Count > 0) content["observed_data_refs"] = Refs(observed);
        Object("sighting", finding.Start, finding.End, [finding.Uid], content);
    }

    // OASIS's schema of bundles knows no note, so what to do is a course of action.
    private string? Course()
    {
        var text = string.Join('\n', finding.NextSteps.Select(step => "- " + step));
        if (finding.Playbook is not null) text = text.Length > 0 ? $"{text}\n\n{finding.Playbook.Markdown}" : finding.Playbook.Markdown;
        if (text.Length == 0) return null;
        return Object("course-of-action", finding.Start, finding.End, [finding.Uid], new JsonObject
        {
            ["name"] = $"What to do about finding {finding.Uid} of {finding.Analytic.Uid}",
            ["description"] = text,
            ["external_references"] = new JsonArray(Reference("nightjar", finding.Uid)),
        });
    }

    private void Relate(string source, string kind, string target, Instant since) =>
        Object("relationship", since, since, [source, kind, target], new JsonObject { ["relationship_type"] = kind, ["source_ref"] = source, ["target_ref"] = target });

    private string Object(string type, Instant created, Instant modified, ReadOnlySpan<string> identity, JsonObject content)
    {
        content.Insert(0, "created_by_ref", maker.Identity);
        return bundle.AddObject(type, StixIds.Of(type, identity), created, modified, content);
    }

    private static JsonArray Refs(IEnumerable<string> ids) => new([.. ids.Select(id => (JsonNode)id)]);

    private static JsonObject Reference(string source, string id) => new() { ["source_name"] = source, ["external_id"] = id };

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
