using Nightjar.Events;

namespace Nightjar.Vetting;

/// <summary>An app package that was reviewed, and all code that it holds.</summary>
public sealed record VettedPackage
{
    /// <summary>Package name or bundle id.</summary>
    public required string App { get; init; }

    /// <summary>Its platform; unknown when the manifest does not say.</summary>
    public Platform Platform { get; init; }

    /// <summary>Version as people read it; null: whichever.</summary>
    public required string? Version { get; init; }

    /// <summary>Version as the system counts it; null when it has none.</summary>
    public string? VersionCode { get; init; }

    /// <summary>SHA-256 of the signers' certificates, 64 lower-case digits each; empty when unknown.</summary>
    public IReadOnlyList<string> Signers { get; init; } = [];

    /// <summary>The manifest's file.</summary>
    public required string File { get; init; }

    /// <summary>Code files, those inside others counted as well.</summary>
    public int CodeFiles => Code.Count;

    internal IReadOnlySet<CodeHash> Code { get; init; } = new HashSet<CodeHash>();

    /// <summary><c>com.example.torch 2.1 (14 code files, torch.json)</c>.</summary>
    public string Name
    {
        get
        {
            var version = Version is null ? "" : " " + Version;
            var files = CodeFiles == 1 ? "1 code file" : FormattableString.Invariant($"{CodeFiles} code files");
            return File.Length == 0 ? $"{App}{version} ({files})" : $"{App}{version} ({files}, {File})";
        }
    }

    /// <summary>Whether an installed version, told as either form, is this one.</summary>
    internal bool IsVersion(string installed) => Version is null || installed == Version || installed == VersionCode;
}
