using Nightjar.Sources.Android;

namespace Nightjar.Sources.Dumpstate;

/// <summary>What a dump says of one package.</summary>
internal sealed class InstalledPackage
{
    private const int MaxValue = 512;
    private const int MaxPermissions = 256;

    private bool _isRuntime;

    /// <summary>True while lines belong to a package.</summary>
    public bool IsOpen { get; private set; }

    public long Number { get; private set; }

    public byte[] Name { get; private set; } = [];

    public byte[] Version { get; private set; } = [];

    public byte[] VersionCode { get; private set; } = [];

    public byte[] CodePath { get; private set; } = [];

    /// <summary>Who installed it; empty when nobody is named.</summary>
    public byte[] Installer { get; private set; } = [];

    /// <summary>Who asked for the installation, where that differs from who is named as installer.</summary>
    public byte[] Initiator { get; private set; } = [];

    /// <summary>Where the installer says it came from (Android 13): 2 a store, 3 a local file, 4 a downloaded file.</summary>
    public byte[] Source { get; private set; } = [];

    public byte[] Installed { get; private set; } = [];

    public byte[] Updated { get; private set; } = [];

    public byte[] Signature { get; private set; } = [];

    public int Uid { get; private set; }

    /// <summary>True for what came with the system, updated or not.</summary>
    public bool IsSystem { get; private set; }

    /// <summary>Permissions that are granted.</summary>
    public List<byte[]> Granted { get; } = [];

    /// <summary>Of them those that a user granted, or was asked for.</summary>
    public List<byte[]> GrantedAtRuntime { get; } = [];

    public void Open(ReadOnlySpan<byte> name, long number)
    {
        Close();
        Name = name.ToArray();
        Number = number;
        IsOpen = true;
    }

    public void Close()
    {
        IsOpen = IsSystem = _isRuntime = false;
        Version = VersionCode = CodePath = Installer = Initiator = Source = Installed = Updated = Signature = [];
        Uid = AndroidUid.Unknown;
        Granted.Clear();
        GrantedAtRuntime.Clear();
    }

    /// <summary>Reads a line of the package.</summary>
    public void Take(ReadOnlySpan<byte> text)
    {
        if (text.EndsWith(":"u8)) _isRuntime = text.SequenceEqual("runtime permissions:"u8);
        else if (text.IndexOf(": granted=true"u8) is var at and > 0) Grant(text[..at]);
        else if (text.StartsWith("userId="u8) || text.StartsWith("appId="u8)) Uid = AndroidUid.Parse(text[(text.IndexOf((byte)'=') + 1)..]);
        else if (text.StartsWith("versionCode="u8)) VersionCode = Value(text, "versionCode="u8);
        else if (text.StartsWith("versionName="u8)) Version = Rest(text[12..]);
        else if (text.StartsWith("codePath="u8)) CodePath = Rest(text[9..]);
        else if (text.StartsWith("flags=["u8)) IsSystem = text.IndexOf(" SYSTEM "u8) > 0;
        else if (text.StartsWith("firstInstallTime="u8) && Installed.Length == 0) Installed = Rest(text[17..]);
        else if (text.StartsWith("lastUpdateTime="u8)) Updated = Rest(text[15..]);
        else if (text.StartsWith("installerPackageName="u8)) Installer = Value(text, "installerPackageName="u8);
        else if (text.StartsWith("initiatingPackageName="u8)) Initiator = Value(text, "initiatingPackageName="u8);
        else if (text.StartsWith("packageSource="u8)) Source = Value(text, "packageSource="u8);
        else if (text.StartsWith("signatures=PackageSignatures{"u8)) Signature = Rest(DumpText.Between(text, "signatures:["u8, "]"u8));
    }

    private void Grant(ReadOnlySpan<byte> permission)
    {
        if (permission.Length > MaxValue || Granted.Count >= MaxPermissions) return;
        var name = permission.ToArray();
        // Each user of the device has a list of their own.
        if (!Granted.Exists(known => known.AsSpan().SequenceEqual(name))) Granted.Add(name);
        if (_isRuntime && !GrantedAtRuntime.Exists(known => known.AsSpan().SequenceEqual(name))) GrantedAtRuntime.Add(name);
    }

    private static byte[] Value(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key) => Rest(DumpText.Value(text, key));

    private static byte[] Rest(ReadOnlySpan<byte> text) =>
        Events.MeaninglessText.Is(text) ? [] : text[..Math.Min(text.Length, MaxValue)].ToArray();
}
