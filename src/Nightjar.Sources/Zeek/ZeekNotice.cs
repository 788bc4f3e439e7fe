using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>notice.log: what Zeek's own scripts found worth telling. A judgement of another tool; it is kept, and no analytic takes it for traffic.</summary>
internal static class ZeekNotice
{
    public static void Write(in ZeekEvent e)
    {
        e.Begin(EventClass.Other, 0);
        e.Connection();
        e.Text(FieldId.LogTag, ZeekField.Note);
        e.Text(FieldId.Message, ZeekField.NoteText);
        e.Batch.Commit();
    }
}
