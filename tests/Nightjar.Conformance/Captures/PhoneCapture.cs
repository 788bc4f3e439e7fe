using System.Buffers.Binary;
using System.Text;
using Nightjar.Sources.Intake.Archives;

namespace Nightjar.Conformance.Captures;

/// <summary>An invented capture as PCAPdroid takes it: a question of DNS by the resolver, a request and its response by an app.</summary>
internal static class PhoneCapture
{
    private const int Resolver = 1051;
    private const int App = 10214;
    private const long Start = 1_772_442_300_000_000;

    private static readonly byte[] Phone = [10, 215, 173, 1];
    private static readonly byte[] NameServer = [10, 215, 173, 2];
    private static readonly byte[] Server = [198, 51, 100, 20];

    private static readonly (int After, int Owner, byte[] Packet)[] Packets =
    [
        (0, Resolver, Udp(Phone, 40001, NameServer, 53, [0, 7, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, .. Name("files.example.net"), 0, 1, 0, 1])),
        (50, Resolver, Udp(NameServer, 53, Phone, 40001, [0, 7, 0x81, 0x80, 0, 1, 0, 1, 0, 0, 0, 0, .. Name("files.example.net"), 0, 1, 0, 1, 0xC0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, .. Server])),
        (100, App, Tcp(Phone, 50111, Server, 80, 100, 0, 0x02, "")),
        (110, App, Tcp(Server, 80, Phone, 50111, 500, 101, 0x12, "")),
        (120, App, Tcp(Phone, 50111, Server, 80, 101, 501, 0x18, "GET /pkg/tool.apk HTTP/1.1\r\nHost: files.example.net\r\nUser-Agent: Fetch/1\r\n\r\n")),
        (130, App, Tcp(Server, 80, Phone, 50111, 501, 176, 0x18, "HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 4\r\n\r\nPK34")),
    ];

    /// <summary>pcapng with PCAPdroid's block and comments.</summary>
    public static byte[] Pcapng()
    {
        var file = new MemoryStream();
        Block(file, 0x0A0D0D0A, [.. Number(0x1A2B3C4D), 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        Block(file, 1, [101, 0, 0, 0, .. Number(65535)]);
        var package = "com.example.courier"u8;
        var label = "Courier"u8;
        Block(file, 0xBAD, [.. Number(62652), 1, 0, 1, .. Number(App), (byte)package.Length, (byte)label.Length, .. package, .. label]);
        foreach (var (after, owner, packet) in Packets)
        {
            var time = Start + after * 1000L;
            var comment = Encoding.ASCII.GetBytes($"u-{owner}");
            Block(file, 6, [
                .. Number(0), .. Number((uint)(time >> 32)), .. Number((uint)time), .. Number((uint)packet.Length), .. Number((uint)packet.Length), .. Padded(packet),
                1, 0, (byte)comment.Length, 0, .. Padded(comment), 0, 0, 0, 0,
            ]);
        }
        return file.ToArray();
    }

    /// <summary>pcap with PCAPdroid's trailers, which name the app by its label only.</summary>
    public static byte[] PcapWithTrailers()
    {
        var file = new MemoryStream();
        file.Write([.. Number(0xA1B2C3D4), 2, 0, 4, 0, .. Number(0), .. Number(0), .. Number(65535), .. Number(1)]);
        foreach (var (after, owner, packet) in Packets)
        {
            var time = Start + after * 1000L;
            byte[] frame = [.. new byte[12], 8, 0, .. packet];
            var name = new byte[20];
            Encoding.ASCII.GetBytes(owner == App ? "Courier" : "netd", name);
            frame = [.. Padded(frame), 1, 7, 0x20, 0x21, .. Number((uint)owner).Reverse(), .. name];
            frame = [.. frame, .. Number(Crc32.Append(0, frame))];
            file.Write([.. Number((uint)(time / 1_000_000)), .. Number((uint)(time % 1_000_000)), .. Number((uint)frame.Length), .. Number((uint)frame.Length), .. frame]);
        }
        return file.ToArray();
    }

    private static void Block(MemoryStream file, uint type, byte[] body)
    {
        body = Padded(body);
        var length = Number((uint)body.Length + 12);
        file.Write([.. Number(type), .. length, .. body, .. length]);
    }

    private static byte[] Udp(byte[] from, int fromPort, byte[] to, int toPort, byte[] payload) =>
        Ip(17, from, to, [.. Port(fromPort), .. Port(toPort), .. Port(8 + payload.Length), 0, 0, .. payload]);

    private static byte[] Tcp(byte[] from, int fromPort, byte[] to, int toPort, uint sequence, uint acknowledged, byte flags, string payload) =>
        Ip(6, from, to, [.. Port(fromPort), .. Port(toPort), .. Number(sequence).Reverse(), .. Number(acknowledged).Reverse(), 0x50, flags, 0xFF, 0xFF, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(payload)]);

    private static byte[] Ip(byte protocol, byte[] from, byte[] to, byte[] payload) =>
        [0x45, 0, .. Port(20 + payload.Length), 0, 1, 0, 0, 64, protocol, 0, 0, .. from, .. to, .. payload];

    private static byte[] Name(string host) => [.. host.Split('.').SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]), 0];

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[(4 - bytes.Length % 4) % 4]];

    private static byte[] Port(int number) => [(byte)(number >> 8), (byte)number];

    private static byte[] Number(uint number)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, number);
        return bytes;
    }
}
