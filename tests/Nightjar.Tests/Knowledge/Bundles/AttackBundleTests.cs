using System.Text;
using System.Text.Json.Nodes;
using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge.Bundles;

/// <summary>What is kept of a bundle.</summary>
public sealed class AttackBundleTests
{
    private static readonly string Text = SmallBundle.Changed(_ => { }).ToJsonString();

    [Fact]
    public void A_bundle_becomes_a_catalogue_with_all_its_relations()
    {
        var catalog = Catalog(SmallBundle.Changed(_ => { }));
        Assert.Equal("20.0", catalog.Release);
        Assert.Equal(["TA9001", "T9002", "T9002.001", "DC9004", "DET9005", "AN9006", "M9007"], catalog.Objects.Select(item => item.Id));
        Assert.Equal("hiding", ((AttackTactic)catalog.Find("TA9001")!).ShortName);
        var part = catalog.Technique("T9002.001")!;
        Assert.Equal(("T9002", "Android,iOS", "TA9001"), (part.Parent, string.Join(',', part.Platforms), string.Join(',', part.Tactics)));
        Assert.Equal(["T9002"], catalog.Strategy("DET9005")!.Techniques);
        Assert.Equal(["AN9006"], catalog.Strategy("DET9005")!.Analytics);
        Assert.Equal(["T9002.001"], ((AttackMitigation)catalog.Find("M9007")!).Techniques);
        Assert.Equal(["a:log", "b:log"], ((AttackDataComponent)catalog.Find("DC9004")!).LogSources);
    }

    [Fact]
    public void An_analytic_keeps_log_sources_and_elements_without_space_around_them()
    {
        var analytic = Catalog(SmallBundle.Changed(_ => { })).Analytic("AN9006")!;
        Assert.Equal("Analytic 9006", analytic.Name);
        Assert.Equal([new AttackLogSource("DC9004", "a:log"), new AttackLogSource("DC9004", "b:log")], analytic.LogSources);
        Assert.Equal(["TimeWindow", "Apps"], analytic.MutableElements);
        Assert.Equal(["#f30ab5e1c87f", "ADB_ENABLED"], analytic.Channels.Select(channel => channel.Mark));
    }

    [Fact]
    public void No_prose_enters_the_catalogue() => Assert.DoesNotContain("PROSE", SmallBundle.Import(Text).Catalogue, StringComparison.Ordinal);

    [Fact]
    public void The_order_of_objects_makes_no_difference_but_to_the_hash_of_the_bundle()
    {
        var turned = SmallBundle.Changed(objects =>
        {
            var items = objects.Reverse().ToList();
            objects.Clear();
            foreach (var item in items) objects.Add(item);
        });
        Assert.Equal(WithoutBundleHash(SmallBundle.Import(Text).Catalogue), WithoutBundleHash(SmallBundle.Import(turned).Catalogue));
    }

    [Fact]
    public void The_hash_of_an_object_depends_on_its_content_and_not_on_its_layout()
    {
        var hash = Hash(Text);
        Assert.Equal(hash, Hash(JsonNode.Parse(Text)!.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true })));
        Assert.Equal(hash, Hash(Text.Replace("\"type\":\"x-mitre-analytic\",", "", StringComparison.Ordinal).Replace("\"name\":\"Analytic 9006\"", "\"name\":\"\\u0041nalytic 9006\",\"type\":\"x-mitre-analytic\"", StringComparison.Ordinal)));
        Assert.NotEqual(hash, Hash(Text.Replace("PROSE of what is seen", "PROSE of what was seen", StringComparison.Ordinal)));

        static string Hash(string text) => Catalog(JsonNode.Parse(text)!).Analytic("AN9006")!.Identity.Sha256;
    }

    [Theory]
    [InlineData("mobile-attack-20.0.json", null, null, "20.0")]
    [InlineData("folder.9/mobile-attack-19.json", null, null, "19")]
    [InlineData("mobile-attack-20.0.json", "20.1", null, "20.1")]
    [InlineData("mobile-attack-20.0.json", "20.1", "21.0", "21.0")]
    [InlineData("bundle.json", null, null, null)]
    [InlineData("bundle.json", "latest", null, null)]
    [InlineData("mobile-attack-20.0.json", null, "../../x", null)]
    public void The_release_is_what_the_user_says_else_the_bundle_else_its_name(string name, string? inside, string? asked, string? release)
    {
        var bundle = SmallBundle.Changed(objects =>
        {
            if (inside is not null) objects.Add(new JsonObject { ["type"] = "x-mitre-collection", ["id"] = "x-mitre-collection--" + SmallBundle.Uuid(20), ["x_mitre_version"] = inside });
        });
        var import = SmallBundle.Import(bundle, name, asked);
        Assert.Equal(release ?? "", import.Release);
        Assert.Equal(release is null ? ["NJ1025"] : [], import.Diagnostics.Select(item => item.Code));
    }

    [Fact]
    public void Relations_that_are_revoked_or_deprecated_are_none() =>
        Assert.Null(Catalog(SmallBundle.Changed(objects => objects.First(item => (string?)item!["relationship_type"] == "subtechnique-of")!["x_mitre_deprecated"] = true)).Technique("T9002.001")!.Parent);

    [Fact]
    public void A_revoked_technique_names_what_took_its_place()
    {
        var technique = Catalog(SmallBundle.Changed(objects =>
        {
            var gone = SmallBundle.Technique(21, "T9021");
            gone["revoked"] = true;
            objects.Add(gone);
            objects.Add(SmallBundle.Relation(22, "revoked-by", "attack-pattern--" + SmallBundle.Uuid(21), "attack-pattern--" + SmallBundle.Uuid(2)));
        })).Technique("T9021")!;
        Assert.Equal(("revoked", "T9002"), (technique.Status(), technique.RevokedBy));
    }

    [Fact]
    public void A_byte_order_mark_is_no_fault() => Assert.Empty(SmallBundle.Import([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text)]).Diagnostics);

    private static AttackCatalog Catalog(JsonNode bundle)
    {
        var import = SmallBundle.Import(bundle);
        Assert.Empty(import.Diagnostics.Select(item => item.ToString()));
        var diagnostics = new List<Diagnostic>();
        var catalog = AttackCatalog.Parse("made.json", import.Catalogue, diagnostics);
        Assert.Empty(diagnostics);
        return catalog;
    }

    private static string WithoutBundleHash(string catalogue) => catalogue.Remove(catalogue.IndexOf("\"bundle_sha256\"", StringComparison.Ordinal), 82);
}
