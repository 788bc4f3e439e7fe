using Nightjar.Events;

namespace Nightjar.Sources.Tshark;

/// <summary>What was seen of one connection so far.</summary>
internal sealed class Flow
{
    /// <summary>Under which it is found while it lasts.</summary>
    public required UInt128 Key { get; init; }

    public required byte[] Caller { get; init; }

    public required byte[] CallerPort { get; init; }

    public required byte[] Called { get; init; }

    public required byte[] CalledPort { get; init; }

    public required byte[] Protocol { get; init; }

    public required Instant First { get; init; }

    /// <summary>Number of the first packet.</summary>
    public required long Number { get; init; }

    public Instant Last { get; set; }

    public long BytesFromCaller { get; set; }

    public long BytesFromCalled { get; set; }

    public int? Owner { get; set; }

    public byte[]? ServerName { get; set; }

    public byte[]? Ja3 { get; set; }

    public byte[]? TlsVersion { get; set; }

    /// <summary>A request that has no response yet.</summary>
    public Request? Pending { get; set; }

    /// <summary>True when the device is the end that was called.</summary>
    public bool IsDeviceCalled => NetworkSides.IsDeviceCalled(Caller, Called);
}

/// <summary>A request of HTTP.</summary>
internal sealed record Request(Instant Time, long Number, byte[] Method, byte[] Host, byte[] Uri, byte[] UserAgent);
