using System.Buffers.Text;
using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Logcat;

/// <summary>One SELinux decision as the kernel writes it: <c>avc:  denied  { read } for path="…" scontext=… tcontext=… tclass=file</c>.</summary>
internal ref struct AccessDecision
{
    private const byte Space = (byte)' ';

    public bool IsGranted;

    /// <summary>What stands between the braces.</summary>
    public ReadOnlySpan<byte> Permissions;

    /// <summary>The path as written, quotes taken off.</summary>
    public ReadOnlySpan<byte> Path;

    /// <summary>The bare name as written, quotes taken off.</summary>
    public ReadOnlySpan<byte> Name;

    /// <summary>True when path or name stand without quotes, so that they may be hexadecimal.</summary>
    public bool IsBare;

    public ReadOnlySpan<byte> Source;

    public ReadOnlySpan<byte> Target;

    public ReadOnlySpan<byte> Class;

    /// <summary>The package that logd names; empty before Android 10.</summary>
    public ReadOnlySpan<byte> App;

    /// <summary>What stands in <c>audit(…)</c>: seconds since 1970 and a serial number.</summary>
    public ReadOnlySpan<byte> Audit;

    /// <summary>Type of the source context, for example <c>untrusted_app_29</c>.</summary>
    public readonly ReadOnlySpan<byte> SourceType => TypeOf(Source);

    /// <summary>Type of the target context, for example <c>app_data_file</c>.</summary>
    public readonly ReadOnlySpan<byte> TargetType => TypeOf(Target);

    /// <summary>True when both contexts carry the same app's level.</summary>
    public readonly bool IsOwnFile => UidOf(Source) is >= 0 and var uid && uid == UidOf(Target);

    /// <summary>Reads a message that begins as one; a message that only quotes one is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out AccessDecision decision)
    {
        decision = default;
        if (message.StartsWith("audit: "u8)) message = message[7..];
        if (message.StartsWith("type=1400 "u8)) message = message[10..];
        if (message.StartsWith("audit("u8) && message.IndexOf((byte)')') is var close and > 0)
        {
            decision.Audit = message[6..close];
            message = message[(close + 1)..].TrimStart(": "u8);
        }
        if (!message.StartsWith("avc: "u8)) return false;
        message = message[5..].TrimStart(Space);
        decision.IsGranted = message.StartsWith("granted"u8);
        if (!decision.IsGranted && !message.StartsWith("denied"u8)) return false;
        var open = message.IndexOf((byte)'{');
        var end = message.IndexOf((byte)'}');
        if (open < 0 || end < open) return false;
        decision.Permissions = message[(open + 1)..end].Trim(Space);
        decision.ReadAttributes(message[(end + 1)..]);
        return !decision.Permissions.IsEmpty && !decision.Source.IsEmpty;
    }

    /// <summary>When the kernel decided; false where logd wrote <c>0.0</c>.</summary>
    public readonly bool TryTime(out Instant time)
    {
        time = default;
        var colon = Audit.LastIndexOf((byte)':');
        return colon > 0 && TimeText.TryEpochSeconds(Audit[..colon], out time) && time.Micros > 0;
    }

    /// <summary>The user id that the categories of a context stand for; −1 when they stand for none.</summary>
    /// <remarks>c0 to c255 and c256 to c511 are the low and high byte of the app's number, c512 and c768 upwards those of the user's.</remarks>
    public static int UidOf(ReadOnlySpan<byte> context)
    {
        int low = -1, high = -1, user = 0;
        var level = context.LastIndexOf((byte)':');
        if (level < 0) return LogcatLine.Unknown;
        foreach (var range in context[(level + 1)..].Split((byte)','))
        {
            var part = context[(level + 1)..][range];
            if (part.IsEmpty || part[0] != (byte)'c' || !Utf8Parser.TryParse(part[1..], out int value, out var used) || used != part.Length - 1) return LogcatLine.Unknown;
            if (value is < 0 or > 1023) return LogcatLine.Unknown;
            if (value < 256) low = value;
            else if (value < 512) high = value - 256;
            else if (value < 768) user |= value - 512;
            else user |= value - 768 << 8;
        }
        return low < 0 || high < 0 ? LogcatLine.Unknown : user * AndroidUid.PerUser + AndroidUid.FirstApp + (high << 8 | low);
    }

    private void ReadAttributes(ReadOnlySpan<byte> text)
    {
        while (true)
        {
            text = text.TrimStart(Space);
            var equals = text.IndexOf((byte)'=');
            if (equals < 0) return;
            var key = text[..equals];
            key = key[(key.LastIndexOf(Space) + 1)..];
            text = text[(equals + 1)..];
            var isQuoted = !text.IsEmpty && text[0] == (byte)'"';
            var end = isQuoted ? text[1..].IndexOf((byte)'"') + 1 : text.IndexOf(Space);
            if (end <= 0) end = text.Length;
            Keep(key, isQuoted ? text[1..end] : text[..end], isQuoted);
            text = text[Math.Min(text.Length, isQuoted ? end + 1 : end)..];
        }
    }

    private void Keep(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool isQuoted)
    {
        if (key.SequenceEqual("path"u8) && Path.IsEmpty)
        {
            Path = value;
            IsBare = !isQuoted;
        }
        else if (key.SequenceEqual("name"u8) && Name.IsEmpty)
        {
            Name = value;
            if (Path.IsEmpty) IsBare = !isQuoted;
        }
        else if (key.SequenceEqual("scontext"u8)) Source = value;
        else if (key.SequenceEqual("tcontext"u8)) Target = value;
        else if (key.SequenceEqual("tclass"u8)) Class = value;
        else if (key.SequenceEqual("app"u8)) App = value;
    }

    private static ReadOnlySpan<byte> TypeOf(ReadOnlySpan<byte> context)
    {
        for (var i = 0; i < 2; i++)
        {
            var colon = context.IndexOf((byte)':');
            if (colon < 0) return default;
            context = context[(colon + 1)..];
        }
        var end = context.IndexOf((byte)':');
        return end < 0 ? context : context[..end];
    }
}
