using System.Text;
using Nightjar.Events;
using Nightjar.Sources.Mapping.Plan;
using Nightjar.Sources.Mapping.Records;

namespace Nightjar.Sources.Mapping;

/// <summary>Makes the events of one record after the other. A record with very many is left and gone on with when the batch is full.</summary>
internal sealed class MappedWriter
{
    private readonly MappingPlan _plan;
    private readonly SourceInput _input;
    private readonly FieldWriter _fields;
    private readonly JsonValues?[] _items;
    private readonly RecordKey _key = new();
    private readonly JsonFingerprint _fingerprint = new();
    private RecordView _view = null!;
    private byte[] _record = new byte[1024];
    private int _recordLength;
    private byte[] _url = new byte[512];
    private UInt128? _recordId;
    private long _number;
    private int _rule;
    private int _item;
    private int _produced;
    private bool _isMatched;
    private long _unmatched;
    private long _firstUnmatched;

    public MappedWriter(MappingPlan plan, SourceInput input, UnmappedNames unmapped)
    {
        _plan = plan;
        _input = input;
        _fields = new FieldWriter(plan, input);
        _items = [.. plan.Events.Select(rule => rule.ItemPaths is { } paths ? new JsonValues(paths) { Unmapped = unmapped } : null)];
        _rule = plan.Events.Length;
    }

    /// <summary>Begins a record.</summary>
    public void Begin(RecordView view, ReadOnlySpan<byte> record, long number)
    {
        _view = view;
        _number = _fields.Number = number;
        _recordId = null;
        _rule = _item = _produced = 0;
        _isMatched = _plan.Ignored.Holds(view);
        if (_isMatched) _rule = _plan.Events.Length;
        if (_record.Length < record.Length) _record = new byte[Math.Max(record.Length, _record.Length * 2)];
        record.CopyTo(_record);
        _recordLength = record.Length;
    }

    /// <summary>Adds events of the record until it has no more or the batch is full; true when it has no more.</summary>
    public bool Continue(EventBatch batch)
    {
        for (; _rule < _plan.Events.Length; _rule++, _item = 0)
        {
            var rule = _plan.Events[_rule];
            if (rule.IsOtherwise && _isMatched && _item == 0) continue;
            if (!(rule.ForEach < 0 ? Once(rule, batch) : EachItem(rule, batch))) return false;
            if (_rule == _plan.Events.Length - 1) CountUnmatched();
        }
        return true;
    }

    /// <summary>Tells what no rule made an event of.</summary>
    public void End(EventBatch batch)
    {
        if (_unmatched == 0) return;
        batch.Report(AnomalyKind.UnknownKind, _input.File.Number, _firstUnmatched,
            $"{_unmatched} record{(_unmatched == 1 ? "" : "s")} of kinds that the mapping makes no event of, here first.");
        _unmatched = 0;
    }

    private void CountUnmatched()
    {
        if (_isMatched) return;
        if (_unmatched++ == 0) _firstUnmatched = _number;
    }

    private bool Once(EventRule rule, EventBatch batch)
    {
        if (_item > 0) return true;
        if (batch.IsFull) return false;
        _item = 1;
        Try(rule, batch, 0);
        return true;
    }

    private bool EachItem(EventRule rule, EventBatch batch)
    {
        var record = (JsonValues)_view.Record;
        var values = _items[_rule]!;
        for (; _item < record.ItemCount(rule.ForEach); _item++)
        {
            if (batch.IsFull) return false;
            values.Number = _number;
            values.TryRead(record.Item(rule.ForEach, _item));
            _view.Item = values;
            Try(rule, batch, _item);
        }
        _view.Item = null;
        return true;
    }

    private void Try(EventRule rule, EventBatch batch, int item)
    {
        if (!rule.When.Holds(_view)) return;
        _isMatched = true;
        if (!_fields.TryTime(rule.Time, _view, batch, out var time, out var basis)) return;
        batch.Begin(rule.Class, rule.Activity ?? 0, time, _input.File.Number, _number);
        ref var header = ref batch.Current;
        header.State.TimeBasis = basis;
        header.Platform = _plan.Format.Platform;
        if (_plan.LogName.Length > 0) header.LogName = batch.Intern(_plan.LogName);
        batch.Set(FieldId.ProductName, _plan.Product);
        foreach (var field in rule.Fields) _fields.Write(field, _view, batch);
        Complete(batch, rule);
        if (!HasDevice(batch))
        {
            batch.Abandon();
            batch.Report(AnomalyKind.MissingField, _input.File.Number, _number, "The record names no device.");
            return;
        }
        SetId(batch, item);
        batch.Commit();
        _produced++;
    }

    private bool HasDevice(EventBatch batch) => !batch.Current.Device.IsNone || _plan.Format.IsOneDevice || batch.IsSet(FieldId.SrcIp) || batch.IsSet(FieldId.DeviceIp);

    // What follows from what was set: the parts of a URL, the activity of a request.
    private void Complete(EventBatch batch, EventRule rule)
    {
        if (batch.IsSet(FieldId.UrlText)) CompleteUrl(batch);
        if (rule.Class == EventClass.HttpActivity && rule.Activity is null && batch.Current.Activity == 0 && batch.IsSet(FieldId.HttpMethod))
            batch.Current.Activity = (ushort)HttpActivities.OfMethod(batch.Symbols.Utf8(batch.CurrentSymbol(FieldId.HttpMethod)));
    }

    // Proxies write URLs without their scheme too.
    private void CompleteUrl(EventBatch batch)
    {
        var text = batch.CurrentText(FieldId.UrlText);
        if (_url.Length < text.Length) _url = new byte[text.Length * 2];
        text.CopyTo(_url);
        ReadOnlySpan<byte> url = _url.AsSpan(0, text.Length);
        var isPath = url.StartsWith("/"u8);
        var rest = UrlText.IsAbsolute(url) || isPath ? url : url[(url.IndexOf((byte)'/') is var slash and >= 0 ? slash : url.Length)..];
        if (!batch.IsSet(FieldId.UrlPath)) batch.Set(FieldId.UrlPath, UrlText.PathOf(rest));
        if (!isPath && !batch.IsSet(FieldId.UrlHostname)) batch.Set(FieldId.UrlHostname, Step.HostOfUrl(url));
    }

    // Of several events of one record only the first has the record's own id; the others must not be taken for it.
    private void SetId(EventBatch batch, int item)
    {
        if (batch.IsSet(FieldId.EventUid))
        {
            if (_produced > 0) batch.Set(FieldId.EventUid, [.. batch.CurrentText(FieldId.EventUid), (byte)'#', .. Encoding.ASCII.GetBytes($"{_produced + 1}")]);
            batch.Current.Id = EventIds.FromUid(batch.CurrentText(FieldId.EventUid));
            return;
        }
        batch.Current.Id = _key.Begin("mapped"u8).Add(_recordId ??= RecordId()).Add(_rule).Add(item).Add(batch.Current.Time.Micros).ToId();
    }

    private UInt128 RecordId()
    {
        var record = _record.AsSpan(0, _recordLength);
        return _plan.Layout == Layout.Json ? _fingerprint.Of(record) : EventIds.FromRecord(record);
    }
}
