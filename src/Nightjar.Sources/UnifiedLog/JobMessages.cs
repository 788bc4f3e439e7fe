using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>Background work that the scheduler took on, started, finished or gave up.</summary>
/// <remarks>The name of an activity is what its owner called it, <c>bgRefresh-com.example.courier.refresh</c>: no bundle id, so no app is named.</remarks>
internal sealed class JobMessages(LogWriter writer)
{
    private const int Create = 1;
    private const int Delete = 3;
    private const int Start = 6;

    private static readonly (byte[] Mark, int Activity)[] Marks =
    [
        ("Submitted"u8.ToArray(), Create), ("SUBMITTED"u8.ToArray(), Create), ("STARTING"u8.ToArray(), Start),
        ("COMPLETED"u8.ToArray(), EventClasses.OtherActivity), ("CANCELED"u8.ToArray(), Delete),
    ];

    public bool TryWrite(EventBatch batch, in LogEntry entry)
    {
        var message = entry.Message;
        foreach (var (mark, activity) in Marks)
        {
            var at = message.IndexOf(mark);
            if (at < 0) continue;
            var name = NameOf(message[(at + mark.Length)..]);
            if (name.IsEmpty) return false;
            writer.Begin(batch, EventClass.ScheduledJob, activity, in entry);
            batch.Set(FieldId.JobName, name);
            batch.Commit();
            return true;
        }
        return false;
    }

    // ": bgRefresh-com.example:041399 at …", " <_DASActivity: "bgRefresh-com.example", …>", ": 501:com.example.x:BB0E3B".
    private static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> text)
    {
        var quoted = MessageText.After(MessageText.Until(text, "\n"u8), "<_DASActivity: \""u8);
        var name = quoted.IsEmpty ? MessageText.Until(text.TrimStart(" :"u8), " ,\n"u8) : MessageText.Until(quoted, "\""u8);
        var user = name.IndexOf((byte)':');
        if (user is > 0 and < 7 && !name[..user].ContainsAnyExcept("0123456789"u8)) name = name[(user + 1)..];
        var serial = name.LastIndexOf((byte)':');
        if (serial > 0 && !name[(serial + 1)..].ContainsAnyExcept("0123456789ABCDEF"u8)) name = name[..serial];
        return MeaninglessText.Is(name) ? default : name;
    }
}
