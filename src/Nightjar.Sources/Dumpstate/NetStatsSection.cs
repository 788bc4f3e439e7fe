using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Dumpstate;

/// <summary>Bytes of each app by time, as <c>netstats</c> keeps them in buckets of an hour or two. They name no destination.</summary>
/// <remarks>Counters of whole interfaces, and those of tags, count the same bytes again; they are left out. A bucket that is not over when the dump is
/// made ends with the dump.</remarks>
internal sealed class NetStatsSection(Dump dump) : DumpSection(dump)
{
    private const int Traffic = 6;

    // Of old the length of a bucket and its begin were given in milliseconds.
    private const long SmallestMillis = 1_000_000;

    private byte[] _network = [];
    private long _uid = AndroidUid.Unknown;
    private long _seconds;
    private bool _isForeground;

    public override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var text = line.Trim(" \t"u8);
        if (text.StartsWith("* "u8)) text = text[2..];
        if (text.StartsWith("ident="u8)) EnterHistory(text);
        else if (_uid < 0) return;
        else if (text.StartsWith("NetworkStatsHistory: "u8)) EnterBuckets(text);
        else if (text.StartsWith("st="u8) || text.StartsWith("bucketStart="u8)) Take(text, number, batch);
    }

    public override void OnEnd(EventBatch batch) => _uid = AndroidUid.Unknown;

    // The identity of the network may hold any name; what counts stands behind its last bracket.
    private void EnterHistory(ReadOnlySpan<byte> text)
    {
        _uid = AndroidUid.Unknown;
        var rest = text[(text.LastIndexOf((byte)']') + 1)..];
        if (!DumpText.TryNumber(rest, "uid="u8, out var uid) || uid is < 0 or > int.MaxValue || !DumpText.Value(rest, "tag="u8).SequenceEqual("0x0"u8)) return;
        _uid = uid;
        _isForeground = DumpText.Value(rest, "set="u8).SequenceEqual("FOREGROUND"u8);
        _network = text[..Math.Min(text.Length, 512)].ToArray();
        _seconds = 0;
    }

    private void EnterBuckets(ReadOnlySpan<byte> text)
    {
        if (!DumpText.TryNumber(text, "bucketDuration="u8, out var duration) || duration <= 0) return;
        _seconds = Math.Min(duration >= SmallestMillis ? duration / 1000 : duration, 31 * 86_400);
    }

    private void Take(ReadOnlySpan<byte> text, long number, EventBatch batch)
    {
        var isOld = text.StartsWith("bucketStart="u8);
        if (!DumpText.TryNumber(text, isOld ? "bucketStart="u8 : "st="u8, out var start) || start <= 0)
        {
            batch.Report(AnomalyKind.BadTime, Dump.File, number, "The begin of the bucket cannot be read.");
            return;
        }
        var begin = TimeText.FromEpoch(start);
        var end = begin + TimeSpan.FromSeconds(_seconds);
        var isOver = Dump.Now is not { } now || end <= now || now < begin;
        Dump.Begin(batch, EventClass.NetworkActivity, Traffic, begin, TimeBasis.Stated, number);
        batch.Current.End = isOver ? end : Dump.Now!.Value;
        batch.Current.State.AppState = _isForeground ? AppState.Foreground : AppState.Background;
        Dump.Log.NameUid(batch, (int)_uid);
        batch.SetInteger(FieldId.EmitterUid, _uid);
        var hasIn = DumpText.TryNumber(text, isOld ? "rxBytes="u8 : "rb="u8, out var received);
        var hasOut = DumpText.TryNumber(text, isOld ? "txBytes="u8 : "tb="u8, out var sent);
        if (hasIn && received >= 0) batch.SetInteger(FieldId.BytesIn, received);
        if (hasOut && sent >= 0) batch.SetInteger(FieldId.BytesOut, sent);
        batch.Set(FieldId.LogTag, "netstats"u8);
        Dump.Key.Begin("netstats"u8).Add(_network).Add(_uid).Add(_isForeground ? 1 : 0).Add(begin.Micros);
        if (!isOver) Dump.Key.Add(received).Add(sent);
        batch.Current.Id = Dump.Key.ToId();
        batch.Commit();
    }
}
