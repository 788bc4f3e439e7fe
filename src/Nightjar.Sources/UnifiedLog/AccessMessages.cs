using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>What the keeper of permissions decided: a request is told in three messages of one number, a change of a permission in one.</summary>
internal sealed class AccessMessages(LogWriter writer)
{
    private const int Use = 3;
    private const int Assign = 1;
    private const int Revoke = 2;

    // Requests are answered within seconds; what waits longer has lost its answer.
    private const int MaxWaiting = 1024;

    private readonly Dictionary<string, Request> _waiting = new(StringComparer.Ordinal);

    public bool TryWrite(EventBatch batch, in LogEntry entry)
    {
        if (entry.Message.StartsWith("AUTHREQ_CTX: "u8)) return Learn(in entry);
        if (entry.Message.StartsWith("AUTHREQ_ATTRIBUTION: "u8)) return LearnApp(in entry);
        if (entry.Message.StartsWith("AUTHREQ_RESULT: "u8)) return TryWriteResult(batch, in entry);
        return TryWriteChange(batch, in entry);
    }

    private bool Learn(in LogEntry entry)
    {
        if (_waiting.Count >= MaxWaiting) _waiting.Clear();
        var service = MessageText.Until(MessageText.After(entry.Message, "service="u8), ", }"u8);
        var isUse = entry.Message.IndexOf("preflight=yes"u8) < 0;
        if (Number(in entry) is { Length: > 0 } number && SensorNames.OfService(service) is { } sensor) _waiting[number] = new Request(sensor, isUse, null);
        return false;
    }

    private bool LearnApp(in LogEntry entry)
    {
        var accessing = MessageText.After(entry.Message, "accessing={"u8);
        var app = MessageText.Until(MessageText.After(accessing, "identifier="u8), ", }"u8);
        if (!MessageText.IsBundle(app) || !_waiting.TryGetValue(Number(in entry), out var request)) return false;
        _waiting[Number(in entry)] = request with { App = System.Text.Encoding.ASCII.GetString(app) };
        return false;
    }

    // A use that was granted. Preflights only ask what the answer would be, and refused requests used nothing.
    private bool TryWriteResult(EventBatch batch, in LogEntry entry)
    {
        if (!_waiting.Remove(Number(in entry), out var request) || !request.IsUse || request.App is not { } app) return false;
        if (!MessageText.TryNumber(MessageText.After(entry.Message, "authValue="u8), out var value) || value != 2) return false;
        writer.Begin(batch, EventClass.SensorUse, Use, in entry);
        LogWriter.NameApp(batch, System.Text.Encoding.ASCII.GetBytes(app));
        batch.Set(FieldId.Sensor, request.Sensor);
        batch.Commit();
        return true;
    }

    // "Update Access Record: kTCCServiceMicrophone for com.example.courier to Allowed (…)"
    private bool TryWriteChange(EventBatch batch, in LogEntry entry)
    {
        var text = MessageText.After(entry.Message, "Update Access Record: "u8);
        var service = MessageText.Until(text, " "u8);
        var app = MessageText.Until(MessageText.After(text, " for "u8), " "u8);
        var answer = MessageText.After(text, " to "u8);
        var isAllowed = answer.StartsWith("Allowed"u8) || answer.StartsWith("Limited"u8);
        if (!isAllowed && !answer.StartsWith("Denied"u8) || service.IsEmpty || !MessageText.IsBundle(app)) return false;
        writer.Begin(batch, EventClass.UserAccess, isAllowed ? Assign : Revoke, in entry);
        LogWriter.NameApp(batch, app);
        batch.Add(FieldId.Privileges, service);
        batch.Commit();
        return true;
    }

    private static string Number(in LogEntry entry)
    {
        var number = MessageText.Until(MessageText.After(entry.Message, "msgID="u8), ", }"u8);
        return number.Length <= 32 ? System.Text.Encoding.UTF8.GetString(number) : "";
    }

    private readonly record struct Request(string Sensor, bool IsUse, string? App);
}
