namespace Nightjar.Sources.Sqlite;

/// <summary>SQLite's whole numbers of one to nine bytes.</summary>
internal static class Varint
{
    /// <summary>Reads one and moves behind it; false when the bytes end before it does.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ref int at, out long value)
    {
        ulong result = 0;
        value = 0;
        for (var i = 0; i < 9; i++)
        {
            if (at >= bytes.Length) return false;
            var next = bytes[at++];
            if (i == 8)
            {
                value = (long)(result << 8 | next);
                return true;
            }
            result = result << 7 | (uint)(next & 0x7F);
            if (next < 0x80) break;
        }
        value = (long)result;
        return true;
    }
}
