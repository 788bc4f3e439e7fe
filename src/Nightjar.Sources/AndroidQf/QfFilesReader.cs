using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.AndroidQf;

/// <summary>The files on the device (<c>files.json</c>): when each was last written, whose it is, its hash. An array, or an object a line.</summary>
/// <remarks>The time of a file can be set by its owner. Links, sockets and folders hold no content and are left out.</remarks>
internal sealed class QfFilesReader : QfJsonReader
{
    public override SourceFormat Format { get; } = new("androidqf-files", "AndroidQF files.json", PositionKind.Offset)
    {
        LogNames = ["MobileEDR:telemetry"],
        Yields = [EventClass.FileActivity],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    protected override QfWriter NewWriter(QfEvents? events) => new Writer(events);

    private sealed class Writer(QfEvents? events) : QfWriter
    {
        private const int PathAt = 0, SizeAt = 1, ModeAt = 2, UserAt = 3, GroupAt = 4, ChangedAt = 5, ModifiedAt = 6, AccessAt = 7, ContextAt = 8, HashAt = 9,
            MimeAt = 10;
        private const int Update = 3;

        private readonly JsonRecord _file = new(
            "path", "size", "mode", "user_id", "group_id", "changed_time", "modified_time", "access_time", "context", "sha256", "mime_type");

        public override bool IsRecord(ReadOnlySpan<byte> json, string fileName) =>
            json[0] == (byte)'{' && _file.TryRead(json) && !_file.Text(PathAt).IsEmpty && _file.Has(ModifiedAt) && (_file.Has(ModeAt) || _file.Has(ChangedAt));

        public override bool TryWrite(ReadOnlySpan<byte> json, long offset, EventBatch batch)
        {
            if (json[0] != (byte)'{' || !_file.TryRead(json) || _file.Text(PathAt).IsEmpty) return false;
            var mode = _file.Text(ModeAt);
            if (!mode.IsEmpty && char.IsAsciiLetter((char)mode[0])) return true;
            if (!TimeText.TryEpochSeconds(_file.Text(ModifiedAt), out var time) || time.Micros == 0)
            {
                batch.Report(AnomalyKind.BadTime, events!.File, offset, "The file has no time of its last change.");
                return true;
            }
            events!.Begin(batch, EventClass.FileActivity, Update, time, offset);
            QfEvents.NameApp(batch, AndroidPath.PrivateOwner(_file.Text(PathAt)), AppGrade.Label);
            batch.Set(FieldId.FilePath, _file.Text(PathAt));
            if (_file.TryInteger(SizeAt, out var size) && size >= 0) batch.SetInteger(FieldId.FileSize, size);
            if (_file.TryInteger(UserAt, out var user) && user >= 0) batch.SetInteger(FieldId.EmitterUid, user);
            FileHash.TryAdd(batch, _file.Text(HashAt), 64);
            batch.Set(FieldId.FileMimeType, _file.Text(MimeAt));
            batch.Set(FieldId.FileMagic, MimeMagic.Of(_file.Text(MimeAt)));
            batch.Set(FieldId.Message, events.Remark.Begin().Add("mode"u8, mode).Add("group"u8, _file.Text(GroupAt)).Add("context"u8, _file.Text(ContextAt))
                .Add("changed"u8, _file.Text(ChangedAt)).Add("accessed"u8, _file.Text(AccessAt)).ToSpan());
            batch.Current.Id = events.Key.Begin("qf file"u8).Add(_file.Text(PathAt)).Add(time.Micros).Add(size).Add(_file.Text(HashAt)).ToId();
            batch.Commit();
            return true;
        }
    }
}
