using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.AndroidQf;

/// <summary>The processes that ran during the acquisition (<c>processes.json</c>). When they began is not told, so none is a launch.</summary>
internal sealed class QfProcessesReader : QfJsonReader
{
    public override SourceFormat Format { get; } = new("androidqf-processes", "AndroidQF processes.json", PositionKind.Offset)
    {
        LogNames = ["MobileEDR:telemetry"],
        Yields = [EventClass.ProcessActivity],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    protected override QfWriter NewWriter(QfEvents? events) => new Writer(events);

    private sealed class Writer(QfEvents? events) : QfWriter
    {
        private const int PidAt = 0, ParentAt = 1, NameAt = 2, CommandAt = 3, ContextAt = 4, FolderAt = 5, PathAt = 6;
        private const int Other = 99;

        private readonly JsonRecord _process = new("pid", "ppid", "filename", "command_line", "context", "cwd", "path");
        private readonly byte[] _command = new byte[4096];

        public override bool IsRecord(ReadOnlySpan<byte> json, string fileName) =>
            json[0] == (byte)'{' && _process.TryRead(json) && _process.Has(PidAt) && _process.Has(ParentAt) && _process.Has(CommandAt) && _process.Has(ContextAt);

        public override bool TryWrite(ReadOnlySpan<byte> json, long offset, EventBatch batch)
        {
            if (json[0] != (byte)'{' || !_process.TryRead(json) || !_process.TryInteger(PidAt, out var pid)) return false;
            if (!events!.TryBeginReported(batch, EventClass.ProcessActivity, Other, offset)) return true;
            var command = CommandLine();
            // An app's process writes its name over its command line; the kernel cuts the other name at fifteen letters.
            var name = _process.Count(CommandAt) > 0 ? _process.Item(CommandAt, 0) : _process.Text(NameAt).Trim("()"u8);
            QfEvents.NameApp(batch, AndroidPath.PackageOfProcess(name), AppGrade.ProcessName);
            batch.Set(FieldId.ProcessName, name);
            batch.SetInteger(FieldId.ProcessId, pid);
            batch.Set(FieldId.ProcessCommandLine, command);
            batch.Set(FieldId.Message, events.Remark.Begin().Add("parent"u8, _process.Text(ParentAt)).Add("context"u8, _process.Text(ContextAt))
                .Add("folder"u8, _process.Text(FolderAt)).Add("path"u8, _process.Text(PathAt)).ToSpan());
            batch.Current.Id = events.Key.Begin("qf process"u8).Add(pid).Add(name).Add(command).Add(batch.Current.Time.Micros).ToId();
            batch.Commit();
            return true;
        }

        private ReadOnlySpan<byte> CommandLine()
        {
            var length = 0;
            for (var i = 0; i < _process.Count(CommandAt); i++)
            {
                var part = _process.Item(CommandAt, i);
                if (length + part.Length + 1 > _command.Length) break;
                if (length > 0) _command[length++] = (byte)' ';
                part.CopyTo(_command.AsSpan(length));
                length += part.Length;
            }
            return _command.AsSpan(0, length);
        }
    }
}
