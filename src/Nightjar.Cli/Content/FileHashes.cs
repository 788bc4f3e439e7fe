using System.Security.Cryptography;

namespace Nightjar.Cli.Content;

/// <summary>Lengths and fingerprints of files.</summary>
internal static class FileHashes
{
    /// <summary>Length and SHA-256. What has no length is not opened: a pipe among the files would be waited for.</summary>
    /// <exception cref="IOException">It could not be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static (long Bytes, string Sha256) Of(string path)
    {
        if (new FileInfo(path).Length == 0) return (0, Convert.ToHexStringLower(SHA256.HashData([])));
        using var stream = File.OpenRead(path);
        return (stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
