using System.Buffers.Binary;
using System.Buffers.Text;
using Nightjar.Events;
using Nightjar.Sources.Pcapdroid;

namespace Nightjar.Sources.Tshark;

/// <summary>Whose packets are, as PCAPdroid writes it into its captures: by a comment or a trailer on each packet, and by blocks between them.</summary>
internal sealed class PacketOwners
{
    private const int MaxOwners = 65_536;
    private const int LabelBytes = 20;

    private static ReadOnlySpan<byte> TrailerMark => [0x01, 0x07, 0x20, 0x21];

    private readonly Dictionary<int, (byte[] Package, byte[] Label)> _apps = [];
    private readonly byte[] _bytes = new byte[1024];

    /// <summary>Learns from a block which app has which number. True when the packet is such a block and nothing else.</summary>
    public bool TryTakeBlock(EkRecord packet)
    {
        if (!packet[EkField.BlockOwner].SequenceEqual("62652"u8)) return false;
        var data = Bytes(packet[EkField.BlockData]);
        // Version, kind (1: an app), number, two lengths, two texts.
        if (data.Length < 9 || data[2] != 1 || data.Length < 9 + data[7] + data[8]) return true;
        Learn(BinaryPrimitives.ReadInt32LittleEndian(data[3..]), data.Slice(9, data[7]), data.Slice(9 + data[7], data[8]));
        return true;
    }

    /// <summary>The number of the app that a packet is of; null when it says nothing.</summary>
    public int? OwnerOf(EkRecord packet)
    {
        var comment = packet[EkField.Comment];
        if (comment.StartsWith("u-"u8) && Utf8Parser.TryParse(comment[2..], out int owner, out var used) && used == comment.Length - 2) return owner;
        if (!packet.Has(EkField.Trailer)) return null;
        var trailer = Bytes(packet[EkField.Trailer]);
        var mark = trailer.IndexOf(TrailerMark);
        if (mark < 0 || trailer.Length < mark + 8) return null;
        owner = BinaryPrimitives.ReadInt32BigEndian(trailer[(mark + 4)..]);
        var label = trailer[(mark + 8)..];
        if (label.Length > LabelBytes) label = label[..LabelBytes];
        var end = label.IndexOf((byte)0);
        if (!_apps.ContainsKey(owner)) Learn(owner, default, end < 0 ? label : label[..end]);
        return owner;
    }

    /// <summary>Names the app of the event under way.</summary>
    public void Name(EventBatch batch, int? owner)
    {
        if (owner is not { } number) return;
        var (package, label) = _apps.GetValueOrDefault(number, ([], []));
        PcapdroidApp.Name(batch, number, package, label);
    }

    private void Learn(int owner, ReadOnlySpan<byte> package, ReadOnlySpan<byte> label)
    {
        if (_apps.Count < MaxOwners && System.Text.Unicode.Utf8.IsValid(package)) _apps[owner] = (package.ToArray(), System.Text.Unicode.Utf8.IsValid(label) ? label.ToArray() : []);
    }

    // Hexadecimal digits, with or without colons between the bytes. What is too long is no block of this kind.
    private ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> hex)
    {
        var length = 0;
        for (var i = 0; i + 1 < hex.Length && length < _bytes.Length; i++)
        {
            if (hex[i] == (byte)':') continue;
            if (!Utf8Parser.TryParse(hex.Slice(i, 2), out byte value, out var used, 'x') || used != 2) break;
            _bytes[length++] = value;
            i++;
        }
        return _bytes.AsSpan(0, length);
    }
}
