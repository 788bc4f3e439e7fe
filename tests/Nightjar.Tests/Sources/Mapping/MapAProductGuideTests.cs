using Nightjar.Sources;
using Nightjar.Sources.Mapping;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Sources.Mapping;

/// <summary>Holds the guide to the files that it shows, and those to what they promise.</summary>
public sealed class MapAProductGuideTests
{
    private const string Guide = "docs/guides/map-a-product.md";
    private const string Mapping = "docs/guides/acme-mtd/mapping.yml";
    private const string Sample = "docs/guides/acme-mtd/samples/threats.json";

    [Theory]
    [InlineData("yaml " + Mapping)]
    [InlineData("json " + Sample)]
    public void The_guide_shows_the_whole_file(string info)
    {
        var shown = Assert.Single(Markdown.Parse(Repository.Read(Guide)).Fences, fence => fence.Info == info);
        Assert.Equal(Repository.Read(info[5..]), shown.Text);
    }

    [Fact]
    public void The_example_is_without_mistakes_and_reads_its_sample_as_written_down()
    {
        var set = MappingLoader.LoadWithShipped([new MappingSource(Mapping, Repository.Read(Mapping))]);
        Assert.Empty(set.Diagnostics);
        var sample = new MappingSample("acme-mtd", Sample, System.Text.Encoding.UTF8.GetBytes(Repository.Read(Sample)), Repository.Read(Sample + MappingSample.GoldenSuffix));
        Assert.Empty(Assert.Single(MappingSuite.Run([sample], SourceCatalog.With(set))).Failures);
    }

    [Fact]
    public void Every_key_of_the_schema_is_in_the_guide()
    {
        var text = Repository.Read(Guide);
        var schema = System.Text.Json.Nodes.JsonNode.Parse(MappingSchema.Write())!;
        var keys = new[] { schema["$defs"]!["time"]!, schema["$defs"]!["app"]! }.SelectMany(node => node["anyOf"]![1]!["properties"]!.AsObject().Select(pair => pair.Key))
            .Concat(schema["$defs"]!["comparison"]!["properties"]!.AsObject().Select(pair => pair.Key)).Except(["is"]);
        Complaints.None(keys.Where(key => !text.Contains("`" + key, StringComparison.Ordinal)).Select(key => $"{Guide} does not speak of {key}."));
    }
}
