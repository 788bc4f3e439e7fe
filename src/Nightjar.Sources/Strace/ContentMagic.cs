namespace Nightjar.Sources.Strace;

/// <summary>Tells the type of a file by its first bytes, as far as a trace shows them.</summary>
internal static class ContentMagic
{
    /// <summary>The contract's word; empty when the bytes are of no known type.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> content)
    {
        if (content.StartsWith("dex\n"u8) || content.StartsWith("cdex"u8)) return "dex"u8;
        if (content.StartsWith("\u007fELF"u8)) return "elf"u8;
        if (content.StartsWith("PK\u0003\u0004"u8)) return "zip"u8;
        if (content.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return "gzip"u8;
        if (content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G'])) return "png"u8;
        if (content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])) return "jpeg"u8;
        if (content.StartsWith("SQLite format 3"u8)) return "sqlite"u8;
        return content.StartsWith("<!DOCTYPE html"u8) || content.StartsWith("<html"u8) ? "html"u8 : default;
    }
}
