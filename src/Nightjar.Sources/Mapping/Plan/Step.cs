using System.Buffers;
using System.Buffers.Text;
using System.Text;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Mapping.Plan;

/// <summary>Takes a part of a text, or makes another of it. Gives nothing where there is nothing to take.</summary>
internal abstract class Step
{
    /// <summary>The steps that need no value, in the words of a mapping.</summary>
    public static IReadOnlyDictionary<string, Step> Named { get; } = new Dictionary<string, Step>(StringComparer.Ordinal)
    {
        ["lower"] = new Rewrite(Lower),
        ["base64"] = new Rewrite(Base64Decoded),
        ["host-of-url"] = new Part(HostOfUrl),
        ["path-of-url"] = new Part(UrlText.PathOf),
        ["file-of-url"] = new Rewrite(FileOfUrl),
        ["last-segment"] = new Part(LastSegment),
        ["package-of-path"] = new Part(PackageOfPath),
        ["package-of-process"] = new Part(AndroidPath.PackageOfProcess),
        ["magic-of-mime"] = new Part(MimeMagic.Of),
    };

    /// <summary>Applies it.</summary>
    /// <param name="text">The text; may lie in <paramref name="room"/>.</param>
    /// <param name="room">Where another text may be written.</param>
    public abstract ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> text, StepRoom room);

    /// <summary>The host of a URL, with or without its scheme.</summary>
    public static ReadOnlySpan<byte> HostOfUrl(ReadOnlySpan<byte> url)
    {
        if (url.IndexOf("://"u8) is var scheme and >= 0) url = url[(scheme + 3)..];
        var end = url.IndexOfAny("/?#"u8);
        return UrlText.HostOf(end < 0 ? url : url[..end]);
    }

    private static ReadOnlySpan<byte> LastSegment(ReadOnlySpan<byte> path)
    {
        path = path.TrimEnd("/\\"u8);
        return path[(path.LastIndexOfAny("/\\"u8) + 1)..];
    }

    private static ReadOnlySpan<byte> PackageOfPath(ReadOnlySpan<byte> path)
    {
        var package = AndroidPath.InstalledPackage(path);
        return package.IsEmpty ? AndroidPath.PrivateOwner(path) : package;
    }

    private static int FileOfUrl(ReadOnlySpan<byte> url, Span<byte> to) => UrlText.FileName(url, to[..Math.Min(to.Length, UrlText.MaxFileName)]).Length;

    private static int Lower(ReadOnlySpan<byte> text, Span<byte> to)
    {
        for (var i = 0; i < text.Length; i++) to[i] = text[i] is >= (byte)'A' and <= (byte)'Z' ? (byte)(text[i] | 0x20) : text[i];
        return text.Length;
    }

    // Also in the alphabet of URLs and without the padding. What is no text in the end is none.
    private static int Base64Decoded(ReadOnlySpan<byte> text, Span<byte> to)
    {
        var padded = new byte[(text.Length + 3) / 4 * 4];
        padded.AsSpan().Fill((byte)'=');
        for (var i = 0; i < text.Length; i++) padded[i] = text[i] switch { (byte)'-' => (byte)'+', (byte)'_' => (byte)'/', var c => c };
        var status = Base64.DecodeFromUtf8(padded, to, out _, out var written);
        return status == OperationStatus.Done && System.Text.Unicode.Utf8.IsValid(to[..written]) ? written : 0;
    }

    private delegate ReadOnlySpan<byte> PartOf(ReadOnlySpan<byte> text);

    private delegate int RewriteInto(ReadOnlySpan<byte> text, Span<byte> to);

    private sealed class Part(PartOf take) : Step
    {
        public override ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> text, StepRoom room) => take(text);
    }

    private sealed class Rewrite(RewriteInto rewrite) : Step
    {
        public override ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> text, StepRoom room)
        {
            var to = room.Take(Math.Max(text.Length, UrlText.MaxFileName) + 8);
            return to[..rewrite(text, to)];
        }
    }
}

/// <summary>What stands before or behind a mark; all of the text when the mark is not in it.</summary>
internal sealed class CutStep(string mark, bool behind) : Step
{
    private readonly byte[] _mark = Encoding.UTF8.GetBytes(mark);

    public override ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> text, StepRoom room)
    {
        var at = behind ? text.LastIndexOf(_mark) : text.IndexOf(_mark);
        return at < 0 ? text : behind ? text[(at + _mark.Length)..] : text[..at];
    }
}

/// <summary>The first group of an expression that never goes back; without a group, the whole match.</summary>
internal sealed class MatchStep(SafeRegex pattern) : Step
{
    public override ReadOnlySpan<byte> Apply(ReadOnlySpan<byte> text, StepRoom room)
    {
        if (text.Length > EventBatch.MaxTextBytes) return default;
        var match = pattern.Match(Encoding.UTF8.GetString(text));
        if (!match.Success) return default;
        var value = match.Groups.Count > 1 ? match.Groups[1].ValueSpan : match.ValueSpan;
        var to = room.Take(Encoding.UTF8.GetMaxByteCount(value.Length));
        return to[..Encoding.UTF8.GetBytes(value, to)];
    }
}

/// <summary>Two buffers in turn, so that one step can read what the one before wrote.</summary>
internal sealed class StepRoom
{
    private byte[] _these = new byte[512];
    private byte[] _others = new byte[512];

    /// <summary>Room for so many bytes; what was written into the room before stays.</summary>
    public Span<byte> Take(int length)
    {
        (_these, _others) = (_others, _these);
        if (_these.Length < length) _these = new byte[Math.Max(length, _these.Length * 2)];
        return _these.AsSpan(0, length);
    }
}
