namespace Nightjar.Sources.Android;

/// <summary>What the place of a file on Android tells.</summary>
internal static class AndroidPath
{
    /// <summary>The package whose private folder holds the file; empty when none does.</summary>
    public static ReadOnlySpan<byte> PrivateOwner(ReadOnlySpan<byte> path)
    {
        if (path.StartsWith("/mnt/expand/"u8) && path[12..].IndexOf((byte)'/') is var slash and > 0) path = path[(12 + slash)..];
        else if (path.StartsWith("/data/"u8)) path = path[5..];
        else return default;
        if (path.StartsWith("/data/"u8)) return Package(path[6..]);
        if (path.StartsWith("/user/"u8)) return Package(Below(path[6..]));
        return path.StartsWith("/user_de/"u8) ? Package(Below(path[9..])) : default;
    }

    /// <summary>True for places that hold what was installed, which no app can write.</summary>
    public static bool IsInstalled(ReadOnlySpan<byte> path) =>
        path.StartsWith("/data/app/"u8) || path.StartsWith("/data/app-"u8) || path.StartsWith("/system"u8) || path.StartsWith("/apex/"u8)
        || path.StartsWith("/vendor/"u8) || path.StartsWith("/product/"u8) || path.StartsWith("/odm/"u8) || path.StartsWith("/oem/"u8)
        || path.StartsWith("/data/dalvik-cache/"u8) || path.StartsWith("/data/preloads/"u8) || path.StartsWith("/data/priv-app/"u8);

    /// <summary>The package in <c>/data/app/~~x==/com.example-y==/…</c> or <c>/data/app/com.example-1</c>; empty when there is none.</summary>
    public static ReadOnlySpan<byte> InstalledPackage(ReadOnlySpan<byte> path)
    {
        if (!path.StartsWith("/data/app/"u8)) return default;
        path = path[10..];
        if (path.StartsWith("~~"u8)) path = Below(path);
        var end = path.IndexOf((byte)'/');
        if (end >= 0) path = path[..end];
        var dash = path.IndexOf((byte)'-');
        return dash > 0 && IsPackage(path[..dash]) ? path[..dash] : default;
    }

    /// <summary>True for a text that may be a package name: letters, digits, underscores and at least one dot.</summary>
    public static bool IsPackage(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 3 or > 255 || text.IndexOf((byte)'.') is < 1 || text[^1] == (byte)'.') return false;
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit((char)c) && c is not ((byte)'.' or (byte)'_')) return false;
        return true;
    }

    /// <summary>The package of a process: <c>com.example:remote</c> is of <c>com.example</c>. Empty when the name is no package.</summary>
    public static ReadOnlySpan<byte> PackageOfProcess(ReadOnlySpan<byte> process)
    {
        var colon = process.IndexOf((byte)':');
        if (colon >= 0) process = process[..colon];
        return IsPackage(process) ? process : default;
    }

    private static ReadOnlySpan<byte> Below(ReadOnlySpan<byte> path)
    {
        var slash = path.IndexOf((byte)'/');
        return slash < 0 ? default : path[(slash + 1)..];
    }

    private static ReadOnlySpan<byte> Package(ReadOnlySpan<byte> path)
    {
        var slash = path.IndexOf((byte)'/');
        return slash > 0 && IsPackage(path[..slash]) ? path[..slash] : default;
    }
}
