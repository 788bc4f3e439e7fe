using System.Text.Json;
using Nightjar.Tests.Knowledge.Bundles;
using Xunit;

namespace Nightjar.Tests.Cli;

[Collection(TheConsole.Name)]
public sealed class AttackCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_imported_release_is_found_where_it_was_written()
    {
        Assert.Equal(0, ProgramRun.Of("attack", "import", Bundle("x.json"), "--release", "20.0", "-o", _folder).Code);
        var shown = ProgramRun.Of("attack", "show", "an9006", "--release", "20.0", "--reference", _folder);
        Assert.Equal(0, shown.Code);
        Assert.Contains("Analytic of ATT&CK Mobile 20.0, Android, current", shown.Text, StringComparison.Ordinal);
        Assert.Contains("DC9004 b:log", shown.Text, StringComparison.Ordinal);
        Assert.Equal(3, ProgramRun.Of("attack", "show", "AN9006", "--release", "20.0").Code);
    }

    [Fact]
    public void Without_a_folder_the_catalogue_goes_to_standard_output()
    {
        var (code, text) = ProgramRun.Of("attack", "import", Bundle("mobile-attack-20.0.json"));
        Assert.Equal(0, code);
        Assert.Equal(SmallBundle.Import(SmallBundle.Changed(_ => { })).Catalogue, text);
    }

    [Fact]
    public void Of_a_broken_bundle_nothing_is_written()
    {
        var file = Path.Combine(_folder, "mobile-attack-20.0.json");
        File.WriteAllText(file, "{\"objects\": [7]}");
        Assert.Equal((4, ""), ProgramRun.Of("attack", "import", file, "-o", Path.Combine(_folder, "out")));
        Assert.False(Directory.Exists(Path.Combine(_folder, "out")));
        Assert.Equal(4, ProgramRun.Of("attack", "import", Path.Combine(_folder, "none.json")).Code);
    }

    [Theory]
    [InlineData("show", "T1545"), InlineData("show", "ingress"), InlineData("list", "strateges"), InlineData("diff", "18.1", "17"), InlineData("list", "tactics", "--platform", "windows")]
    [InlineData("show", "T1544", "--release", "17"), InlineData("diff", "18.1", "19.1", "T99"), InlineData("show", "T1544", "--reference", "no-such-folder")]
    public void What_is_not_there_is_a_mistake_of_usage(params string[] args) => Assert.Equal(3, ProgramRun.Of(["attack", .. args]).Code);

    [Theory]
    [InlineData("list"), InlineData("list", "strategies"), InlineData("list", "analytics", "--platform", "ios"), InlineData("list", "techniques", "--all"), InlineData("list", "log-sources")]
    [InlineData("show", "DET0718"), InlineData("show", "DC0085"), InlineData("show", "M1006"), InlineData("aliases"), InlineData("diff", "18.1", "19.1"), InlineData("diff", "18.1", "19.1", "AN1848")]
    public void Each_is_told_alike_twice_for_people_and_for_machines(params string[] args)
    {
        var text = ProgramRun.Of(["attack", .. args]);
        Assert.Equal(0, text.Code);
        Assert.Equal(text, ProgramRun.Of(["attack", .. args]));
        Assert.All(text.Text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        using var json = JsonDocument.Parse(ProgramRun.Of(["attack", .. args, "--json"]).Text);
        Assert.NotEqual(JsonValueKind.Null, json.RootElement.ValueKind);
    }

    [Fact]
    public void A_platform_leaves_out_what_is_for_the_other()
    {
        using var json = JsonDocument.Parse(ProgramRun.Of("attack", "list", "analytics", "--platform", "android", "--json").Text);
        Assert.Equal(122, json.RootElement.GetArrayLength());
        Assert.All(json.RootElement.EnumerateArray(), item => Assert.Equal("Android", item.GetProperty("platforms")[0].GetString()));
    }

    private string Bundle(string name)
    {
        var file = Path.Combine(_folder, name);
        File.WriteAllText(file, SmallBundle.Changed(_ => { }).ToJsonString());
        return file;
    }
}
