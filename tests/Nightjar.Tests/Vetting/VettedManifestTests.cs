using System.Text;
using Nightjar.Knowledge;
using Nightjar.Vetting;
using Xunit;

namespace Nightjar.Tests.Vetting;

/// <summary>What a manifest may say, and what is told of one that is wrong.</summary>
public sealed class VettedManifestTests
{
    private const string One = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";
    private const string Two = "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35";

    private const string Whole = $$"""
        {
          "nightjar_vetted": 1, "app": "com.example.torch", "platform": "android", "version": "2.1", "version_code": 210,
          "signers": ["6B:86:B2:73:FF:34:FC:E1:9D:6B:80:4E:FF:5A:3F:57:47:AD:A4:EA:A2:2F:1D:49:C0:1E:52:DD:B7:87:5B:4B"],
          "package": {"file": "torch.apk", "anything": [1, 2]},
          "code": [
            {"path": "classes.dex", "type": "dex", "sha256": "{{One}}"},
            {"path": "assets/lens.jar", "type": "jar", "sha256": "{{Two}}", "inside": [
              {"path": "classes.dex", "type": "dex", "sha256": "4E07408562BEDB8B60CE05C1DECFE3AD16B72230967DE01F640B7E4729B49FCE"}]}
          ]
        }
        """;

    [Fact]
    public void Code_inside_of_code_counts_and_hashes_are_read_in_either_case()
    {
        var (package, diagnostics) = Read(Whole);
        Assert.Empty(diagnostics);
        Assert.Equal("com.example.torch 2.1 (3 code files, torch.json)", package!.Name);
        Assert.Equal("210", package.VersionCode);
        Assert.Equal([One], package.Signers);
    }

    [Theory]
    [InlineData("", "NJ4001")]
    [InlineData("{\"nightjar_vetted\": 1, ", "NJ4001")]
    [InlineData("{\"nightjar_vetted\": 1, \"app\": \"\\ud800\", \"version\": \"1\", \"code\": []}", "NJ4001")]
    [InlineData("[]", "NJ4002")]
    [InlineData("{}", "NJ4002")]
    [InlineData("{\"nightjar_vetted\": 2}", "NJ4002")]
    [InlineData("{\"nightjar_vetted\": 1, \"version\": \"1\", \"code\": [{\"sha256\": \"HASH\"}]}", "NJ4004")]
    [InlineData("{\"nightjar_vetted\": 1, \"app\": \"a\", \"code\": [{\"sha256\": \"HASH\"}]}", "NJ4004")]
    [InlineData("{\"nightjar_vetted\": 1, \"app\": \"a\", \"version\": \"1\"}", "NJ4004")]
    [InlineData("{\"nightjar_vetted\": 1, \"app\": \"a\", \"version\": \"1\", \"code\": [{\"path\": \"x\"}]}", "NJ4004")]
    [InlineData("{\"nightjar_vetted\": 1, \"app\": \"a\", \"version\": \"1\", \"code\": [{\"sha256\": \"abc\"}]}", "NJ4005")]
    [InlineData("{\"nightjar_vetted\": 1, \"app\": \"a\", \"version\": \"1\", \"code\": {}}", "NJ4005")]
    [InlineData("{\"nightjar_vetted\": 1, \"app\": \"a\", \"version\": [], \"code\": [{\"sha256\": \"HASH\"}]}", "NJ4005")]
    [InlineData("{\"nightjar_vetted\": 1, \"app\": \"a\", \"version\": 1, \"signers\": [\"me\"], \"code\": [{\"sha256\": \"HASH\"}]}", "NJ4005")]
    [InlineData("{\"nightjar_vetted\": 1, \"app\": \"a\", \"version\": 1, \"platform\": \"palm\", \"code\": [{\"sha256\": \"HASH\"}]}", "NJ4005")]
    [InlineData("{\"nightjar_vetted\": 1, \"app\": \"a\", \"version\": 1, \"singers\": [], \"code\": [{\"sha256\": \"HASH\"}]}", "NJ4006")]
    [InlineData("{\"nightjar_vetted\": 1, \"app\": \"a\", \"version\": 1, \"code\": []}", "NJ4007")]
    public void A_mistake_is_told_by_its_number(string text, string code)
    {
        var (package, diagnostics) = Read(text.Replace("HASH", One, StringComparison.Ordinal));
        var diagnostic = Assert.Single(diagnostics);
        Assert.Equal(code, diagnostic.Code);
        Assert.Equal(diagnostic.Severity == DiagnosticSeverity.Error, package is null);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_and_a_thousand_of_them_not_one_by_one()
    {
        Assert.Equal(3, Read("{\"nightjar_vetted\": 1, \"wrong\": 0}").Diagnostics.Count(item => item.Severity == DiagnosticSeverity.Error));
        var many = string.Join(',', Enumerable.Repeat("{\"path\": \"x\"}", 1000));
        Assert.Equal(100, Read($"{{\"nightjar_vetted\": 1, \"app\": \"a\", \"version\": 1, \"code\": [{many}]}}").Diagnostics.Count);
    }

    [Fact]
    public void No_change_of_any_byte_throws()
    {
        var random = new Random(11);
        var bytes = Encoding.UTF8.GetBytes(Whole);
        for (var i = 0; i < 4000; i++)
        {
            var changed = bytes.ToArray();
            for (var n = random.Next(1, 4); n > 0; n--) changed[random.Next(changed.Length)] = (byte)random.Next(256);
            VettedManifest.Read("changed.json", changed.AsMemory(0, random.Next(changed.Length)));
            VettedManifest.Read("changed.json", changed);
        }
    }

    private static (VettedPackage? Package, IReadOnlyList<Diagnostic> Diagnostics) Read(string text) =>
        VettedManifest.Read("torch.json", Encoding.UTF8.GetBytes(text));
}
