namespace Nightjar.Sources.Suricata;

/// <summary>The two ends that a record names, and which of them is the device.</summary>
/// <remarks>What Suricata calls source is the caller in records of flows and transactions, and the sender in those of packets and files.</remarks>
internal readonly record struct EveEnds(EveField SourceIp, EveField SourcePort, EveField DestinationIp, EveField DestinationPort, bool IsDeviceSource, bool IsSourceCaller)
{
    /// <summary>True when the device is the end that was called.</summary>
    public bool IsDeviceCalled => IsDeviceSource != IsSourceCaller;

    public static EveEnds Of(EveKind kind, EveRecord record)
    {
        // Since Suricata 7 an alert tells the ends of its flow too.
        var ends = kind == EveKind.Alert && !record[EveField.FlowSourceIp].IsEmpty
            ? new EveEnds(EveField.FlowSourceIp, EveField.FlowSourcePort, EveField.FlowDestinationIp, EveField.FlowDestinationPort, true, true)
            : new EveEnds(EveField.SourceIp, EveField.SourcePort, EveField.DestinationIp, EveField.DestinationPort, true, IsSourceCallerOf(kind, record));
        var (caller, called) = ends.IsSourceCaller ? (ends.SourceIp, ends.DestinationIp) : (ends.DestinationIp, ends.SourceIp);
        return ends with { IsDeviceSource = NetworkSides.IsDeviceCalled(record[caller], record[called]) != ends.IsSourceCaller };
    }

    /// <summary>True for the answer to a question of DNS; it comes from the server.</summary>
    public static bool IsAnswer(EveRecord record) => record.Is(EveField.DnsType, "answer"u8) || record.Is(EveField.DnsType, "response"u8);

    private static bool IsSourceCallerOf(EveKind kind, EveRecord record) => kind switch
    {
        // The older shapes turn the ends of an answer to those of its question, the newest leaves them as in the packet.
        EveKind.Dns => !IsAnswer(record) || !record.Is(EveField.SourcePort, "53"u8) || record.Is(EveField.DestinationPort, "53"u8),
        EveKind.File => !IsToClient(record) && (record.Is(EveField.Direction, "to_server"u8) || record[EveField.HttpStatus].IsEmpty && !IsServicePort(record)),
        EveKind.Alert => !IsToClient(record),
        EveKind.Netflow => !IsServicePort(record),
        _ => true,
    };

    private static bool IsToClient(EveRecord record) => record.Is(EveField.Direction, "to_client"u8);

    // Of two ports, the service has the one below those that are handed out.
    private static bool IsServicePort(EveRecord record) =>
        Number(record[EveField.SourcePort]) is var source and < 1024 && Number(record[EveField.DestinationPort]) > source;

    private static int Number(ReadOnlySpan<byte> digits) => System.Buffers.Text.Utf8Parser.TryParse(digits, out ushort number, out _) ? number : ushort.MaxValue;
}
