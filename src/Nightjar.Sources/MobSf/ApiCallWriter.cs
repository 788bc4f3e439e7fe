using System.Text;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Sources.Android;
using Nightjar.Sources.OcsfNdjson;

namespace Nightjar.Sources.MobSf;

/// <summary>Writes calls that a hook in a running app saw: class, method, arguments. They have an order and no times.</summary>
internal sealed class ApiCallWriter(SourceInput input)
{
    private const int Invoke = 3;
    private const int MaxArguments = 64 * 1024;

    private readonly JsonRecord _call = new("class", "method", "name", "calledFrom", "returnValue", "result");
    private readonly Remark _remark = new();
    private readonly RecordKey _key = new();
    private readonly Scratch _scratch = new();
    private byte[] _function = new byte[512];
    private bool _hasReportedTime;
    private long _count;

    /// <summary>True when the object tells of a call.</summary>
    public static bool IsCall(JsonRecord record) => !record.Text(0).IsEmpty && !record.Text(1).IsEmpty;

    /// <summary>Writes the call.</summary>
    /// <param name="json">The object.</param>
    /// <param name="app">The app in which it was seen; empty when the file does not tell.</param>
    /// <param name="offset">Where it stands.</param>
    /// <param name="batch">Where it goes.</param>
    public void Write(ReadOnlySpan<byte> json, ReadOnlySpan<byte> app, long offset, EventBatch batch)
    {
        if (!_call.TryRead(json) || !IsCall(_call))
        {
            batch.Report(AnomalyKind.Malformed, input.File.Number, offset, "The record is no call with class and method.");
            return;
        }
        if (!TryBegin(EventClass.ModuleActivity, Invoke, app, offset, batch)) return;
        batch.Set(FieldId.FunctionName, FunctionName(_call.Text(0), _call.Text(1)));
        WriteArguments(json, batch);
        batch.Set(FieldId.Message, _remark.Begin().Add("group"u8, _call.Text(2)).Add("called_from"u8, _call.Text(3)).Add("returned"u8, _call.Text(4)).ToSpan());
        Commit("call"u8, json, batch);
    }

    /// <summary>Begins an event at the time of the report; false when the file has no date.</summary>
    public bool TryBegin(EventClass kind, int activity, ReadOnlySpan<byte> app, long offset, EventBatch batch)
    {
        if (input.ReferenceTime is not { } time)
        {
            if (!_hasReportedTime) batch.Report(AnomalyKind.MissingField, input.File.Number, offset, "The report has no times and the file no date; state the reference time.");
            _hasReportedTime = true;
            return false;
        }
        batch.Begin(kind, activity, time, input.File.Number, offset);
        ref var header = ref batch.Current;
        header.Sequence = ++_count;
        header.LogName = batch.Intern("MobileEDR:telemetry"u8);
        header.Platform = Platform.Android;
        header.State.TimeBasis = TimeBasis.Reported;
        if (!AndroidPath.IsPackage(app)) return true;
        header.App = batch.Intern(app);
        header.State.AppGrade = AppGrade.Package;
        return true;
    }

    /// <summary>Makes the event part of the batch. Equal calls are different calls, so their place tells them apart.</summary>
    public void Commit(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> record, EventBatch batch)
    {
        batch.Current.Id = _key.Begin(kind).Add(record).Add(_count).ToId();
        batch.Commit();
    }

    // Frida calls a constructor "$init".
    private ReadOnlySpan<byte> FunctionName(ReadOnlySpan<byte> type, ReadOnlySpan<byte> method)
    {
        if (method.SequenceEqual("$init"u8) || method.SequenceEqual("$new"u8)) method = "<init>"u8;
        if (_function.Length < type.Length + 1 + method.Length) _function = new byte[type.Length + 1 + method.Length];
        type.CopyTo(_function);
        _function[type.Length] = (byte)'.';
        method.CopyTo(_function.AsSpan(type.Length + 1));
        return _function.AsSpan(0, type.Length + 1 + method.Length);
    }

    private void WriteArguments(ReadOnlySpan<byte> json, EventBatch batch)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonRecord.MaxDepth });
        while (reader.Read())
        {
            if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName || !reader.IsNamed("arguments"u8)) continue;
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.String) WriteText(reader.GetString()!, batch);
            else if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject && reader.TrySkip())
                WriteJson(json[start..(int)reader.BytesConsumed], batch);
            return;
        }
    }

    // Some versions write the array as text.
    private void WriteText(string text, EventBatch batch)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        if (utf8 is [(byte)'[' or (byte)'{', ..] && IsJson(utf8))
        {
            WriteJson(utf8, batch);
            return;
        }
        batch.Set(FieldId.ModuleArgs, utf8.AsSpan());
        ModuleArguments.ReadText(utf8, batch);
    }

    private void WriteJson(ReadOnlySpan<byte> json, EventBatch batch)
    {
        batch.Set(FieldId.ModuleArgs, json);
        if (json.Length <= MaxArguments) ModuleArguments.Read(json, batch, _scratch);
    }

    private static bool IsJson(byte[] utf8)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = JsonRecord.MaxDepth });
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped) _ = reader.GetString();
            }
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
