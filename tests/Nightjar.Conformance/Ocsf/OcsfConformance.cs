using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Ocsf;
using Nightjar.Tests.House;
using Nightjar.Tests.Sinks;
using Xunit;

namespace Nightjar.Conformance.Ocsf;

public sealed class OcsfConformance
{
    private static readonly Lazy<OcsfSchema?> Schema = new(() => OcsfSchema.Folder() is { } folder ? OcsfSchema.Load(folder) : null);

    [Fact]
    public void The_findings_of_the_samples_conform()
    {
        foreach (var finding in SampleFindings.All().Append(SampleFindings.Hostile())) Assert.Empty(Check(Json(finding)));
    }

    [Fact]
    public void Findings_of_any_shape_conform()
    {
        var checker = Checker();
        FsCheck.Check.One(GeneratedFindings.Config, Prop.ForAll(
            GeneratedFindings.Any.ToArbitrary(),
            finding => Assert.Empty(checker.Check(JsonSerializer.SerializeToElement(Json(finding))))));
    }

    [Fact]
    public void What_a_scan_of_the_sample_fleet_finds_conforms()
    {
        var checker = Checker();
        var symbols = new SymbolTable();
        var request = new ScanRequest { Paths = [Path.Combine(Repository.Root, "samples", "fleet")], Now = Instant.Max - TimeSpan.FromDays(1) };
        var findings = new ScanRun(request, Catalogue.Load(null, symbols), symbols).Run(TestContext.Current.CancellationToken).Findings;
        Assert.NotEmpty(findings);
        foreach (var finding in findings) Assert.Empty(checker.Check(JsonSerializer.SerializeToElement(Json(finding))));
    }

    [Fact]
    public void The_published_examples_conform()
    {
        var checker = Checker();
        var files = Directory.GetFiles(Path.Combine(OcsfSchema.Folder()!, "examples"), "*.json").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            Assert.Empty(checker.Check(document.RootElement).Select(complaint => $"{Path.GetFileName(file)}: {complaint}"));
        }
    }

    /// <summary>One fault each; a checker that is silent about any of them proves nothing about the others.</summary>
    public static TheoryData<string, string?, string> Faults => new()
    {
        { "class_uid", "9999", "class_uid: is missing or no class of the schema" },
        { "finding_info", null, "finding_info: is required" },
        { "finding_info.uid", null, "finding_info.uid: is required" },
        { "metadata.product", null, "metadata.product: is required" },
        { "metadata.profiles", null, "attacks: belongs to profile security_control, which metadata.profiles does not name" },
        { "invented", "1", "invented: is no attribute of detection_finding" },
        { "device.invented", "1", "device.invented: is no attribute of device" },
        { "device.type_id", null, "device.type_id: is required" },
        { "device.os.type_id", "7", "device.os.type_id: is 7, which its enum lacks" },
        { "severity_id", "3", "severity_id: is 3, so severity must be \"Medium\"" },
        { "severity_id", "99", "severity_id: is 99, and severity is the caption of another value" },
        { "severity_id", "\"high\"", "severity_id: is no integer_t" },
        { "type_uid", "200402", "type_uid: must be 200401" },
        { "time", "\"2026-01-01T00:00:00Z\"", "time: is no long_t" },
        { "start_time", "1.5", "start_time: is no long_t" },
        { "count", "3000000000", "count: is no integer_t" },
        { "is_alert", "1", "is_alert: is no boolean_t" },
        { "resources", "{}", "resources: must be an array" },
        { "device", "[]", "device: must be no array" },
        { "device", "7", "device: must be an object" },
        { "comment", "5", "comment: is no string_t" },
        { "ticket", "{}", "ticket: is deprecated" },
        { "finding_info.analytic", "{\"type_id\":2}", "finding_info.analytic: needs at least one of name, uid" },
        { "finding_info.attacks", "[{\"version\":\"19.1\"}]", "finding_info.attacks[0]: needs at least one of tactic, technique, sub_technique" },
        { "evidences", "[{\"name\":\"x\"}]", "evidences[0]: needs at least one of actor" },
        { "evidences", "[{\"dst_endpoint\":{\"ip\":\"nowhere\"}}]", "evidences[0].dst_endpoint.ip: is not of the form of ip_t" },
        { "evidences", "[{\"dst_endpoint\":{\"ip\":\"1.2.3.4\",\"port\":70000}}]", "evidences[0].dst_endpoint.port: lies outside 0 to 65535" },
        { "evidences", "[{\"http_request\":{\"http_method\":\"FETCH\"},\"data\":1}]", "evidences[0].http_request.http_method: is FETCH, which its enum lacks" },
        { "evidences", "[{\"tls\":{\"sni\":\"x\"},\"data\":1}]", "evidences[0].tls.version: is required" },
        { "observables", "[{\"name\":\"device.uid\",\"type_id\":47,\"value\":\"elsewhere\"}]", "observables[0]: its value does not stand at device.uid" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_seen(string path, string? value, string complaint)
    {
        var json = Json(SampleFindings.LoadedCode());
        var parts = path.Split('.');
        var owner = parts[..^1].Aggregate(json, (node, name) => node[name]!).AsObject();
        if (value is null) owner.Remove(parts[^1]);
        else owner[parts[^1]] = JsonNode.Parse(value);
        Assert.Contains(Check(json), told => told.StartsWith(complaint, StringComparison.Ordinal));
    }

    private static OcsfChecker Checker()
    {
        Assert.SkipWhen(Schema.Value is null, "The OCSF schema is not beside the repository (../shared/ocsf).");
        return new OcsfChecker(Schema.Value!);
    }

    private static IReadOnlyList<string> Check(JsonNode json) => Checker().Check(JsonSerializer.SerializeToElement(json));

    private static JsonNode Json(Finding finding)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new OcsfFindingWriter().Write(finding, buffer);
        return JsonNode.Parse(buffer.WrittenSpan)!;
    }
}
