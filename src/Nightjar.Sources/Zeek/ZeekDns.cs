using Nightjar.Events;

namespace Nightjar.Sources.Zeek;

/// <summary>dns.log: a query and what was answered.</summary>
internal static class ZeekDns
{
    private const int Query = 1;

    public static void Write(in ZeekEvent e)
    {
        e.Begin(EventClass.DnsActivity, Query, ZeekField.Rtt);
        e.Connection();
        e.Text(FieldId.ProtocolName, ZeekField.Proto);
        e.Text(FieldId.QueryHostname, ZeekField.Query);
        e.Text(FieldId.QueryType, ZeekField.QueryTypeName);
        foreach (var answer in e.Record.Items(ZeekField.Answers)) Answer(e.Batch, answer);
        if (ZeekNumber.TryCount(e.Record[ZeekField.ResponseCode], out var code))
            e.Batch.SetInteger(FieldId.StatusId, code == 0 ? StatusIds.Success : StatusIds.Failure);
        e.Batch.Commit();
    }

    // Names and addresses in one form, so that they can be compared with those of other events. Other data (TXT) stays as it is.
    private static void Answer(EventBatch batch, ReadOnlySpan<byte> answer)
    {
        Span<byte> name = stackalloc byte[HostText.MaxLength];
        if (answer.Contains((byte)' ') || answer.Length > HostText.MaxLength) batch.Add(FieldId.AnswerData, answer);
        else batch.Add(FieldId.AnswerData, name[..HostText.WriteHost(answer, name)]);
    }
}
