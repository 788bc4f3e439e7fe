using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Ocsf;

namespace Nightjar.Sinks.Formats;

/// <summary>What the evidence of a finding names, each once, in order of time: what formats without nested events have room for.</summary>
internal sealed class FindingEntities
{
    private readonly List<NetworkPeer> _peers = [];
    private readonly List<FileEntity> _files = [];
    private readonly List<string> _urls = [];

    private FindingEntities()
    {
    }

    /// <summary>Where the app talked to.</summary>
    public IReadOnlyList<NetworkPeer> Peers => _peers;

    /// <summary>Files that were written, read, loaded or transferred.</summary>
    public IReadOnlyList<FileEntity> Files => _files;

    /// <summary>Full addresses of pages.</summary>
    public IReadOnlyList<string> Urls => _urls;

    /// <summary>What formats with room for one take; null when there is none.</summary>
    public NetworkPeer? FirstPeer => _peers.Count > 0 ? _peers[0] : null;

    /// <inheritdoc cref="FirstPeer"/>
    public FileEntity? FirstFile => _files.Count > 0 ? _files[0] : null;

    /// <inheritdoc cref="FirstPeer"/>
    public string? FirstUrl => _urls.Count > 0 ? _urls[0] : null;

    /// <summary>Version of the app, as the latest event tells it; null when none does.</summary>
    public string? AppVersion { get; private set; }

    /// <summary>Every hash of every file, once.</summary>
    public IEnumerable<string> Hashes => _files.SelectMany(file => file.Hashes).Distinct(StringComparer.Ordinal);

    public IEnumerable<string> Hosts => _peers.Select(peer => peer.Host).OfType<string>().Distinct(StringComparer.Ordinal);

    public IEnumerable<string> Addresses => _peers.Select(peer => peer.Ip).OfType<string>().Distinct(StringComparer.Ordinal);

    public static FindingEntities Of(Finding finding)
    {
        var entities = new FindingEntities();
        foreach (var item in finding.Evidence) entities.Add(item.Event, finding.App);
        return entities;
    }

    /// <summary>Where an event went; null when it went nowhere.</summary>
    public static NetworkPeer? Peer(EvidenceEvent e)
    {
        var host = Text(e, FieldId.DstHostname) ?? Text(e, FieldId.TlsSni) ?? Text(e, FieldId.UrlHostname) ?? Text(e, FieldId.QueryHostname);
        var ip = OcsfNames.Address(Text(e, FieldId.DstIp));
        if (host is null && ip is null) return null;
        return new NetworkPeer(host, ip, Port(e, FieldId.DstPort));
    }

    /// <summary>The files that an event names.</summary>
    public static IEnumerable<FileEntity> FilesOf(EvidenceEvent e)
    {
        if (OcsfEvidence.FileName(e) is { } name)
            yield return new FileEntity(name, Text(e, FieldId.FilePath), e[FieldId.FileSize] is long size and >= 0 ? size : null, Text(e, FieldId.FileMimeType), Known(e, FieldId.FileHashes));
        if (Text(e, FieldId.ModulePath) is { } module)
            yield return new FileEntity(OcsfNames.FileName(module), module, null, null, Known(e, FieldId.ModuleHashes));
    }

    /// <summary>A port; null when it is none.</summary>
    public static long? Port(EvidenceEvent e, FieldId field) => e[field] is long port and >= 0 and <= 65_535 ? port : null;

    /// <summary>A text that is not empty; null when there is none.</summary>
    public static string? Text(EvidenceEvent e, FieldId field) => e[field] is string { Length: > 0 } text ? text : null;

    private static IReadOnlyList<string> Known(EvidenceEvent e, FieldId field) => e[field] is string[] hashes ? [.. hashes.Where(hash => OcsfNames.HashAlgorithm(hash).Id > 0)] : [];

    private void Add(EvidenceEvent e, string? app)
    {
        if (Peer(e) is { } peer && !_peers.Contains(peer)) _peers.Add(peer);
        foreach (var file in FilesOf(e)) Add(file);
        if (Text(e, FieldId.UrlText) is { } url && !_urls.Contains(url)) _urls.Add(url);
        if (e.App == app && Text(e, FieldId.AppVersion) is { } version) AppVersion = version;
    }

    // What several events tell of one path is told together.
    private void Add(FileEntity file)
    {
        var known = _files.FindIndex(other => other.Path is not null ? other.Path == file.Path : file.Path is null && other.Name == file.Name);
        if (known < 0)
        {
            _files.Add(file);
            return;
        }
        var before = _files[known];
        _files[known] = before with
        {
            Size = file.Size ?? before.Size,
            MimeType = file.MimeType ?? before.MimeType,
            Hashes = [.. before.Hashes.Concat(file.Hashes).Distinct(StringComparer.Ordinal)],
        };
    }
}

/// <summary>Where an app talked to; at least one of host and address is known.</summary>
internal sealed record NetworkPeer(string? Host, string? Ip, long? Port)
{
    /// <summary>"api.example:443".</summary>
    public string Name => (Host ?? Ip)! + (Port is { } port ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $":{port}") : "");
}

/// <summary>A file as the evidence names it.</summary>
internal sealed record FileEntity(string Name, string? Path, long? Size, string? MimeType, IReadOnlyList<string> Hashes)
{
    /// <summary>The first hash; null when there is none.</summary>
    public string? FirstHash => Hashes.Count > 0 ? Hashes[0] : null;

    /// <summary>The first hash of this kind; null when there is none.</summary>
    public string? Hash(string caption) => Hashes.FirstOrDefault(hash => OcsfNames.HashAlgorithm(hash).Caption == caption);
}
