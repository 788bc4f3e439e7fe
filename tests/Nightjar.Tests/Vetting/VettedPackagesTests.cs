using System.Text;
using Nightjar.Events;
using Nightjar.Vetting;
using Xunit;

namespace Nightjar.Tests.Vetting;

/// <summary>Which reviewed package an installed app is compared with.</summary>
public sealed class VettedPackagesTests
{
    private const string Held = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";
    private const string Other = "d4735e3a265e16eee03f59718b9b5d03019c07d8b6c51f90da3a666eec13ab35";
    private const string Signer = "4e07408562bedb8b60ce05c1decfe3ad16b72230967de01f640b7e4729b49fce";

    private readonly SymbolTable _symbols = new();

    [Theory]
    [InlineData("2.1", "", Held, Tri.True, "torch.json")]
    [InlineData("2.1", "", Other, Tri.False, "torch.json")]
    [InlineData("210", "", Other, Tri.False, "torch.json")]
    [InlineData("2.1", Signer, Other, Tri.False, "torch.json")]
    [InlineData("2.0", "", Held, Tri.Unknown, "version 2.0 was not reviewed; 2.1 was")]
    [InlineData("", "", Held, Tri.True, "which version is installed is unknown")]
    [InlineData("", "", Other, Tri.Unknown, "which version is installed is unknown")]
    [InlineData("2.1", Other, Held, Tri.Unknown, "another signer")]
    [InlineData("2.1", "", "0cc175b9c0f1b6a831c399e269772661", Tri.Unknown, "torch.json")]
    public void Only_a_package_that_can_be_the_installed_one_is_compared(string version, string signer, string hash, Tri expected, string told)
    {
        var packages = Packages(Manifest("torch.json", "com.example.torch", "2.1"));
        var app = Installed("com.example.torch", version, signer, Platform.Android);
        Assert.Equal(expected, packages.Holds(app, _symbols.Intern(hash)));
        var compared = packages.Compared(app);
        Assert.Contains(told, compared.Name + compared.Basis, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_apps_and_other_platforms_are_not_compared()
    {
        var packages = Packages(Manifest("torch.json", "com.example.torch", "2.1"));
        var hash = _symbols.Intern(Other);
        Assert.Equal(Tri.Unknown, packages.Holds(Installed("com.example.lamp", "2.1", "", Platform.Android), hash));
        Assert.Equal(Tri.Unknown, packages.Holds(Installed("com.example.torch", "2.1", "", Platform.IOS), hash));
        Assert.Equal(Tri.False, packages.Holds(Installed("com.example.torch", "2.1", "", Platform.Unknown), hash));
        Assert.Equal("no package of this app was reviewed", packages.Compared(Installed("com.example.lamp", "", "", Platform.Android)).Basis);
        Assert.Equal("no reviewed package was given", Packages().Compared(Installed("com.example.lamp", "", "", Platform.Android)).Basis);
    }

    [Fact]
    public void Two_manifests_of_one_version_are_told_and_count_together()
    {
        var packages = Packages(Manifest("a.json", "com.example.torch", "2.1"), Manifest("b.json", "com.example.torch", "2.1", Other));
        Assert.Equal("NJ4008", Assert.Single(packages.Contradictions()).Code);
        Assert.Equal(Tri.True, packages.Holds(Installed("com.example.torch", "2.1", "", Platform.Android), _symbols.Intern(Other)));
    }

    private VettedPackages Packages(params VettedPackage[] packages) => new(packages, _symbols);

    private InstalledApp Installed(string app, string version, string signer, Platform platform) =>
        new(_symbols.Intern(app), _symbols.Intern(version), _symbols.Intern(signer), platform);

    private static VettedPackage Manifest(string file, string app, string version, string hash = Held)
    {
        var text = $$"""
            {"nightjar_vetted": 1, "app": "{{app}}", "platform": "android", "version": "{{version}}", "version_code": 210, "signers": ["{{Signer}}"], "code": [{"sha256": "{{hash}}"}]}
            """;
        return VettedManifest.Read(file, Encoding.UTF8.GetBytes(text)).Package!;
    }
}
