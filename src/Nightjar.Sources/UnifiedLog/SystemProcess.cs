namespace Nightjar.Sources.UnifiedLog;

/// <summary>Tells by its path whether a process is a part of iOS, which alone is believed when it speaks of others.</summary>
internal static class SystemProcess
{
    /// <summary>True when only the system can have put the program there: the sealed volume or the kernel.</summary>
    public static bool Is(ReadOnlySpan<byte> path) =>
        path.SequenceEqual("/kernel"u8)
        || (path.StartsWith("/usr/libexec/"u8) || path.StartsWith("/usr/sbin/"u8) || path.StartsWith("/System/Library/"u8) || path.StartsWith("/sbin/"u8))
        && path.IndexOf("/../"u8) < 0;

    /// <summary>The program's own name: the last part of its path.</summary>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];

    /// <summary>The name of the app that a process belongs to: <c>Courier</c> of <c>…/Courier.app/PlugIns/Share.appex/Share</c>. Empty when it is no app that a user installed.</summary>
    public static ReadOnlySpan<byte> AppOf(ReadOnlySpan<byte> path)
    {
        var inside = MessageText.After(path, "/containers/Bundle/Application/"u8);
        var slash = inside.IndexOf((byte)'/');
        if (slash < 0) return default;
        var folder = MessageText.Until(inside[(slash + 1)..], "/"u8);
        return folder.EndsWith(".app"u8) ? folder[..^4] : default;
    }
}
