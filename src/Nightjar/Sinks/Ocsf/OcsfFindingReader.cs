using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Playbooks;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Ocsf;

/// <summary>Restores findings from the lines that <see cref="OcsfFindingWriter"/> wrote, without analytics, symbols or input.</summary>
/// <remarks>What restores is equal to what was written, but for the provenance of the evidence, which the evidence index holds
/// (<see cref="EvidenceIndexReader.Join"/>). A line may hold anything: what is missing or strange reads as unknown.</remarks>
public static class OcsfFindingReader
{
    /// <summary>Reads one line.</summary>
    /// <param name="line">UTF-8 JSON.</param>
    /// <param name="reason">Why it is no finding of Nightjar's; null when it is one.</param>
    /// <returns>The finding, or null.</returns>
    public static Finding? Read(ReadOnlyMemory<byte> line, out string? reason) => JsonView.Read(line, out reason, Finding);

    private static (Finding?, string?) Finding(JsonView json)
    {
        if (json["class_uid"].Integer != OcsfNames.ClassUid) return (null, "it is no Detection Finding (class_uid 2004)");
        if (json["finding_info"]["uid"].Text is not { } uid) return (null, "it has no finding_info.uid");
        var own = json["unmapped"]["nightjar"];
        if (own["contract"].Integer is not { } contract) return (null, "it has no unmapped.nightjar, so another product wrote it");
        return contract > ProductInfo.Contract
            ? (null, $"it follows contract {contract}, and this version of Nightjar knows contract {ProductInfo.Contract}")
            : (Restore(json, own, uid), null);
    }

    private static Finding Restore(JsonView json, JsonView own, string uid)
    {
        var info = json["finding_info"];
        return new Finding
        {
            Uid = uid,
            Activity = (FindingActivity)Math.Clamp(json["activity_id"].Int(1), 1, 3),
            Analytic = Analytic(info),
            Device = Device(json["device"]),
            App = json["resources"].Items.Where(item => item["type"].Text == "Application").Select(item => item["uid"].Text).FirstOrDefault(),
            Title = info["title"].Text ?? "",
            Description = info["desc"].Text ?? "",
            Severity = (Severity)Math.Clamp(json["severity_id"].Int(), 0, 5),
            Score = Math.Clamp(json["confidence_score"].Int(), 0, 100),
            Confidence = (Confidence)Math.Clamp(json["confidence_id"].Int(), 0, 3),
            Start = own["span"]["start"].Time ?? Instant.FromMillis(json["start_time"].Integer ?? 0),
            End = own["span"]["end"].Time ?? Instant.FromMillis(json["end_time"].Integer ?? 0),
            Count = Math.Max(1, json["count"].Int(1)),
            Stages = [.. own["stages"].Items.Select(Stage)],
            Contributions = [.. own["score"]["contributions"].Items.Select(Contribution)],
            Context = [.. own["context"].Items.Select(Fact)],
            Tunables = [.. own["tunables"].Items.Select(item => new TunableInForce(Text(item["name"]), Text(item["value"]), Text(item["origin"])))],
            Evidence = [.. json["evidences"].Items.Select(Evidence)],
            EvidenceOmitted = Math.Max(0, own["evidence_omitted"].Int()),
            Notes = own["notes"].Texts,
            HiddenBy = own["hidden_by"].Texts,
            FalsePositives = own["false_positives"].Texts,
            NextSteps = own["next_steps"].Texts,
            Playbook = json["remediation"]["desc"].Text is { } playbook ? new Playbook(playbook) : null,
            RelatedFindings = [.. info["related_events"].Items.Select(item => item["uid"].Text).OfType<string>()],
        };
    }

    private static AnalyticReference Analytic(JsonView info)
    {
        var analytic = info["analytic"];
        var attacks = info["attacks"].Items.ToList();
        return new(
            Text(analytic["uid"]), Text(analytic["name"]), Text(analytic["version"]), analytic["category"].Text,
            info["related_analytics"].Items.Select(item => item["name"].Text).FirstOrDefault(),
            attacks.Select(attack => attack["version"].Text).FirstOrDefault() ?? "",
            [.. attacks.Select(Technique)]);
    }

    private static TechniqueReference Technique(JsonView attack)
    {
        var technique = attack["sub_technique"].IsObject ? attack["sub_technique"] : attack["technique"];
        return new(Text(technique["uid"]), Text(technique["name"]), Text(attack["tactic"]["uid"]), Text(attack["tactic"]["name"]));
    }

    private static DeviceReference Device(JsonView device)
    {
        var groups = device["groups"].Items.Select(group => group["name"].Text).OfType<string>().ToList();
        return new(Text(device["uid"]), Platforms.FromOsTypeId(device["os"]["type_id"].Integer ?? 0), device["name"].Text, groups.Count > 0 ? groups : null);
    }

    private static StageOutcome Stage(JsonView stage) => new(
        Text(stage["id"]), Text(stage["title"]), SinkWords.FromSnake(stage["state"].Text, StageState.NotObservable), stage["required"].Flag == true,
        stage["missing_telemetry"].Components, stage["event_uids"].Texts);

    private static ContextFact Fact(JsonView item) => new(Text(item["name"]), Text(item["value"]), Text(item["source"]))
    {
        Told = item["span"]["start"].Time,
        Asked = item["span"]["end"].Time,
    };

    private static Contribution Contribution(JsonView item) => new(
        Text(item["name"]), item["points"].Int(), SinkWords.FromSnake<Tri>(item["applies"].Text), Text(item["reason"]));

    private static Evidence Evidence(JsonView item)
    {
        var data = item["data"];
        return new(Text(data["stage"]), EventJsonReader.Read(data, Text(data["event_uid"]), Text(data["source"]), provenance: ""));
    }

    private static string Text(JsonView json) => json.Text ?? "";
}
