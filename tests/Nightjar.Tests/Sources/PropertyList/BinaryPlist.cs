using System.Buffers.Binary;
using System.Text;
using System.Xml.Linq;

namespace Nightjar.Tests.Sources.PropertyList;

/// <summary>Writes binary property lists from lists in XML, in the plainest way: every object anew, references of two bytes.</summary>
internal sealed class BinaryPlist
{
    private readonly List<byte[]> _objects = [];

    public static byte[] Of(string xml)
    {
        var plist = new BinaryPlist();
        var top = plist.Add(XDocument.Parse(xml[xml.IndexOf("<plist", StringComparison.Ordinal)..]).Root!.Elements().First());
        return plist.Write(top);
    }

    private int Add(XElement element)
    {
        var at = _objects.Count;
        _objects.Add([]);
        _objects[at] = element.Name.LocalName switch
        {
            "dict" => Dictionary([.. element.Elements()]),
            "array" => [.. Head(0xA0, element.Elements().Count()), .. element.Elements().SelectMany(item => Reference(Add(item)))],
            "true" => [0x09],
            "false" => [0x08],
            "integer" => Integer(long.Parse(element.Value, System.Globalization.CultureInfo.InvariantCulture)),
            "data" => [.. Head(0x40, Convert.FromBase64String(element.Value).Length), .. Convert.FromBase64String(element.Value)],
            _ => Text(element.Value),
        };
        return at;
    }

    private byte[] Dictionary(XElement[] parts)
    {
        var keys = parts.Where((_, i) => i % 2 == 0).Select(Add).ToList();
        var values = parts.Where((_, i) => i % 2 == 1).Select(Add).ToList();
        return [.. Head(0xD0, keys.Count), .. keys.Concat(values).SelectMany(Reference)];
    }

    private static byte[] Text(string text) => Ascii.IsValid(text)
        ? [.. Head(0x50, text.Length), .. Encoding.ASCII.GetBytes(text)]
        : [.. Head(0x60, text.Length), .. Encoding.BigEndianUnicode.GetBytes(text)];

    private static byte[] Integer(long value)
    {
        var bytes = new byte[9];
        bytes[0] = 0x13;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), value);
        return bytes;
    }

    private static byte[] Head(int kind, int count) => count < 15 ? [(byte)(kind | count)] : [(byte)(kind | 15), 0x11, (byte)(count >> 8), (byte)count];

    private static byte[] Reference(int number) => [(byte)(number >> 8), (byte)number];

    private byte[] Write(int top)
    {
        var bytes = new List<byte>(Encoding.ASCII.GetBytes("bplist00"));
        var offsets = new List<int>();
        foreach (var item in _objects)
        {
            offsets.Add(bytes.Count);
            bytes.AddRange(item);
        }
        var table = bytes.Count;
        foreach (var offset in offsets) bytes.AddRange([(byte)(offset >> 16), (byte)(offset >> 8), (byte)offset]);
        var trailer = new byte[32];
        trailer[6] = 3;
        trailer[7] = 2;
        BinaryPrimitives.WriteInt64BigEndian(trailer.AsSpan(8), _objects.Count);
        BinaryPrimitives.WriteInt64BigEndian(trailer.AsSpan(16), top);
        BinaryPrimitives.WriteInt64BigEndian(trailer.AsSpan(24), table);
        return [.. bytes, .. trailer];
    }
}
