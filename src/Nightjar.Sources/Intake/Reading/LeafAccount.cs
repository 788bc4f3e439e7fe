using Nightjar.Events;

namespace Nightjar.Sources.Intake.Reading;

/// <summary>The account of one file while it is read. One thread writes at a time, holding <see cref="Gate"/>.</summary>
internal sealed class LeafAccount(string path)
{
    private readonly SortedDictionary<AnomalyKind, Tally> _anomalies = [];
    private FileState _state = FileState.Read;
    private string? _reason;
    private long _events;
    private Instant _from;
    private Instant _to;
    private TimeBasis _basis;
    private Instant _latest;
    private (long Events, TimeSpan Longest) _late;
    private readonly long[] _devices = new long[Enum.GetValues<DeviceBasis>().Length];
    private readonly long[] _apps = new long[Enum.GetValues<AppGrade>().Length];

    /// <summary>To be held while the account is written or read.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Id of the reader; null while none has recognised it.</summary>
    public string? Reader { get; set; }

    /// <summary>Bytes read, after decompression.</summary>
    public long Bytes { get; set; }

    /// <summary>Records read; negative when the reader does not count them.</summary>
    public long Records { get; set; } = -1;

    /// <summary>Events that were left out because they lie outside the time asked for.</summary>
    public long OutsideRange { get; set; }

    /// <summary>Counts an event that is handed on.</summary>
    public void Count(in EventHeader header)
    {
        _devices[(int)header.State.DeviceBasis]++;
        _apps[(int)(header.App.IsNone ? AppGrade.Unknown : header.State.AppGrade)]++;
        if (_events++ == 0)
        {
            _from = _latest = header.Time;
            _to = header.End;
            _basis = header.State.TimeBasis;
            return;
        }
        if (header.Time >= _latest) _latest = header.Time;
        else CountLate(_latest - header.Time);
        if (header.Time < _from) _from = header.Time;
        if (header.End > _to) _to = header.End;
        if (header.State.TimeBasis > _basis) _basis = header.State.TimeBasis;
    }

    private void CountLate(TimeSpan by) => _late = (_late.Events + 1, by > _late.Longest ? by : _late.Longest);

    /// <summary>Counts an anomaly.</summary>
    public void Report(AnomalyKind kind, long position, string reason)
    {
        if (!_anomalies.TryGetValue(kind, out var tally)) _anomalies.Add(kind, tally = new Tally(position, reason));
        tally.Count++;
        if (LosesRecords(kind) && _state == FileState.Read) _state = FileState.ReadInPart;
    }

    /// <summary>The reading was cut short; what came before stands.</summary>
    public void CutShort(AnomalyKind kind, string reason)
    {
        Report(kind, 0, reason);
        _state = FileState.ReadInPart;
        _reason ??= reason;
    }

    /// <summary>It was not read at all.</summary>
    public void Refuse(FileState state, AnomalyKind kind, string reason)
    {
        Report(kind, 0, reason);
        _state = state;
        _reason = reason;
    }

    /// <summary>Begins anew: the file is read again.</summary>
    public void Reset()
    {
        _anomalies.Clear();
        _state = FileState.Read;
        _reason = null;
        _events = OutsideRange = Bytes = 0;
        _late = default;
        Records = -1;
        Array.Clear(_devices);
        Array.Clear(_apps);
    }

    public FileAccount ToFileAccount()
    {
        lock (Gate)
        {
            var anomalies = _anomalies.Select(pair => new AnomalyAccount(pair.Key, pair.Value.Count, pair.Value.Position, pair.Value.Reason));
            return new FileAccount(
                path, _state, Reader, Bytes, _events, [.. anomalies], _events > 0 ? (_from, _to) : null, _events > 0 ? _basis : null, _reason)
            {
                Records = Records >= 0 ? Records : null,
                Late = _late,
                Attribution = new AttributionAccount([.. Seen<DeviceBasis>(_devices)], [.. Seen<AppGrade>(_apps)]),
            };
        }
    }

    private static IEnumerable<(T, long)> Seen<T>(long[] counts)
        where T : struct, Enum =>
        Enum.GetValues<T>().Zip(counts).Where(pair => pair.Second > 0);

    // The others say that a record was taken with something missing from it, or is of no interest.
    private static bool LosesRecords(AnomalyKind kind) => kind is AnomalyKind.Truncated or AnomalyKind.Malformed or AnomalyKind.MissingField
        or AnomalyKind.TooLong or AnomalyKind.FutureTime or AnomalyKind.BadTime or AnomalyKind.LimitReached or AnomalyKind.Changed or AnomalyKind.Corrupt;

    private sealed class Tally(long position, string reason)
    {
        public long Count { get; set; }

        public long Position => position;

        public string Reason => reason;
    }
}
