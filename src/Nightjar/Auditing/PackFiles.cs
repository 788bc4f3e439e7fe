using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Html;
using Nightjar.Sinks.Navigator;
using Nightjar.Sinks.Ocsf;
using Nightjar.Sinks.Records;

namespace Nightjar.Auditing;

/// <summary>The files of an evidence pack but for its manifests.</summary>
public static class PackFiles
{
    /// <summary>The files, in the order in which the README lists them.</summary>
    public static IReadOnlyList<PackFile> Of(EvidencePack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var answers = StrategyAnswer.Of(pack);
        List<PackFile> files = [.. Answers(pack, answers), .. Grounds(pack), .. Findings(pack)];
        files.Insert(0, new PackFile("README.md", "this", output => PackReadme.Write(pack, files, output)));
        return files;
    }

    private static IEnumerable<PackFile> Answers(EvidencePack pack, IReadOnlyList<StrategyAnswer> answers) =>
    [
        new("answers.md", "for every strategy and platform: covered or not, since when, how that is known, what cannot be seen", output => AnswersPage.Write(pack, answers, output)),
        new("answers.json", "the same for machines, with every device", output => AnswersJson.Write(answers, output)),
        new("blind-spots.md", "all that could not be seen, was not read, or was hidden on purpose", output => BlindSpotsPage.Write(pack, answers, output)),
        Of(pack, new CoverageSink(), "what came from each device, and what each analytic could see with it"),
        Of(pack, new CoverageCsvSink(), "the same, a row for each run of days"),
        new("coverage-by-day.csv", "for each day, strategy and platform the devices by how well they could be seen on", output => AnswersJson.WriteDays(pack.Result.Summary, answers, output)),
        Of(pack, new NavigatorSink(), "coverage of techniques, a layer of the ATT&CK Navigator"),
    ];

    private static IEnumerable<PackFile> Grounds(EvidencePack pack)
    {
        yield return new("monitored.json", "devices, groups, platforms, log sources, files", output => MonitoredWriter.Write(pack, output));
        yield return new("monitored.csv", "the devices", output => MonitoredWriter.WriteDevices(pack.Result.Summary, output));
        yield return new("files.csv", "the files that were read and judged by, with their SHA-256", output => MonitoredWriter.WriteFiles(pack, output));
        yield return new("analytics.json", "the analytics with the SHA-256 of their files, of ATT&CK's objects and of the reference data", output => AnalyticsWriter.Write(pack, output));
        yield return new("tunables.csv", "every value in force, its default and who set it", output => AnalyticsWriter.WriteTunables(pack, output));
        yield return new("policy.json", "the policy and its exceptions with owner, end and what each hid", output => PolicyWriter.Write(pack, output));
        if (pack.Policy is not null) yield return new("policy.yml", "the file of the policy as it was given", output => output.Write(pack.PolicyText.Span));
        yield return new("scenarios.json", "how the analytics were tested", output => ScenariosWriter.Write(pack, output));
    }

    private static IEnumerable<PackFile> Findings(EvidencePack pack) =>
    [
        Of(pack, new OcsfSink(), "what was reported, as OCSF Detection Findings"),
        new("hidden.ndjson", "what exceptions hid, in the same form with the ids of the exceptions", output => new OcsfFindingWriter().Write(pack.Hidden.Order(ReportOrder.ByTime), output)),
        new("handling.csv", "every finding with what was done about it", output => HandlingTable.Write(pack, output)),
        Of(pack, new HtmlSink(), "the report"),
        Of(pack, new RunSink(), "how each file was read"),
    ];

    private static PackFile Of(EvidencePack pack, ISink sink, string about) => new(sink.FileName, about, output => sink.Write(pack.Result, output));
}
