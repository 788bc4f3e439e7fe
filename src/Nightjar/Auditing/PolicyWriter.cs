using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Policies;
using Nightjar.Sinks.Records;

namespace Nightjar.Auditing;

/// <summary>Writes <c>policy.json</c>: which policy was in force, and each exception with its owner, its end and what it hid.</summary>
internal static class PolicyWriter
{
    public static void Write(EvidencePack pack, Stream output) => JsonLayout.WritePage(output, json =>
    {
        json.WriteStartObject();
        json.WriteOrigin();
        if (pack.AsOf is { } moment) json.WriteString("as_of", moment.ToString());
        if (pack.Policy?.Policy is not { } policy || pack.Result.Summary.Policy is not { } account) json.WriteNull("policy");
        else
        {
            json.WriteStartObject("policy");
            json.WriteString("name", policy.Name);
            json.WriteString("file", policy.File);
            json.WriteString("sha256", policy.Sha256);
            json.WriteNumber("findings_hidden", account.Hidden);
            json.WriteObjects("exceptions", account.Exceptions, item => Write(json, pack, policy.Exceptions.First(entry => entry.Id == item.Id), item));
            json.WriteEndObject();
        }
        json.WriteEndObject();
    });

    /// <summary>True when an exception had ended before the last event of the run.</summary>
    public static bool HasExpired(EvidencePack pack, Instant expires) => pack.Result.Summary.Span is { } span && expires <= span.To;

    private static void Write(Utf8JsonWriter json, EvidencePack pack, ExceptionEntry entry, ExceptionAccount account)
    {
        json.WriteString("id", entry.Id);
        json.WriteString("reason", entry.Reason);
        json.WriteString("owner", entry.Owner);
        json.WriteString("created", entry.Created.ToString());
        json.WriteString("expires", entry.Expires.ToString());
        json.WriteBoolean("expired_at_last_event", HasExpired(pack, entry.Expires));
        if (pack.AsOf is { } moment) json.WriteBoolean("expired_as_of", entry.Expires <= moment);
        json.WriteTexts("analytics", [.. entry.Analytics]);
        json.WriteTexts("apps", [.. entry.Scope.Apps]);
        json.WriteTexts("groups", [.. entry.Scope.Groups]);
        if (entry.Signer is not null) json.WriteString("signer", entry.Signer);
        json.WriteTexts("devices", [.. entry.Devices]);
        json.WriteTexts("destinations", [.. entry.Destinations]);
        json.WriteTexts("paths", [.. entry.Paths]);
        json.WriteNumber("hidden", account.Hidden);
        json.WriteNumber("hidden_alone", account.HiddenAlone);
        if (account.LastHidden is { } last) json.WriteString("last_hidden", last.ToString());
        json.WriteNumber("missed_after_expiry", account.MissedAfterExpiry);
        if (account.LastMissed is { } missed) json.WriteString("last_missed", missed.ToString());
    }
}
