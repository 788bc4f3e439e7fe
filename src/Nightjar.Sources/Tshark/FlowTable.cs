namespace Nightjar.Sources.Tshark;

/// <summary>The connections under way, bounded: when there is no room, the one that was silent longest is taken for ended.</summary>
internal sealed class FlowTable
{
    /// <summary>Most connections at once.</summary>
    public const int Capacity = 16_384;

    // Datagrams have no end; those that come so much later are another exchange.
    private static readonly TimeSpan DatagramSilence = TimeSpan.FromMinutes(3);

    private readonly Dictionary<UInt128, LinkedListNode<Flow>> _flows = [];
    private readonly LinkedList<Flow> _bySilence = [];
    private readonly RecordKey _key = new();

    /// <summary>Finds or begins the connection of a packet.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="ended">The connection that ends with it, because it was silent too long; null mostly.</param>
    public Flow Of(in Packet packet, out Flow? ended)
    {
        ended = null;
        var key = KeyOf(packet);
        if (_flows.TryGetValue(key, out var node))
        {
            if (packet.IsTcp || packet.Time - node.Value.Last < DatagramSilence)
            {
                _bySilence.Remove(node);
                _bySilence.AddLast(node);
                return node.Value;
            }
            ended = Take(node);
        }
        else if (_flows.Count == Capacity)
        {
            ended = Take(_bySilence.First!);
        }
        var flow = Begin(packet, key);
        _flows[key] = _bySilence.AddLast(flow);
        return flow;
    }

    /// <summary>Takes the connections that are left, the longest silent first; false when there are none.</summary>
    public bool TryTake(out Flow? flow)
    {
        flow = _bySilence.First is { } first ? Take(first) : null;
        return flow is not null;
    }

    private Flow Take(LinkedListNode<Flow> node)
    {
        _bySilence.Remove(node);
        _flows.Remove(node.Value.Key);
        return node.Value;
    }

    private static Flow Begin(in Packet packet, UInt128 key) => new()
    {
        Key = key,
        Caller = packet.Source.ToArray(),
        CallerPort = packet.SourcePort.ToArray(),
        Called = packet.Destination.ToArray(),
        CalledPort = packet.DestinationPort.ToArray(),
        Protocol = packet.Protocol.ToArray(),
        First = packet.Time,
        Last = packet.Time,
        Number = packet.Number,
    };

    // The same for both directions. tshark's own number tells connections apart that use the same ports one after the other; it begins
    // anew in every capture, so it is not enough alone.
    private UInt128 KeyOf(in Packet packet)
    {
        var order = packet.Source.SequenceCompareTo(packet.Destination);
        if (order == 0) order = packet.SourcePort.SequenceCompareTo(packet.DestinationPort);
        _key.Begin(packet.Protocol).Add(packet.Stream);
        if (order <= 0) _key.Add(packet.Source).Add(packet.SourcePort).Add(packet.Destination).Add(packet.DestinationPort);
        else _key.Add(packet.Destination).Add(packet.DestinationPort).Add(packet.Source).Add(packet.SourcePort);
        return _key.ToId();
    }
}
