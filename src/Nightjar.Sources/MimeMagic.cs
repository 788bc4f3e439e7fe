using System.Text;

namespace Nightjar.Sources;

/// <summary>The word of <c>file.magic</c> for a MIME type that was told from content, where the type leaves no doubt.</summary>
internal static class MimeMagic
{
    private static readonly Dictionary<string, byte[]> Words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["application/vnd.android.package-archive"] = "apk",
        ["application/java-archive"] = "jar",
        ["application/zip"] = "zip",
        ["application/x-executable"] = "elf",
        ["application/x-sharedlib"] = "elf",
        ["application/x-elf"] = "elf",
        ["application/x-mach-o-executable"] = "macho",
        ["application/x-mach-binary"] = "macho",
        ["application/x-dosexec"] = "pe",
        ["application/javascript"] = "js",
        ["application/x-javascript"] = "js",
        ["text/javascript"] = "js",
        ["text/html"] = "html",
        ["application/gzip"] = "gzip",
        ["application/x-gzip"] = "gzip",
        ["application/x-bzip2"] = "bzip2",
        ["application/x-xz"] = "xz",
        ["application/x-7z-compressed"] = "7z",
        ["application/x-rar"] = "rar",
        ["application/x-rar-compressed"] = "rar",
        ["application/x-tar"] = "tar",
        ["application/pdf"] = "pdf",
        ["application/x-sqlite3"] = "sqlite",
        ["application/vnd.sqlite3"] = "sqlite",
        ["image/png"] = "png",
        ["image/jpeg"] = "jpeg",
        ["image/gif"] = "gif",
        ["image/webp"] = "webp",
        ["video/mp4"] = "mp4",
        ["audio/mpeg"] = "mp3",
    }.ToDictionary(pair => pair.Key, pair => Encoding.ASCII.GetBytes(pair.Value), StringComparer.OrdinalIgnoreCase);

    private static readonly Dictionary<string, byte[]>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The word, or empty when the type says too little (<c>application/octet-stream</c>, <c>text/plain</c>) or is not known.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> mimeType)
    {
        var end = mimeType.IndexOf((byte)';');
        if (end >= 0) mimeType = mimeType[..end].TrimEnd((byte)' ');
        Span<char> text = stackalloc char[64];
        if (mimeType.Length > text.Length || !Ascii.IsValid(mimeType)) return default;
        return Lookup.TryGetValue(text[..Encoding.ASCII.GetChars(mimeType, text)], out var word) ? word : default;
    }
}
