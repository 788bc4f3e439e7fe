using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Turns the values of one record into an event. Knows nothing of how the values were found in the bytes.</summary>
/// <remarks>One per session, reused. Of an attribute that is given twice the last value counts. A value of the wrong type is
/// reported and, where its meaning is beyond doubt, taken all the same: a number written as text is still that number.</remarks>
internal sealed partial class OcsfRecord(SourceInput input, Scratch scratch)
{
    private readonly UnknownAttributes _unknown = new();
    private readonly RecordIds _ids = new();
    private readonly Symbol[] _apps = new Symbol[4];
    // The last log name of each class, as symbols of the batch's table.
    private readonly Symbol[] _logNames = new Symbol[EventClasses.Count];
    private SymbolTable? _symbols;
    private EventBatch _batch = null!;
    private long _line;
    private Required _seen;
    private Required _unusable;
    private UInt128 _longId;
    private bool _hasEnd;
    private long _duration;

    [Flags]
    private enum Required
    {
        None = 0,
        Time = 1,
        ClassUid = 2,
        Activity = 4,
        Device = 8,
        All = Time | ClassUid | Activity | Device,
    }

    /// <summary>Begins a record.</summary>
    public void Begin(EventBatch batch, long line)
    {
        if (!ReferenceEquals(batch.Symbols, _symbols)) ForgetSymbols();
        (_batch, _symbols) = (batch, batch.Symbols);
        _line = line;
        _seen = _unusable = Required.None;
        _hasEnd = false;
        _longId = default;
        _duration = -1;
        _reports = 0;
        _apps.AsSpan().Clear();
        batch.Begin(EventClass.Other, 0, default, input.File.Number, line);
    }

    private void ForgetSymbols()
    {
        Array.Clear(_logNames);
        _recent?.Clear();
    }

    /// <summary>Number of the record's class, as far as it is known yet.</summary>
    public int ClassNumber => (int)_batch.Current.Class;

    /// <summary>An attribute that the format does not have.</summary>
    public void Unknown(AttributeNode parent, ReadOnlySpan<byte> name) => _unknown.Count(parent, name, _line);

    /// <summary>Reports what was unknown in the whole file.</summary>
    public void ReportUnknown(EventBatch batch) => _unknown.Report(batch, input.File.Number);

    /// <summary>Ends the record: it becomes an event, or an anomaly when what every event needs is missing.</summary>
    /// <param name="line">The bytes of the record, its identity when it states none.</param>
    public void Complete(ReadOnlySpan<byte> line)
    {
        if (_seen != Required.All)
        {
            ReportMissing();
            _batch.Abandon();
            return;
        }
        CompleteTimes();
        CompleteApp();
        CompleteHost();
        var uid = _batch.CurrentText(FieldId.EventUid);
        _batch.Current.Id = _longId;
        _batch.Commit();
        if (_longId == default) _ids.Add(_batch, uid.IsEmpty ? line : uid);
    }

    /// <summary>Fills in the ids that are still owed; before the batch is handed on.</summary>
    public void FillIds(EventBatch batch) => _ids.Flush(batch);

    /// <summary>Drops the record.</summary>
    public void Abandon() => _batch.Abandon();

    private void CompleteTimes()
    {
        ref var header = ref _batch.Current;
        if (!_hasEnd) header.End = _duration > 0 ? header.Time + FromMillis(_duration) : header.Time;
        if (header.End >= header.Time) return;
        Report(AnomalyKind.BadValue, "end_time lies before time; the event is read as without length.");
        header.End = header.Time;
    }

    // In the life of an app the actor may be another one, the installer; the event is about the app that it names.
    private void CompleteApp()
    {
        ref var header = ref _batch.Current;
        var isAboutApp = header.Class is EventClass.ApplicationLifecycle or EventClass.SoftwareInfo;
        if (isAboutApp) header.App = _apps[(int)AppPlace.AppUid];
        for (var place = 0; place < _apps.Length && header.App.IsNone; place++) header.App = _apps[place];
        if (header.App.IsNone) return;
        header.State.AppGrade = _batch.IsSet(FieldId.AppSigner) ? AppGrade.PackageAndSigner : AppGrade.Package;
    }

    private void CompleteHost()
    {
        if (_batch.IsSet(FieldId.UrlHostname) || !_batch.IsSet(FieldId.UrlText)) return;
        var url = _batch.CurrentText(FieldId.UrlText);
        var scheme = url.IndexOf("://"u8);
        if (scheme <= 0) return;
        var authority = url[(scheme + 3)..];
        var end = authority.IndexOfAny("/?#\\"u8);
        if (end >= 0) authority = authority[..end];
        SetHost(authority[(authority.LastIndexOf((byte)'@') + 1)..]);
    }

    private void ReportMissing()
    {
        var missing = Required.All & ~_seen & ~_unusable;
        if (missing == Required.None) return;
        var names = new List<string>(4);
        if (missing.HasFlag(Required.Time)) names.Add("time");
        if (missing.HasFlag(Required.ClassUid)) names.Add("class_uid");
        if (missing.HasFlag(Required.Activity)) names.Add("activity_id");
        if (missing.HasFlag(Required.Device)) names.Add("device.uid");
        _batch.Report(AnomalyKind.MissingField, input.File.Number, _line, $"The record lacks {string.Join(", ", names)}, which every event needs.");
    }

    // Longer than all of history is as good as forever.
    private static TimeSpan FromMillis(long millis) => TimeSpan.FromMilliseconds(Math.Min(millis, 400_000_000_000_000));
}
