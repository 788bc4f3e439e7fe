using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>dhcp.log: which address was given to which hardware address. It tells of identity and gives no event.</summary>
internal static class ZeekDhcp
{
    private const int MaxHostName = 255;

    /// <summary>Tells the lease that a record speaks of, if any.</summary>
    public static void Write(in ZeekRecord record, EventBatch batch, ZeekOrigin origin, Instant time, IIdentitySink? identities)
    {
        var outcome = OutcomeOf(record);
        if (outcome == Outcome.None) return;
        var address = AddressOf(record);
        var mac = HardwareAddress.Normalise(Encoding.UTF8.GetString(record[ZeekField.Mac]));
        if (address is null || mac is null)
        {
            batch.Report(AnomalyKind.MissingField, origin.File, origin.Line, $"A DHCP record without {(mac is null ? "mac" : "an address")} tells of no device.");
            return;
        }
        if (outcome == Outcome.Released) identities?.Add(new AddressLease(address, mac, null, time, time));
        else identities?.Add(new AddressLease(address, mac, HostNameOf(record), time, EndOf(record, batch, origin, time)));
    }

    private enum Outcome
    {
        None,
        Granted,
        Released,
    }

    // The last word of the exchange decides. Old logs have a record for each acknowledgement and no list of messages.
    private static Outcome OutcomeOf(in ZeekRecord record)
    {
        if (!record.Has(ZeekField.MessageTypes)) return Outcome.Granted;
        var outcome = Outcome.None;
        foreach (var message in record.Items(ZeekField.MessageTypes))
        {
            if (message.SequenceEqual("ACK"u8)) outcome = Outcome.Granted;
            else if (message.SequenceEqual("RELEASE"u8) || message.SequenceEqual("DECLINE"u8)) outcome = Outcome.Released;
            else if (message.SequenceEqual("NAK"u8)) outcome = Outcome.None;
        }
        return outcome;
    }

    private static string? AddressOf(in ZeekRecord record)
    {
        foreach (var field in (ReadOnlySpan<ZeekField>)[ZeekField.AssignedAddress, ZeekField.ClientAddress, ZeekField.RequestedAddress])
            if (HostText.Address(Encoding.UTF8.GetString(record[field])) is { } address && address != "0.0.0.0") return address;
        return null;
    }

    // Without a length, or with the one that means for ever, the lease is open.
    private static Instant? EndOf(in ZeekRecord record, EventBatch batch, ZeekOrigin origin, Instant time)
    {
        var length = record[ZeekField.LeaseTime];
        if (length.IsEmpty) return null;
        if (!ZeekNumber.TryInterval(length, out var micros)) origin.ReportValue(batch, ZeekField.LeaseTime);
        return micros <= 0 || micros >= uint.MaxValue * Instant.PerSecond ? null : time + TimeSpan.FromMicroseconds(micros);
    }

    private static string? HostNameOf(in ZeekRecord record)
    {
        var name = Encoding.UTF8.GetString(record[ZeekField.HostName]);
        return name.Length is 0 or > MaxHostName || MeaninglessText.Is(name) ? null : name;
    }
}
