using Nightjar.Auditing;

namespace Nightjar.Cli.Content;

/// <summary>Writes evidence packs, and reads them again to compare.</summary>
internal static class EvidenceFolder
{
    /// <exception cref="UsageException">Something is in it: what is not of the pack would be taken for a part of it.</exception>
    public static void MustBeEmpty(string folder)
    {
        if (File.Exists(folder)) throw new UsageException($"{folder} is a file.");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any()) throw new UsageException($"{folder} is not empty. A pack takes a folder of its own.");
    }

    /// <summary>Writes a pack, its manifests last: a pack that is not whole has none. Gives the seal, the SHA-256 of <c>manifest.sha256</c>.</summary>
    /// <exception cref="IOException">The folder or a file could not be written.</exception>
    public static string Write(string folder, EvidencePack pack, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var entries = new List<PackEntry>();
        foreach (var file in PackFiles.Of(pack))
        {
            cancellation.ThrowIfCancellationRequested();
            entries.Add(Write(folder, file.Name, file.Write));
        }
        entries.Add(Write(folder, PackManifest.JsonName, output => PackManifest.WriteJson([.. entries], output)));
        return Write(folder, PackManifest.SumsName, output => PackManifest.WriteSums(entries, output)).Sha256;
    }

    /// <summary>Every file at or below a folder.</summary>
    /// <exception cref="IOException">One could not be read.</exception>
    public static IReadOnlyList<PackEntry> Read(string folder) =>
        [.. ContentFolder.Files(folder, _ => true).Select(path => Entry(path, Path.GetRelativePath(folder, path).Replace('\\', '/')))];

    private static PackEntry Write(string folder, string name, Action<Stream> write)
    {
        var path = Path.Combine(folder, name);
        WholeFile.Write(path, write);
        return Entry(path, name);
    }

    // Read back from the disk: what is stated is what is there.
    private static PackEntry Entry(string path, string name)
    {
        var (bytes, hash) = FileHashes.Of(path);
        return new PackEntry(name, bytes, hash);
    }
}
