using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.AndroidQf;

/// <summary>One reading of one command's output.</summary>
internal sealed class QfLinesSession(SourceInput input) : LineSession(input)
{
    private const int Assign = 1;
    private const int Other = 99;
    private const int MaxHolders = 64;

    private readonly QfEvents _events = new(input);

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        switch (QfLinesReader.KindOf(line))
        {
            case QfLinesReader.LineKind.Property:
                WriteLine("getprop"u8, line, number, batch);
                break;
            case QfLinesReader.LineKind.Setting:
                WriteSetting(line, number, batch);
                break;
            case QfLinesReader.LineKind.Process:
                WriteProcess(line, number, batch);
                break;
            case QfLinesReader.LineKind.None:
                ReportLine(batch, number, "The line is no property, setting or process.");
                break;
        }
    }

    private void WriteLine(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (!_events.TryBeginReported(batch, EventClass.LogLine, 1, number)) return;
        batch.Set(FieldId.LogTag, tag);
        batch.Set(FieldId.Message, line);
        Commit(tag, line, batch);
    }

    private void WriteSetting(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var equals = line.IndexOf((byte)'=');
        var name = line[..equals];
        var privilege = SpecialAccess.PrivilegeOf(name);
        if (privilege.IsEmpty)
        {
            WriteLine("settings"u8, line, number, batch);
            return;
        }
        var list = line[(equals + 1)..];
        for (var i = 0; i < MaxHolders && SpecialAccess.NextHolder(ref list) is { IsEmpty: false } holder; i++)
        {
            if (!_events.TryBeginReported(batch, EventClass.UserAccess, Assign, number)) return;
            // After the inventory of the same moment, which states the permissions as a whole.
            batch.Current.Sequence = 2;
            QfEvents.NameApp(batch, holder, AppGrade.Package);
            batch.Add(FieldId.Privileges, privilege);
            batch.Set(FieldId.LogTag, name);
            Commit(name, holder, batch);
        }
    }

    private void WriteProcess(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        Span<Range> columns = stackalloc Range[9];
        QfLinesReader.Columns(line, columns);
        if (!_events.TryBeginReported(batch, EventClass.ProcessActivity, Other, number)) return;
        var name = line[columns[8]].TrimEnd((byte)' ');
        QfEvents.NameApp(batch, AndroidPath.PackageOfProcess(name), AppGrade.ProcessName);
        batch.Set(FieldId.ProcessName, name);
        if (QfLinesReader.TryNumber(line[columns[1]], out var pid)) batch.SetInteger(FieldId.ProcessId, pid);
        if (AndroidUid.Parse(line[columns[0]]) is >= 0 and var uid) batch.SetInteger(FieldId.EmitterUid, uid);
        batch.Set(FieldId.LogTag, "ps"u8);
        Commit("ps"u8, line, batch);
    }

    private void Commit(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> record, EventBatch batch)
    {
        batch.Current.Id = _events.Key.Begin("qf line"u8).Add(kind).Add(record).Add(batch.Current.Time.Micros).ToId();
        batch.Commit();
    }
}
