using System.Text.Json;
using System.Text.Json.Nodes;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Sinks.Navigator;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Conformance.Navigator;

/// <summary>Layers keep to format 4.5 of the ATT&amp;CK Navigator, and say what coverage says.</summary>
public sealed class LayerConformance
{
    private static readonly Lazy<RunSummary> Fleet = new(() => Cover(Path.Combine(Repository.Root, "samples", "fleet")));

    [Fact]
    public void The_layer_of_the_sample_fleet_conforms() => Assert.Empty(LayerChecker.Check(Layer(Fleet.Value).RootElement));

    [Fact]
    public void So_does_the_layer_of_nothing_and_one_of_hostile_names()
    {
        var odd = new AnalyticReference("<b>", "\u202Ename\u0000", "", "DET\"1", null, "not a release", [new TechniqueReference("T1407", "\"", "", "")]);
        var nothing = Fleet.Value with { Devices = [], Analytics = [], Span = null, Period = null };
        Assert.Empty(LayerChecker.Check(Layer(nothing).RootElement));
        Assert.Empty(LayerChecker.Check(Layer(Fleet.Value with { Analytics = [odd] }).RootElement));
    }

    [Fact]
    public void It_holds_the_techniques_of_the_analytics_with_their_ids_and_links()
    {
        var techniques = Layer(Fleet.Value).RootElement.GetProperty("techniques").EnumerateArray().ToList();
        Assert.Equal(["T1407", "T1481", "T1521.002", "T1544"], techniques.Select(item => item.GetProperty("techniqueID").GetString()));
        foreach (var technique in techniques)
        {
            Assert.NotNull(ReferenceData.Shipped.Attack.Technique(technique.GetProperty("techniqueID").GetString()!));
            Assert.InRange(technique.GetProperty("score").GetInt32(), 0, 100);
            var text = technique.GetRawText();
            foreach (var id in (string[])["DET0", "AN1", "DC00"]) Assert.Contains(id, text, StringComparison.Ordinal);
            foreach (var link in technique.GetProperty("links").EnumerateArray()) Assert.StartsWith("https://attack.mitre.org/", link.GetProperty("url").GetString(), StringComparison.Ordinal);
        }
        Assert.Equal("19", Layer(Fleet.Value).RootElement.GetProperty("versions").GetProperty("attack").GetString());
    }

    [Fact]
    public void A_technique_that_nothing_could_show_scores_nothing()
    {
        var deaf = Fleet.Value with { Devices = [.. Fleet.Value.Devices.Where(device => device.Device.Uid == "pixel-17")] };
        Assert.All(Layer(deaf).RootElement.GetProperty("techniques").EnumerateArray(), item => Assert.Equal(0, item.GetProperty("score").GetInt32()));
    }

    /// <summary>One fault each; a checker that is silent about any of them proves nothing about the others.</summary>
    public static TheoryData<string, string, string> Faults => new()
    {
        { "name", "", "layer.name is missing." },
        { "domain", "\"enterprise-attack\"", "layer.domain must be mobile-attack." },
        { "versions", "{\"layer\": \"4.4\", \"navigator\": \"5.2.0\"}", "layer.versions.layer must be 4.5." },
        { "versions", "{\"layer\": \"4.5\", \"navigator\": \"4.8.2\"}", "layer.versions.navigator must be a version of at least 4.9.0." },
        { "versions", "{\"layer\": \"4.5\"}", "layer.versions.navigator is missing." },
        { "sorting", "4", "layer.sorting must be 0 to 3." },
        { "filters", "{\"platforms\": [\"Windows\"]}", "layer.filters.platforms[0] must be Android or iOS." },
        { "layout", "{\"aggregateFunction\": \"median\"}", "layer.layout.aggregateFunction must be average or min or max or sum." },
        { "techniques", "[{\"score\": 1}]", "layer.techniques[0].techniqueID is missing." },
        { "techniques", "[{\"techniqueID\": \"T14\"}]", "layer.techniques[0].techniqueID must be ^T\\d{4}(\\.\\d{3})?$." },
        { "techniques", "[{\"techniqueID\": \"T1407\", \"score\": \"5\"}]", "layer.techniques[0].score must be a number." },
        { "techniques", "[{\"techniqueID\": \"T1407\", \"links\": [{\"label\": \"x\", \"url\": \"attack.mitre.org\"}]}]", "layer.techniques[0].links[0].url must be an absolute URL." },
        { "techniques", "[{\"techniqueID\": \"T1407\", \"metadata\": [{\"name\": \"x\"}]}]", "layer.techniques[0].metadata[0].value is missing." },
        { "gradient", "{\"colors\": [\"#ffffff\"], \"minValue\": 0, \"maxValue\": 100}", "layer.gradient.colors must be at least two colours." },
        { "gradient", "{\"colors\": [\"#ffffff\", \"#000000\"], \"minValue\": 9, \"maxValue\": 9}", "layer.gradient.maxValue must be above minValue." },
        { "legendItems", "[{\"label\": \"x\", \"color\": \"red\"}]", "layer.legendItems[0].color must be ^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$." },
        { "hideDisabled", "\"no\"", "layer.hideDisabled must be true or false." },
        { "strategies", "[]", "layer.strategies is not known." },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void A_fault_is_seen(string property, string value, string complaint)
    {
        var layer = JsonNode.Parse(Layer(Fleet.Value).RootElement.GetRawText())!.AsObject();
        layer.Remove(property);
        if (value.Length > 0) layer[property] = JsonNode.Parse(value);
        Assert.Equal([complaint], LayerChecker.Check(JsonSerializer.SerializeToElement(layer)));
    }

    private static JsonDocument Layer(RunSummary summary)
    {
        using var output = new MemoryStream();
        NavigatorLayer.Write(summary, output);
        return JsonDocument.Parse(output.ToArray());
    }

    private static RunSummary Cover(string path)
    {
        var symbols = new SymbolTable();
        var request = new ScanRequest { Paths = [path], Now = Instant.FromMillis(1_800_000_000_000) };
        return new CoverageRun(request, Catalogue.Load(null, symbols), symbols).Run(CancellationToken.None);
    }
}
