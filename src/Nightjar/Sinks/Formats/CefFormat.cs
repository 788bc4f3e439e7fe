using System.Globalization;
using System.Text;
using Nightjar.Findings;

namespace Nightjar.Sinks.Formats;

/// <summary>ArcSight Common Event Format, one line for each finding, without a syslog header.</summary>
internal sealed class CefFormat : IFindingFormat
{
    // Connectors take 1,023 characters in most text fields.
    private const int MostOfText = 1_023;

    public string Id => "cef";

    public string Title => "ArcSight CEF 1, one line a finding";

    public void Write(IReadOnlyList<Finding> findings, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        foreach (var finding in findings) writer.WriteLine(Line(finding));
    }

    private static string Line(Finding finding)
    {
        string[] header = ["CEF:1", ProductInfo.Name, ProductInfo.Name, ProductInfo.Version, finding.Analytic.Uid, finding.Analytic.Name, Number(SeverityScale.Cef(finding.Severity))];
        var extension = Extension(finding).Where(item => !string.IsNullOrEmpty(item.Value)).Select(item => $"{item.Key}={InExtension(item.Value!)}");
        return string.Join('|', header.Select(InHeader)) + "|" + string.Join(' ', extension);
    }

    private static IEnumerable<(string Key, string? Value)> Extension(Finding finding)
    {
        var entities = FindingEntities.Of(finding);
        var peer = entities.FirstPeer;
        var file = entities.FirstFile;
        yield return ("rt", Number(finding.End.Millis));
        yield return ("start", Number(finding.Start.Millis));
        yield return ("end", Number(finding.End.Millis));
        yield return ("externalId", finding.Uid);
        yield return ("cnt", Number(finding.Count));
        yield return ("cat", finding.Analytic.Strategy);
        yield return ("msg", finding.Title);
        yield return ("reason", finding.Description);
        yield return ("shost", finding.Device.Name);
        yield return ("sproc", finding.App);
        yield return ("dhost", peer?.Host);
        yield return ("dst", peer?.Ip);
        yield return ("dpt", peer?.Port is { } port ? Number(port) : null);
        yield return ("request", entities.FirstUrl);
        yield return ("fname", file?.Name);
        yield return ("filePath", file?.Path);
        yield return ("fsize", file?.Size is { } size ? Number(size) : null);
        yield return ("fileHash", file?.FirstHash);
        foreach (var custom in Custom(finding)) yield return custom;
    }

    private static IEnumerable<(string Key, string? Value)> Custom(Finding finding)
    {
        (string Label, string Value)[] texts =
        [
            ("deviceUid", finding.Device.Uid),
            ("attackTechniques", string.Join(',', finding.Analytic.Techniques.Select(technique => technique.Uid).Distinct())),
            ("confidence", finding.Confidence.Caption()),
            ("stagesSeen", string.Join(',', finding.Stages.Where(stage => stage.State == StageState.Matched).Select(stage => stage.Id))),
            ("stagesNotObservable", string.Join(',', finding.Stages.Where(stage => stage.State == StageState.NotObservable).Select(stage => stage.Id))),
            ("context", string.Join(", ", finding.Context.Select(fact => $"{fact.Name}={fact.Value}"))),
        ];
        for (var i = 0; i < texts.Length; i++)
        {
            if (texts[i].Value.Length == 0) continue;
            yield return ($"cs{Number(i + 1)}", texts[i].Value);
            yield return ($"cs{Number(i + 1)}Label", texts[i].Label);
        }
        yield return ("cn1", Number(finding.Score));
        yield return ("cn1Label", "score");
    }

    // In the header a pipe ends a field and a line end the record.
    private static string InHeader(string text) =>
        Held(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("\r", " ", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);

    private static string InExtension(string text) =>
        Held(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("=", "\\=", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);

    private static string Held(string text)
    {
        if (text.Length <= MostOfText) return text;
        return text[..(char.IsHighSurrogate(text[MostOfText - 1]) ? MostOfText - 1 : MostOfText)];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
