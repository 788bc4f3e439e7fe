using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Records;

namespace Nightjar.Sinks.Formats;

/// <summary>Elastic Common Schema 9.4: documents for the data stream <c>logs-nightjar.finding-default</c>. The whole finding stands in <c>event.original</c>.</summary>
internal sealed class EcsFormat : IFindingFormat
{
    public string Id => "ecs";

    public string Title => "Elastic Common Schema 9.4, one document a line";

    public void Write(IReadOnlyList<Finding> findings, Stream output) => JsonLines.Write(findings, output, Write);

    private static void Write(Utf8JsonWriter json, Finding finding)
    {
        var entities = FindingEntities.Of(finding);
        json.WriteString("@timestamp", finding.End.ToString());
        json.WriteString("message", finding.Title);
        json.WriteObject("ecs", true, () => json.WriteString("version", "9.4.0"));
        json.WriteObject("data_stream", true, () => WritePairs(json, ("type", "logs"), ("dataset", "nightjar.finding"), ("namespace", "default")));
        json.WriteObject("event", true, () => WriteEvent(json, finding));
        json.WriteObject("rule", true, () => WriteRule(json, finding.Analytic));
        json.WriteObject("threat", finding.Analytic.Techniques.Count > 0, () => WriteThreat(json, finding.Analytic.Techniques));
        WriteDevice(json, finding.Device);
        json.WriteObject("package", finding.App is not null, () => WritePairs(json, ("name", finding.App), ("version", entities.AppVersion)));
        WriteEntities(json, entities);
        json.WriteObject("observer", true, () => WritePairs(json, ("vendor", ProductInfo.Name), ("product", ProductInfo.Name), ("type", "edr"), ("version", ProductInfo.Version)));
        WriteMobile(json, finding);
        json.WriteObject("nightjar", true, () => WriteOwn(json, finding));
    }

    private static void WriteEvent(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("id", finding.Uid);
        json.WriteString("kind", "alert");
        json.WriteTexts("category", ["intrusion_detection"]);
        json.WriteTexts("type", ["info"]);
        WritePairs(json, ("code", finding.Analytic.Uid), ("module", "nightjar"), ("dataset", "nightjar.finding"), ("provider", ProductInfo.Name), ("reason", finding.Description));
        json.WriteString("start", finding.Start.ToString());
        json.WriteString("end", finding.End.ToString());
        json.WriteNumber("duration", (finding.End.Micros - finding.Start.Micros) * 1000m);
        json.WriteNumber("severity", (int)finding.Severity);
        json.WriteNumber("risk_score", finding.Score);
        json.WriteTextOf("original", JsonLines.Ocsf(finding));
    }

    private static void WriteRule(Utf8JsonWriter json, AnalyticReference analytic) => WritePairs(
        json, ("id", analytic.Uid), ("name", analytic.Name), ("version", analytic.Version), ("category", analytic.Strategy), ("ruleset", ProductInfo.Name));

    private static void WriteThreat(Utf8JsonWriter json, IReadOnlyList<TechniqueReference> techniques)
    {
        json.WriteString("framework", "MITRE ATT&CK");
        WriteEntries(json, "tactic", [.. techniques.Select(item => (item.TacticUid, item.TacticName)).Where(item => item.TacticUid.Length > 0).Distinct()]);
        var parents = techniques.Select(item => AttackPages.Parent(item.Uid) is { } parent ? (parent, "") : (item.Uid, item.Name)).Distinct().ToList();
        json.WriteStartObject("technique");
        WriteMembers(json, parents);
        WriteEntries(json, "subtechnique", [.. techniques.Where(item => AttackPages.Parent(item.Uid) is not null).Select(item => (item.Uid, item.Name)).Distinct()]);
        json.WriteEndObject();
    }

    private static void WriteEntries(Utf8JsonWriter json, string name, List<(string Uid, string Name)> entries) =>
        json.WriteObject(name, entries.Count > 0, () => WriteMembers(json, entries));

