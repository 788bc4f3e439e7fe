using System.Text;
using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

/// <summary>The lint over everything in the reference folder.</summary>
public sealed class ShippedReferenceTests
{
    private static readonly ReferenceData Data = ReferenceData.Shipped;

    public static TheoryData<string> YamlFiles => [.. ReferenceData.ShippedFiles.Keys.Where(path => path.EndsWith(".yml", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_shipped_file_is_read_without_a_complaint() =>
        Assert.Empty(ReferenceData.Load(ReferenceData.ShippedFiles).Diagnostics.Select(d => d.ToString()));

    [Theory]
    [InlineData("cloud_storage", true), InlineData("social", true), InlineData("messaging", true), InlineData("collaboration", true)]
    [InlineData("code_hosting", true), InlineData("paste", true), InlineData("web_service", true), InlineData("url_shortener", true)]
    [InlineData("push", false), InlineData("ads", false), InlineData("analytics", false), InlineData("os_vendor", false), InlineData("cdn", false), InlineData("mdm", false)]
    public void Every_service_class_is_there_with_its_hosts(string name, bool watched)
    {
        Assert.Equal(watched, Data.ServiceClasses.Find(name)?.Watched);
        Assert.True(Data.ServiceClasses.Suffixes.Count(suffix => suffix.Value.Name == name) >= 20, name);
    }

    [Theory]
    [InlineData("code.load"), InlineData("code.load_installed"), InlineData("code.load_memory"), InlineData("net.download"), InlineData("net.open")]
    [InlineData("crypto.key.generate"), InlineData("crypto.key.import"), InlineData("crypto.key.access"), InlineData("crypto.encrypt.asymmetric")]
    [InlineData("crypto.sign"), InlineData("crypto.agree"), InlineData("job.schedule"), InlineData("provider.access"), InlineData("accessibility.action")]
    [InlineData("overlay.show"), InlineData("package.query"), InlineData("archive.extract"), InlineData("script.evaluate"), InlineData("webview.js_interface")]
    [InlineData("reflection"), InlineData("package.install_prompt"), InlineData("sms.send"), InlineData("location.access"), InlineData("clipboard.read")]
    [InlineData("screen.capture"), InlineData("audio.record"), InlineData("camera.use"), InlineData("contacts.read"), InlineData("calllog.read")]
    [InlineData("notification.read"), InlineData("device_admin"), InlineData("root.check"), InlineData("vpn.establish")]
    public void Every_api_family_is_declared(string name) => Assert.NotNull(Data.ApiFamilies.Find(name));

    [Fact]
    public void Every_declared_family_has_a_function() =>
        Assert.Empty(Data.ApiFamilies.Families.Select(f => f.Name).Except(Data.ApiFamilies.Functions.SelectMany(f => f.Value)));

    [Theory]
    [InlineData("browser"), InlineData("app_store"), InlineData("file_sync"), InlineData("backup"), InlineData("mail"), InlineData("messaging"), InlineData("social")]
    [InlineData("media"), InlineData("navigation"), InlineData("vpn"), InlineData("mdm_agent"), InlineData("security"), InlineData("authenticator"), InlineData("banking")]
    [InlineData("developer_tool"), InlineData("content_delivery"), InlineData("system"), InlineData("game"), InlineData("unknown")]
    public void Every_role_is_declared(string name) => Assert.NotNull(Data.AppRoles.Find(name));

    [Fact]
    public void Every_declared_role_but_unknown_has_an_app() =>
        Assert.Equal([AppRoles.Unknown], Data.AppRoles.Roles.Select(r => r.Name).Except(Data.AppRoles.Apps.SelectMany(a => a.Value)));

    [Fact]
    public void There_is_enough_of_everything()
    {
        Assert.True(Data.ServiceClasses.Suffixes.Count >= 300);
        Assert.True(Data.ApiFamilies.Functions.Count >= 250);
        Assert.True(Data.AppRoles.Apps.Count >= 200);
        Assert.True(Data.PublicSuffixes.Count >= 9000);
    }

    [Fact]
    public void No_file_is_larger_than_400_kilobytes() =>
        Assert.All(ReferenceData.ShippedFiles, file => Assert.True(Encoding.UTF8.GetByteCount(file.Value) <= 400_000, file.Key));

    [Fact]
    public void A_host_suffix_is_never_a_whole_top_level_or_country() =>
        Assert.All(Data.ServiceClasses.Suffixes, s => Assert.True(s.Key.Contains('.', StringComparison.Ordinal) && !IsCountrySecondLevel(s.Key), s.Key));

    [Fact]
    public void No_host_suffix_repeats_what_its_parent_says()
    {
        var classes = Data.ServiceClasses;
        Assert.All(classes.Suffixes, s => Assert.NotEqual(s.Value, classes.ClassOf(s.Key[(s.Key.IndexOf('.', StringComparison.Ordinal) + 1)..])));
    }

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void Lists_of_entries_are_sorted(string path)
    {
        var diagnostics = new List<Diagnostic>();
        Assert.Empty(Unsorted(YamlText.Parse(path, ReferenceData.ShippedFiles[path], diagnostics)!));
        Assert.Empty(diagnostics);
    }

    [Theory]
    [MemberData(nameof(YamlFiles))]
    public void The_table_of_origins_agrees_with_what_each_file_says(string path)
    {
        var file = Data.Files.Single(f => f.Path == path);
        var row = ReferenceData.ShippedFiles["README.md"].Split('\n').Single(line => line.StartsWith($"| `{path}` |", StringComparison.Ordinal));
        Assert.EndsWith($"| {file.Version} | {file.Date} | {file.Licence} |", row);
        Assert.False(string.IsNullOrEmpty(file.Origin));
    }

    [Theory]
    [InlineData("public-suffixes.txt", "2026-06-08", "MPL-2.0")]
    [InlineData("attack/mobile-18.1.json", "18.1", "ATT&CK Terms of Use, see NOTICE")]
    [InlineData("attack/mobile-19.1.json", "19.1", "ATT&CK Terms of Use, see NOTICE")]
    public void The_works_of_others_say_whose_they_are(string path, string version, string licence)
    {
        var file = Data.Files.Single(f => f.Path == path);
        Assert.Equal(version, file.Version);
        Assert.Equal(licence, file.Licence);
        Assert.Contains($"| `{path}` |", ReferenceData.ShippedFiles["README.md"]);
    }

    [Fact]
    public void The_public_suffix_list_keeps_its_licence_notice() =>
        Assert.StartsWith("// This Source Code Form is subject to the terms of the Mozilla Public", ReferenceData.ShippedFiles["public-suffixes.txt"]);

    private static bool IsCountrySecondLevel(string suffix) =>
        suffix.Split('.') is [{ Length: <= 3 } second, { Length: 2 }] && second is "co" or "com" or "net" or "org" or "gov" or "edu" or "ac";

    // Only lists whose order says nothing: those with plain texts in them.
    private static IEnumerable<string> Unsorted(YamlNode node) => node switch
    {
        YamlList list when list.Items.All(item => item is YamlScalar) => Misplaced([.. list.Items.Cast<YamlScalar>()]),
        YamlList list => list.Items.SelectMany(Unsorted),
        YamlMap map => map.Entries.SelectMany(entry => Unsorted(entry.Value)),
        _ => [],
    };

    private static IEnumerable<string> Misplaced(IReadOnlyList<YamlScalar> items) =>
        items.Zip(items.Skip(1)).Where(pair => string.CompareOrdinal(pair.First.Text, pair.Second.Text) >= 0).Select(pair => $"line {pair.Second.Line}: {pair.Second.Text}");
}
