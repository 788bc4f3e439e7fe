using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Dumpstate;

/// <summary>The installed packages: version, installer, signer, permissions, and when each came and was last replaced.</summary>
/// <remarks>The factory versions that an update hides, shared users and libraries are listed in the same form behind; they are not installed apps.
/// A signer is told by its certificate's SHA-256 only where the verification of its web domains is listed; the number in
/// <c>PackageSignatures</c> is no digest.</remarks>
internal sealed class PackageSection(Dump dump) : DumpSection(dump)
{
    private const int MaxSigners = 16_384;

    private readonly Dictionary<string, byte[]> _signers = new(StringComparer.Ordinal);
    private readonly InstalledPackage _package = new();
    private readonly PackageWriter _writer = new(dump);
    private byte[] _verified = [];
    private Part _part;

    private enum Part : byte
    {
        Other,
        Packages,
        Domains,
    }

    public override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var text = line.Trim(" \t"u8);
        if (text.IsEmpty) return;
        if (line[0] != (byte)' ') EnterPart(text, batch);
        else if (_part == Part.Domains) TakeDomain(text);
        else if (_part == Part.Packages && text.StartsWith("Package ["u8)) Enter(text[9..], number, batch);
        else if (_part == Part.Packages && _package.IsOpen) _package.Take(text);
    }

    public override void OnEnd(EventBatch batch)
    {
        Close(batch);
        _part = Part.Other;
    }

    private void EnterPart(ReadOnlySpan<byte> text, EventBatch batch)
    {
        Close(batch);
        _part = text switch
        {
            _ when text.SequenceEqual("Packages:"u8) => Part.Packages,
            _ when text.StartsWith("Domain verification"u8) => Part.Domains,
            _ => Part.Other,
        };
    }

    private void Enter(ReadOnlySpan<byte> text, long number, EventBatch batch)
    {
        Close(batch);
        var end = text.IndexOf((byte)']');
        // The name of the system itself has no dot.
        if (end > 0 && (AndroidPath.IsPackage(text[..end]) || text[..end].SequenceEqual("android"u8))) _package.Open(text[..end], number);
        else batch.Report(AnomalyKind.BadValue, Dump.File, number, "The package has no name.");
    }

    private void Close(EventBatch batch)
    {
        if (!_package.IsOpen) return;
        if (_package.Uid > 0) Dump.Log.Processes.LearnUid(_package.Uid, _package.Name);
        _writer.Write(_package, _signers.GetValueOrDefault(System.Text.Encoding.UTF8.GetString(_package.Name)), batch);
        _package.Close();
    }

    // "com.x:" and below it "Signatures: [AB:CD:…]": the SHA-256 of the signer's certificate.
    private void TakeDomain(ReadOnlySpan<byte> text)
    {
        if (text[^1] == (byte)':' && AndroidPath.IsPackage(text[..^1])) _verified = text[..^1].ToArray();
        if (_verified.Length == 0 || !text.StartsWith("Signatures: ["u8) || _signers.Count >= MaxSigners) return;
        var digest = Digest(DumpText.Between(text, "["u8, "]"u8));
        if (digest.Length > 0) _signers[System.Text.Encoding.UTF8.GetString(_verified)] = digest;
        _verified = [];
    }

    private static byte[] Digest(ReadOnlySpan<byte> text)
    {
        var digits = new byte[64];
        var count = 0;
        foreach (var c in text)
        {
            if (c == (byte)':') continue;
            if (!char.IsAsciiHexDigit((char)c) || count == digits.Length) return [];
            digits[count++] = (byte)char.ToLowerInvariant((char)c);
        }
        return count == digits.Length ? digits : [];
    }
}