    private static void WriteMembers(Utf8JsonWriter json, List<(string Uid, string Name)> entries)
    {
        json.WriteTexts("id", [.. entries.Select(item => item.Uid)]);
        json.WriteTexts("name", [.. entries.Select(item => item.Name).Where(name => name.Length > 0)]);
        json.WriteTexts("reference", [.. entries.Select(item => AttackPages.Of(item.Uid))]);
    }

    private static void WriteDevice(Utf8JsonWriter json, DeviceReference device)
    {
        json.WriteObject("device", true, () => WritePairs(json, ("id", device.Uid)));
        json.WriteObject("host", true, () =>
        {
            WritePairs(json, ("id", device.Uid), ("name", device.Name));
            var type = device.Platform switch { Platform.Android => "android", Platform.IOS or Platform.IPadOS => "ios", _ => null };
            json.WriteObject("os", type is not null, () => WritePairs(json, ("type", type), ("name", device.Platform.Name())));
        });
    }

    private static void WriteEntities(Utf8JsonWriter json, FindingEntities entities)
    {
        var peer = entities.FirstPeer;
        json.WriteObject("destination", peer is not null, () =>
        {
            WritePairs(json, ("address", peer!.Host ?? peer.Ip), ("domain", peer.Host), ("ip", peer.Ip));
            json.WriteKnown("port", peer.Port);
        });
        json.WriteObject("url", entities.Urls.Count > 0, () => json.WriteString("original", entities.FirstUrl));
        var file = entities.FirstFile;
        json.WriteObject("file", file is not null, () =>
        {
            WritePairs(json, ("name", file!.Name), ("path", file.Path), ("mime_type", file.MimeType));
            json.WriteKnown("size", file.Size);
            json.WriteObject("hash", file.Hashes.Count > 0, () => WritePairs(
                json, ("md5", file.Hash("MD5")), ("sha1", file.Hash("SHA-1")), ("sha256", file.Hash("SHA-256")), ("sha512", file.Hash("SHA-512"))));
        });
        string[][] related = [[.. entities.Hosts], [.. entities.Addresses], [.. entities.Hashes]];
        json.WriteObject("related", related.Any(list => list.Length > 0), () =>
        {
            json.WriteTexts("hosts", related[0]);
            json.WriteTexts("ip", related[1]);
            json.WriteTexts("hash", related[2]);
        });
    }

    // ECS has no place for the state of a phone; these names are fixed, so an index never grows by what a file says.
    private static void WriteMobile(Utf8JsonWriter json, Finding finding)
    {
        string[] names = ["app_state", "is_device_locked", "last_user_interaction", "is_managed_app", "install_source", "device.is_managed"];
        var facts = names.Select(name => finding.Context.FirstOrDefault(fact => fact.Name == name)).OfType<ContextFact>().Where(fact => fact.Value != "unknown").ToList();
        json.WriteObject("mobile", facts.Count > 0, () =>
        {
            foreach (var fact in facts) json.WriteString(fact.Name.Replace('.', '_'), fact.Value);
        });
    }

    private static void WriteOwn(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("confidence", finding.Confidence.Caption().ToLowerInvariant());
        json.WriteNumber("count", finding.Count);
        json.WriteString("activity", finding.Activity.Snake());
        json.WriteTexts("stages_matched", Stages(finding, StageState.Matched));
        json.WriteTexts("stages_missing", Stages(finding, StageState.Missing));
        json.WriteTexts("stages_not_observable", Stages(finding, StageState.NotObservable));
        json.WriteTexts("contributions", [.. finding.Contributions.Where(item => item.State == Tri.True).Select(item => item.Name)]);
        json.WriteTexts("device_groups", [.. finding.Device.Groups ?? []]);
        json.WriteTexts("next_steps", [.. finding.NextSteps]);
    }

    private static string[] Stages(Finding finding, StageState state) => [.. finding.Stages.Where(stage => stage.State == state).Select(stage => stage.Id)];

    private static void WritePairs(Utf8JsonWriter json, params ReadOnlySpan<(string Name, string? Value)> pairs)
    {
        foreach (var (name, value) in pairs) json.WriteKnown(name, value);
    }
}
