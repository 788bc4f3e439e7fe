using System.Text;
using Nightjar.Events;
using Nightjar.Sources.PropertyList;

namespace Nightjar.Sources.AppleMdm;

/// <summary>Writes what is common to the events of a device's answer to its management.</summary>
internal sealed class MdmWriter(int file)
{
    private readonly RecordKey _key = new();
    private int _number;

    /// <summary>For what an answer says beyond the fields of an event.</summary>
    public Remark Remark { get; } = new();

    /// <summary>Where the answer stands in the file: for a file that is one answer, events are numbered from 1 instead.</summary>
    public long? Position { get; set; }

    /// <summary>Begins an event about the device of an answer.</summary>
    public void Begin(MdmAnswer answer, EventClass kind, int activity, EventBatch batch)
    {
        batch.Begin(kind, activity, answer.Time, file, Position ?? ++_number);
        ref var header = ref batch.Current;
        header.LogName = batch.Intern("iOS:MDMLog"u8);
        header.Platform = answer.Platform;
        header.State.TimeBasis = answer.Basis;
        header.State.IsManagedDevice = TriLogic.Of(answer.IsManaged);
        if (answer.Device.Length > 0) header.Device = batch.Intern(Encoding.UTF8.GetBytes(answer.Device));
        batch.Set(FieldId.DeviceName, answer.DeviceName);
    }

    /// <summary>Names the app.</summary>
    public static void NameApp(string bundle, EventBatch batch)
    {
        batch.Current.App = batch.Intern(Encoding.UTF8.GetBytes(bundle));
        batch.Current.State.AppGrade = AppGrade.Package;
    }

    /// <summary>Adds a remark when there is something to say.</summary>
    public MdmWriter Say(ReadOnlySpan<byte> name, ReportNode value)
    {
        var text = value.Flag is { } flag ? flag ? "true" : "false" : value.Text;
        Remark.Add(name, Encoding.UTF8.GetBytes(text.Length <= 256 ? text : text[..256]));
        return this;
    }

    /// <summary>Gives the event its id and makes it part of the batch. The same answer in two files, or in two forms, is one.</summary>
    public void Commit(MdmAnswer answer, ReadOnlySpan<byte> kind, string subject, EventBatch batch)
    {
        batch.Set(FieldId.Message, Remark.ToSpan());
        batch.Current.Id = _key.Begin("apple-mdm"u8).Add(kind).Add(Encoding.UTF8.GetBytes(answer.Device)).Add(Encoding.UTF8.GetBytes(answer.Command))
            .Add(answer.Basis == TimeBasis.Reported && answer.Command.Length > 0 ? 0 : answer.Time.Micros).Add(Encoding.UTF8.GetBytes(subject)).Add(Remark.ToSpan()).ToId();
        batch.Commit();
    }
}
