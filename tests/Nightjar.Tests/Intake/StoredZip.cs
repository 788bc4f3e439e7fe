using System.Buffers.Binary;
using System.Text;
using Nightjar.Sources.Intake.Archives;

namespace Nightjar.Tests.Intake;

/// <summary>Zip files with one entry whose bytes the test itself writes.</summary>
internal static class StoredZip
{
    public static byte[] Of(string name, string text, ushort method, Func<byte[], byte[]> wrap)
    {
        var content = Encoding.UTF8.GetBytes(text);
        var packed = wrap(content);
        byte[] local = [.. Header(0x0403_4B50, 30, name, content, packed.Length, method), .. packed];
        var central = Header(0x0201_4B50, 46, name, content, packed.Length, method);
        return [.. local, .. central, .. End(1, central.Length, local.Length)];
    }

    /// <summary>As archives beyond four gigabytes are written: sizes and places stand in wider fields.</summary>
    public static byte[] Wide(string name, string text)
    {
        var content = Encoding.UTF8.GetBytes(text);
        byte[] local = [.. Header(0x0403_4B50, 30, name, content, content.Length, 0), .. content];
        byte[] extra = [1, 0, 24, 0, .. Long(content.Length), .. Long(content.Length), .. Long(0)];
        byte[] central = [.. Header(0x0201_4B50, 46, name, content, content.Length, 0), 9, 9, 1, 0, 7, .. extra];
        central.AsSpan(20, 8).Fill(0xFF);
        central.AsSpan(42, 4).Fill(0xFF);
        central[30] = (byte)(extra.Length + 5);
        byte[] end64 = [0x50, 0x4B, 6, 6, .. Long(44), .. new byte[12], .. Long(1), .. Long(1), .. Long(central.Length), .. Long(local.Length)];
        byte[] locator = [0x50, 0x4B, 6, 7, 0, 0, 0, 0, .. Long(local.Length + central.Length), 1, 0, 0, 0];
        return [.. local, .. central, .. end64, .. locator, .. End(ushort.MaxValue, -1, -1)];
    }

    private static byte[] Header(uint signature, int size, string name, byte[] content, int packed, ushort method)
    {
        var header = new byte[size];
        var at = size == 30 ? 8 : 10;
        BinaryPrimitives.WriteUInt32LittleEndian(header, signature);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at), method);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at + 6), Crc32.Append(0, content));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at + 10), packed);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at + 14), content.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at + 18), (ushort)name.Length);
        return [.. header, .. Encoding.ASCII.GetBytes(name)];
    }

    private static byte[] End(ushort entries, int size, int at)
    {
        var end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x0605_4B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), entries);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), size);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), at);
        return end;
    }

    private static byte[] Long(long value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes;
    }
}
