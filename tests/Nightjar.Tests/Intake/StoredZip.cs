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
        byte[] Header(uint signature, int size)
        {
            var header = new byte[size];
            var at = size == 30 ? 8 : 10;
            BinaryPrimitives.WriteUInt32LittleEndian(header, signature);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at), method);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(at + 6), Crc32.Append(0, content));
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at + 10), packed.Length);
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(at + 14), content.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(at + 18), (ushort)name.Length);
            return [.. header, .. Encoding.ASCII.GetBytes(name)];
        }

        byte[] local = [.. Header(0x0403_4B50, 30), .. packed];
        var central = Header(0x0201_4B50, 46);
        var end = new byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x0605_4B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(8), 1);
        BinaryPrimitives.WriteUInt16LittleEndian(end.AsSpan(10), 1);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(12), central.Length);
        BinaryPrimitives.WriteInt32LittleEndian(end.AsSpan(16), local.Length);
        return [.. local, .. central, .. end];
    }
}
