using System.Security.Cryptography;
using System.Text;
using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

public sealed class ReferenceDataTests
{
    [Fact]
    public void Nothing_at_all_gives_answers_and_says_what_is_missing()
    {
        var load = ReferenceData.Load(new Dictionary<string, string>());
        Assert.Equal(
            ["api-families/families.yml", "app-roles.yml", "attack/aliases.yml", "attack/mobile.json", "file-types.yml", "places.yml", "public-suffixes.txt", "service-classes.yml"],
            load.Diagnostics.Select(d => d.File));
        Assert.All(load.Diagnostics, d => Assert.Equal("NJ1001", d.Code));
        Assert.Null(load.Data.ServiceClasses.ClassOf("dropbox.com"));
        Assert.Empty(load.Data.ApiFamilies.FamiliesOf("dlopen"));
        Assert.Equal([AppRoles.Unknown], load.Data.AppRoles.RolesOf("com.android.chrome", "GAME"));
        Assert.False(load.Data.FileTypes.CodeLike("dex", "a.dex", null, 7.2));
        Assert.Equal(Places.Other, load.Data.Places.PlaceOf("/data/data/a.b/c"));
        Assert.Equal("example.com", load.Data.PublicSuffixes.RegistrableDomain("a.example.com"));
        Assert.Equal("", load.Data.Attack.Release);
    }

    [Fact]
    public void Every_mistake_of_every_file_is_told_at_once_in_order_of_place()
    {
        var diagnostics = ReferenceData.LoadOverShipped(new Dictionary<string, string>
        {
            ["service-classes.a.yml"] = "suffixes:\n  paste: [bad host]\n  pasta: [x.example]\n",
            ["places.a.yml"] = "patterns:\n  - {pattern: nowhere, place: temp}\n",
            ["app-roles.a.yml"] = "apps: [\n",
            ["notes.txt"] = "hello",
        }).Diagnostics;
        Assert.Equal(
            ["app-roles.a.yml:NJ1004", "notes.txt:NJ1002", "places.a.yml:NJ1011", "service-classes.a.yml:NJ1011", "service-classes.a.yml:NJ1010"],
            diagnostics.Select(d => $"{d.File}:{d.Code}"));
    }

    [Fact]
    public void What_is_right_in_a_file_is_used_in_spite_of_its_mistakes()
    {
        var load = ReferenceData.LoadOverShipped(new Dictionary<string, string> { ["service-classes.a.yml"] = "suffixes:\n  paste: [bad host, notes.example]\n" });
        Assert.Equal("paste", load.Data.ServiceClasses.ClassOf("www.notes.example")?.Name);
    }

    [Fact]
    public void Each_file_is_known_by_its_origin_and_its_hash()
    {
        var text = ReferenceData.ShippedFiles["places.yml"];
        var file = ReferenceData.Shipped.Files.Single(f => f.Path == "places.yml");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), file.Sha256);
        Assert.Equal("Apache-2.0", file.Licence);
        Assert.Equal(ReferenceData.Shipped.Files.Select(f => f.Path).Order(StringComparer.Ordinal), ReferenceData.Shipped.Files.Select(f => f.Path));
    }

    [Fact]
    public void Paths_with_backslashes_are_the_same_paths()
    {
        var data = Texts.Over((@"api-families\acme.yml", "functions: {code.load: [com.acme.Plugins.open]}\n"));
        Assert.Equal(["code.load"], data.ApiFamilies.FamiliesOf("com.acme.Plugins.open"));
    }

    [Fact]
    public void The_order_in_which_files_are_given_makes_no_difference()
    {
        var files = new[] { ("service-classes.a.yml", "suffixes: {paste: [x.example]}\n"), ("service-classes.b.yml", "suffixes: {social: [x.example]}\n") };
        Assert.Equal("social", Texts.Over(files).ServiceClasses.ClassOf("x.example")?.Name);
        Assert.Equal("social", Texts.Over([.. files.Reverse()]).ServiceClasses.ClassOf("x.example")?.Name);
    }

    [Theory]
    [InlineData("service-classes.yml"), InlineData("api-families/families.yml"), InlineData("api-families/ios.yml"), InlineData("app-roles.yml"), InlineData("file-types.yml")]
    [InlineData("places.yml"), InlineData("public-suffixes.txt"), InlineData("attack/mobile.json")]
    public void A_file_that_is_cut_or_damaged_anywhere_is_survived(string path)
    {
        var text = ReferenceData.ShippedFiles[path];
        text = text[..Math.Min(text.Length, 6000)];
        for (var i = 0; i < text.Length; i += 991)
            foreach (var damaged in new[] { text[..i], text.Remove(i, 1), text.Insert(i, "\0"), text.Insert(i, "]}"), text.Insert(i, "\n- "), text.Insert(i, "\ud800") })
                Assert.NotEmpty(ReferenceData.Load(new Dictionary<string, string> { [path] = damaged }).Diagnostics);
    }
}
