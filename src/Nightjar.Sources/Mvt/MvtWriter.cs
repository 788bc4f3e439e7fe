using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Sources.PropertyList;

namespace Nightjar.Sources.Mvt;

/// <summary>Writes what is common to the events of MVT's results.</summary>
internal sealed class MvtWriter(SourceInput input, Func<EventBatch> batch)
{
    private readonly RecordKey _key = new();
    private readonly Remark _remark = new();
    private string _subject = "";

    /// <summary>The batch under way.</summary>
    public EventBatch Batch => batch();

    /// <summary>The platform of the module.</summary>
    public Platform Platform { get; set; }

    /// <summary>Where the result stands in the file.</summary>
    public long Position { get; set; }

    /// <summary>Reports the result instead of writing it.</summary>
    public void Refuse(AnomalyKind kind, string reason) => Batch.Report(kind, input.File.Number, Position, reason);

    /// <summary>Begins an event at a time that MVT wrote, without a zone: of an iPhone UTC, of an Android phone its own time. False, with a report, when it is none.</summary>
    public bool TryBegin(EventClass kind, int activity, string time, string app)
    {
        if (TryTime(time, out var at)) return Begin(kind, activity, at, Platform == Platform.IOS ? TimeBasis.Stated : TimeBasis.Assumed, app);
        Refuse(time.Length == 0 ? AnomalyKind.MissingField : AnomalyKind.BadTime, time.Length == 0 ? "The result has no time." : "The time of the result is none.");
        return false;
    }

    /// <summary>Begins an event that has no time of its own: it was so when MVT looked. False, with a report, when the file has no time either.</summary>
    public bool TryBeginNow(EventClass kind, int activity, string app)
    {
        if (input.ReferenceTime is { } time) return Begin(kind, activity, time, TimeBasis.Reported, app);
        Refuse(AnomalyKind.BadTime, "The result has no time, and the file has none either.");
        return false;
    }

    /// <summary>Reads a time as MVT writes it.</summary>
    public bool TryTime(string text, out Instant time) =>
        TimeText.TryParse(Encoding.UTF8.GetBytes(text), Platform == Platform.IOS ? TimeSpan.Zero : input.Settings.AssumedOffset, out time, out _);

    /// <summary>Adds to what the event says beyond its fields.</summary>
    public MvtWriter Say(string name, ReportNode value)
    {
        var text = value.Flag is { } flag ? flag ? "true" : "false" : value.Text;
        if (!MeaninglessText.Is(text)) _remark.Add(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(text.Length <= 256 ? text : text[..256]));
        return this;
    }

    /// <summary>Sets a number that may be written as a fraction or not at all; a negative one is left out.</summary>
    public void SetBytes(FieldId field, params ReadOnlySpan<ReportNode> parts)
    {
        var sum = 0.0;
        var isKnown = false;
        foreach (var part in parts)
        {
            if (!double.TryParse(part.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value is not (>= 0 and < 1e15)) continue;
            sum += value;
            isKnown = true;
        }
        if (isKnown) Batch.SetInteger(field, (long)sum);
    }

    /// <summary>Makes the event part of the batch. Equal results of two runs are one event.</summary>
    public void Commit()
    {
        Batch.Set(FieldId.Message, _remark.ToSpan());
        ref var header = ref Batch.Current;
        var time = header.State.TimeBasis == TimeBasis.Reported ? 0 : header.Time.Micros;
        header.Id = _key.Begin("mvt"u8).Add((long)header.Class).Add((long)header.Activity).Add(time).Add(header.End.Micros - header.Time.Micros)
            .Add(Encoding.UTF8.GetBytes(_subject)).Add(Batch.CurrentInteger(FieldId.BytesIn)).Add(Batch.CurrentInteger(FieldId.BytesOut)).Add(_remark.ToSpan()).ToId();
        Batch.Commit();
    }

    private bool Begin(EventClass kind, int activity, Instant time, TimeBasis basis, string app)
    {
        Batch.Begin(kind, activity, time, input.File.Number, Position);
        ref var header = ref Batch.Current;
        header.Platform = Platform;
        header.LogName = Batch.Intern(Platform == Platform.IOS ? "iOS:unifiedlog"u8 : "android:logcat"u8);
        header.State.TimeBasis = basis;
        _remark.Begin();
        _subject = app;
        if (MeaninglessText.Is(app)) return true;
        header.App = Batch.Intern(Encoding.UTF8.GetBytes(app));
        header.State.AppGrade = AppGrade.Package;
        return true;
    }
}
