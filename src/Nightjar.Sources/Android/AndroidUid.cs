using System.Buffers.Text;

namespace Nightjar.Sources.Android;

/// <summary>Android's user ids: 100,000 for each user, within which apps begin at 10,000.</summary>
internal static class AndroidUid
{
    /// <summary>No user id.</summary>
    public const int Unknown = -1;

    public const int PerUser = 100_000;
    public const int FirstApp = 10_000;
    private const int FirstAppZygote = 90_000;
    private const int FirstIsolated = 99_000;

    /// <summary>True when anyone may run code under this id.</summary>
    public static bool IsApp(int uid) => uid >= 0 && uid % PerUser >= FirstApp;

    /// <summary>True for the ids that processes get for their lifetime only; they name no app.</summary>
    public static bool IsIsolated(int uid) => uid >= 0 && uid % PerUser >= FirstAppZygote;

    /// <summary>Reads <c>10123</c>, <c>u0a123</c>, <c>u0_a123</c>, <c>u0i5</c>, <c>root</c>; −1 when it is none.</summary>
    public static int Parse(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return Unknown;
        if (text[0] is >= (byte)'0' and <= (byte)'9') return Number(text);
        return text[0] == (byte)'u' && text.Length > 2 && char.IsAsciiDigit((char)text[1]) ? OfUser(text[1..]) : Account(text);
    }

    private static int Number(ReadOnlySpan<byte> text) =>
        Utf8Parser.TryParse(text, out int value, out var used) && used == text.Length ? value : Unknown;

    private static int OfUser(ReadOnlySpan<byte> text)
    {
        if (!Utf8Parser.TryParse(text, out int user, out var used) || user is < 0 or > 20_000 || used == text.Length) return Unknown;
        text = text[used..].TrimStart((byte)'_');
        var (first, letters) = text switch
        {
            [(byte)'a', (byte)'i', ..] => (FirstAppZygote, 2),
            [(byte)'a', ..] => (FirstApp, 1),
            [(byte)'i', ..] => (FirstIsolated, 1),
            [(byte)'s', ..] => (0, 1),
            _ => (0, text.Length),
        };
        var number = Number(text[letters..]);
        return number is < 0 or >= PerUser - FirstApp ? Unknown : user * PerUser + first + number;
    }

    private static int Account(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("root"u8)) return 0;
        if (name.SequenceEqual("system"u8)) return 1000;
        if (name.SequenceEqual("radio"u8)) return 1001;
        if (name.SequenceEqual("bluetooth"u8)) return 1002;
        if (name.SequenceEqual("wifi"u8)) return 1010;
        if (name.SequenceEqual("adb"u8)) return 1011;
        if (name.SequenceEqual("media"u8)) return 1013;
        if (name.SequenceEqual("vpn"u8)) return 1016;
        if (name.SequenceEqual("nfc"u8)) return 1027;
        if (name.SequenceEqual("logd"u8)) return 1036;
        if (name.SequenceEqual("lmkd"u8)) return 1069;
        return name.SequenceEqual("shell"u8) ? 2000 : Unknown;
    }
}
