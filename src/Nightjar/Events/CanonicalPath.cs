using System.Buffers;

namespace Nightjar.Events;

/// <summary>One name for a file that has several: what is written as <c>/data/user/0/x</c> is loaded as <c>/data/data/x</c>.</summary>
public static class CanonicalPath
{
    private const int MaxLength = 8192;

    private static readonly (byte[] From, byte[] To)[] Prefixes =
    [
        ("/data/user/0/"u8.ToArray(), "/data/data/"u8.ToArray()),
        ("/storage/self/primary/"u8.ToArray(), "/storage/emulated/0/"u8.ToArray()),
        ("/mnt/sdcard/"u8.ToArray(), "/storage/emulated/0/"u8.ToArray()),
        ("/mnt/user/0/primary/"u8.ToArray(), "/storage/emulated/0/"u8.ToArray()),
        ("/data/media/0/"u8.ToArray(), "/storage/emulated/0/"u8.ToArray()),
        ("/storage/emulated/legacy/"u8.ToArray(), "/storage/emulated/0/"u8.ToArray()),
        ("/sdcard/"u8.ToArray(), "/storage/emulated/0/"u8.ToArray()),
        ("/private/var/"u8.ToArray(), "/var/"u8.ToArray()),
    ];

    /// <summary>The canonical form of a path. Resolves <c>.</c>, <c>..</c>, doubled and last slashes, then the aliases of Android and iOS.</summary>
    public static string Of(string path)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(path);
        var buffer = new byte[bytes.Length + 16];
        return System.Text.Encoding.UTF8.GetString(buffer.AsSpan(0, Write(bytes, buffer)));
    }

    /// <summary>Writes the canonical form and returns its length. <paramref name="to"/> needs 16 bytes more than <paramref name="path"/> has.</summary>
    public static int Write(ReadOnlySpan<byte> path, Span<byte> to)
    {
        if (path.Length > MaxLength)
        {
            path.CopyTo(to);
            return path.Length;
        }
        var length = Clean(path, to);
        return Alias(to, length);
    }

    /// <summary>True when a path surely is its own canonical form, so that it need not be written: nearly all are. False may be said of one that is, too.</summary>
    internal static bool IsCanonical(ReadOnlySpan<byte> path)
    {
        if (path.IsEmpty || path[0] != (byte)'/') return true;
        if (NeedsCleaning(path) || path.Length < 2) return false;
        return path[1] switch
        {
            // Of those that begin with /data/, user and media.
            (byte)'d' => path.Length < 7 || path[6] is not ((byte)'u' or (byte)'m'),
            (byte)'s' or (byte)'m' or (byte)'p' => false,
            _ => true,
        };
    }

    private static int Alias(Span<byte> path, int length)
    {
        foreach (var (from, into) in Prefixes)
        {
            if (!Matches(path[..length], from)) continue;
            var matched = Math.Min(from.Length, length);
            var target = length < from.Length ? into.AsSpan(0, into.Length - 1) : into;
            path[matched..length].CopyTo(path[target.Length..]);
            target.CopyTo(path);
            return length - matched + target.Length;
        }
        return length;
    }

    // The folder itself, without its last slash, is an alias too.
    private static bool Matches(ReadOnlySpan<byte> path, ReadOnlySpan<byte> prefix) =>
        path.StartsWith(prefix) || path.Length == prefix.Length - 1 && prefix.StartsWith(path);

    private static int Clean(ReadOnlySpan<byte> path, Span<byte> to)
    {
        if (path.IsEmpty || path[0] != (byte)'/' || !NeedsCleaning(path))
        {
            path.CopyTo(to);
            return path.Length;
        }
        var length = 0;
        foreach (var range in path.Split((byte)'/'))
        {
            var part = path[range];
            if (part.IsEmpty || part.SequenceEqual("."u8)) continue;
            if (part.SequenceEqual(".."u8))
            {
                length = Math.Max(0, to[..length].LastIndexOf((byte)'/'));
                continue;
            }
            to[length++] = (byte)'/';
            part.CopyTo(to[length..]);
            length += part.Length;
        }
        if (length == 0) to[length++] = (byte)'/';
        return length;
    }

    private static bool NeedsCleaning(ReadOnlySpan<byte> path) =>
        path[^1] == (byte)'/' || path.IndexOf("//"u8) >= 0 || path.IndexOf("/."u8) >= 0 && HasDots(path);

    private static bool HasDots(ReadOnlySpan<byte> path) =>
        path.IndexOf("/./"u8) >= 0 || path.IndexOf("/.."u8) >= 0 || path.EndsWith("/."u8);
}
