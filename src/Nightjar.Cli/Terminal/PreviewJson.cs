using System.Text.Json;
using Nightjar.Findings;
using Nightjar.Preview;

namespace Nightjar.Cli.Terminal;

/// <summary>A comparison of two policies as one JSON document (docs/reference/preview.md).</summary>
internal static class PreviewJson
{
    public static void Write(PolicyComparison comparison, Stream to) => Document(to, json =>
    {
        Side("before", comparison.Before, comparison.ExceptionsBefore, json);
        Side("after", comparison.After, comparison.ExceptionsAfter, json);
        json.WriteNumber("unchanged", comparison.Unchanged);
        List(json, "by_analytic", comparison.ByAnalytic, Write);
        List(json, "by_app", comparison.ByApp, Write);
        List(json, "by_group", comparison.ByGroup, Write);
        List(json, "by_telemetry_group", comparison.ByTelemetryGroup, Write);
        List(json, "changes", comparison.Changes, Write);
    });

    /// <summary>One indented object, with a line end.</summary>
    public static void Document(Stream to, Action<Utf8JsonWriter> content)
    {
        using var stream = to;
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }
        stream.Write("\n"u8);
    }

    /// <summary>A list of objects.</summary>
    public static void List<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    public static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    /// <summary>What a finding is about, as it is told by its own document.</summary>
    public static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("uid", finding.Uid);
        json.WriteString("analytic", finding.Analytic.Uid);
        if (finding.App is { } app) json.WriteString("app", app);
        json.WriteString("device", finding.Device.Uid);
        json.WriteString("start", finding.Start.ToString());
        json.WriteString("end", finding.End.ToString());
        json.WriteNumber("score", finding.Score);
        json.WriteString("title", finding.Title);
    }

    private static void Side(string name, JudgedRun run, IReadOnlyList<ExceptionUse> exceptions, Utf8JsonWriter json)
    {
        json.WriteStartObject(name);
        if (run.Policy is { } policy)
        {
            json.WriteString("name", policy.Policy.Name);
            json.WriteString("file", policy.Policy.File);
            json.WriteString("sha256", policy.Policy.Sha256);
        }
        json.WriteNumber("findings", run.Reported.Count);
        json.WriteNumber("hidden", run.Hidden.Count);
        json.WriteNumber("matches_left_out", run.MatchesLeftOut);
        List(json, "exceptions", exceptions, Write);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ExceptionUse use)
    {
        var item = use.Account;
        json.WriteString("id", item.Id);
        json.WriteString("owner", item.Owner);
        json.WriteString("expires", item.Expires.ToString());
        json.WriteNumber("hidden", item.Hidden);
        if (item.LastHidden is { } last) json.WriteString("last_hidden", last.ToString());
        Texts(json, "hidden_alone", use.Alone.Select(finding => finding.Uid));
        json.WriteNumber("missed_after_expiry", item.MissedAfterExpiry);
        if (item.LastMissed is { } missed) json.WriteString("last_missed", missed.ToString());
    }

    private static void Write(Utf8JsonWriter json, ChangeCount count)
    {
        json.WriteString("name", count.Name);
        json.WriteNumber("before", count.Before);
        json.WriteNumber("after", count.After);
        json.WriteNumber("gained", count.Gained);
        json.WriteNumber("lost", count.Lost);
        json.WriteNumber("rescored", count.Rescored);
    }

    private static void Write(Utf8JsonWriter json, FindingChange change)
    {
        json.WriteString("change", change.Kind.ToString().ToLowerInvariant());
        Write(json, change.Finding);
        if (change.Before is { } before) json.WriteNumber("score_before", before.Score);
        Texts(json, "hidden_by", change.HiddenBy);
        Texts(json, "why", change.Why);
        List(json, "scores", change.Scores, (writer, score) =>
        {
            writer.WriteString("name", score.Name);
            writer.WriteNumber("before", score.Before);
            writer.WriteNumber("after", score.After);
            writer.WriteString("reason", score.Reason);
        });
    }
}

/// <summary>Suggested exceptions as one JSON document (docs/reference/preview.md).</summary>
internal static class SuggestionJson
{
    public static void Write(SuggestionReport report, Stream to) => PreviewJson.Document(to, json =>
    {
        PreviewJson.List(json, "chosen", report.Chosen, PreviewJson.Write);
        PreviewJson.List(json, "suggestions", report.Suggestions, Write);
        PreviewJson.List(json, "uncovered", report.Uncovered, (writer, item) =>
        {
            PreviewJson.Write(writer, item.Finding);
            writer.WriteString("why", item.Why);
        });
    });

    private static void Write(Utf8JsonWriter json, Suggestion suggestion)
    {
        json.WriteString("id", suggestion.Exception.Id);
        json.WriteString("yaml", suggestion.Yaml);
        PreviewJson.Texts(json, "remarks", suggestion.Remarks.Select(item => item.Reason));
        PreviewJson.Texts(json, "covers", suggestion.Covers.Select(finding => finding.Uid));
        PreviewJson.List(json, "others", suggestion.Others, PreviewJson.Write);
        PreviewJson.List(json, "scenarios", suggestion.Scenarios, (writer, item) =>
        {
            writer.WriteString("name", item.Scenario);
            writer.WriteString("title", item.Title);
            writer.WriteBoolean("hidden", item.IsHidden);
            writer.WriteBoolean("hidden_as_written", item.IsHiddenAsWritten);
            PreviewJson.Texts(writer, "kept_by", item.KeptBy);
        });
    }
}
