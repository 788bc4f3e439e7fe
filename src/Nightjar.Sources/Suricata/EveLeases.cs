using System.Buffers.Text;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Suricata;

/// <summary>Tells which address was given to which hardware address; such records are no events.</summary>
internal sealed class EveLeases(SourceInput input)
{
    private const int MaxHostName = 255;

    /// <summary>Tells the lease of a record, if it grants one.</summary>
    public void Tell(EveRecord record, Instant time, long number, EventBatch batch)
    {
        if (!record.Is(EveField.DhcpMessage, "ack"u8)) return;
        var address = HostText.Address(Encoding.UTF8.GetString(record[EveField.DhcpAddress]));
        var mac = HardwareAddress.Normalise(Encoding.UTF8.GetString(record[EveField.DhcpMac]));
        if (address is null or "0.0.0.0" || mac is null)
        {
            batch.Report(AnomalyKind.MissingField, input.File.Number, number, $"A DHCP record without {(mac is null ? "client_mac" : "assigned_ip")} tells of no device.");
            return;
        }
        input.Identities?.Add(new AddressLease(address, mac, NameOf(record[EveField.DhcpHostName]), time, EndOf(record[EveField.DhcpLeaseTime], time)));
    }

    // Without a length, or with the one that means for ever, the lease is open.
    private static Instant? EndOf(ReadOnlySpan<byte> seconds, Instant time) =>
        Utf8Parser.TryParse(seconds, out long length, out var used) && used == seconds.Length && length is > 0 and < uint.MaxValue
            ? time + TimeSpan.FromSeconds(length)
            : null;

    private static string? NameOf(ReadOnlySpan<byte> name) => name.Length > MaxHostName || MeaninglessText.Is(name) ? null : Encoding.UTF8.GetString(name);
}
