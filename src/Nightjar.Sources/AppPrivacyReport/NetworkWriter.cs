using Nightjar.Events;

namespace Nightjar.Sources.AppPrivacyReport;

/// <summary>Writes what an app contacted: one record sums up all contacts with a destination over some days.</summary>
/// <remarks>
/// Weekly reports overlap: the same record comes again, with more contacts and a later end. Records with the same app, destination and first
/// contact are one event. The one with the most contacts goes before the others in the order of events, so whoever keeps the first of equal
/// events keeps it, whatever the order of the files. Contacts are never added up.
/// </remarks>
/// <param name="file">Number of the file.</param>
/// <param name="assumedOffset">Zone of times that state none.</param>
/// <param name="ids">Gives the events their ids; the session hands them on.</param>
internal sealed class NetworkWriter(int file, TimeSpan assumedOffset, RecordIds ids)
{
    private const int Traffic = 6;

    private readonly RecordKey _key = new();
    private readonly Remark _remark = new();

    /// <summary>Writes a record, or reports why it cannot be taken.</summary>
    public void Write(ReportRecord record, long number, EventBatch batch)
    {
        if (record.Domain.IsEmpty || record.Time.IsEmpty && record.FirstTime.IsEmpty)
        {
            batch.Report(AnomalyKind.MissingField, file, number, "The network record has no domain or no time.");
            return;
        }
        var firstText = record.FirstTime.IsEmpty ? record.Time : record.FirstTime;
        var lastText = record.Time.IsEmpty ? record.FirstTime : record.Time;
        if (!TimeText.TryParse(firstText, assumedOffset, out var first, out var basis) || !TimeText.TryParse(lastText, assumedOffset, out var last, out _))
        {
            batch.Report(AnomalyKind.BadTime, file, number, "A time of the network record is no time.");
            return;
        }
        if (last < first) (first, last) = (last, first);
        Begin(record, number, first, last, basis, batch);
        SetDestination(record, batch);
        batch.Commit();
        ids.Add(batch, _key.Begin("privacy-report"u8).Add(record.Bundle).Add(record.Domain).Add(first.Micros).Bytes);
    }

    private void Begin(ReportRecord record, long number, Instant first, Instant last, TimeBasis basis, EventBatch batch)
    {
        batch.Begin(EventClass.NetworkActivity, Traffic, first, file, number);
        ref var header = ref batch.Current;
        header.End = last;
        header.LogName = batch.Intern("iOS:unifiedlog"u8);
        header.Platform = Platform.IOS;
        header.App = batch.Intern(record.Bundle);
        if (!record.Bundle.IsEmpty) header.State.AppGrade = AppGrade.Package;
        header.State.TimeBasis = basis;
        if (record.Hits is >= 0 and var hits)
        {
            header.Sequence = -hits;
            batch.SetInteger(FieldId.Count, hits);
        }
        _remark.Begin().Add("initiatedType"u8, record.Initiated).Add("context"u8, record.Context)
            .Add("domainOwner"u8, record.Owner).Add("domainType"u8, record.DomainType);
        batch.Set(FieldId.Message, _remark.ToSpan());
    }

    private static void SetDestination(ReportRecord record, EventBatch batch)
    {
        var isAddress = record.Classification.SequenceEqual("2"u8) || !record.Classification.SequenceEqual("1"u8) && LooksLikeAddress(record.Domain);
        if (isAddress) batch.Set(FieldId.DstIp, record.Domain);
        if (!batch.IsSet(FieldId.DstIp)) batch.Set(FieldId.DstHostname, record.Domain);
    }

    private static bool LooksLikeAddress(ReadOnlySpan<byte> text) => text.Contains((byte)':') || text.Count((byte)'.') == 3 && !text.ContainsAnyExcept("0123456789."u8);
}
