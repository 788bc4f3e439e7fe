using Nightjar.Sources;
using Nightjar.Sources.Tshark;

namespace Nightjar.Tests.Sources.Tshark;

/// <summary>Connections are summed to the end of the capture, so a beginning of it tells the same connections with less in them.</summary>
public abstract class PacketContract : SourceContract
{
    protected override bool IsLines => true;

    protected override int EventsPerRecord => 4;

    protected override bool IsConsistent(IReadOnlyList<string> prefix, IReadOnlyList<string> whole) => Ids(prefix).Except(Ids(whole)).Count() <= 1;

    // An end that was cut may change the ends of one packet, and with them its connection.
    private static IEnumerable<string> Ids(IEnumerable<string> lines) => lines.Select(line => line.Split(" id ")[1][..32]);

    // Of many copies all are the same connection; so each gets its own ports.
    protected override byte[]? Many(SourceExample example, int times) =>
        System.Text.Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, times * 4).Select(i => EkText.Question(i + 1, i, "u-1051").Replace("40001", $"{1024 + i}", StringComparison.Ordinal).Replace("\"udp_stream\":[\"0\"]", $"\"udp_stream\":[\"{i}\"]", StringComparison.Ordinal))));
}

public sealed class TsharkContract : PacketContract
{
    protected override ISourceReader Reader { get; } = new TsharkReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("packets.ndjson", EkText.Whole, 2),
        new("chosen.ndjson", EkText.Question(1, 0, "") + "\n" + EkText.Hello(2, 1, "") + "\n", 3),
    ];
}

public sealed class PcapdroidPacketsContract : PacketContract
{
    protected override ISourceReader Reader { get; } = new PcapdroidPacketsReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("capture.pcapng", EkText.Phone, 6) { Anomalies = 2 },
    ];
}
