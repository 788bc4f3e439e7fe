using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.Zeek;
using Xunit;

namespace Nightjar.Tests.Sources.Zeek;

/// <summary>Small invented logs in both forms.</summary>
internal static class ZeekLogText
{
    /// <summary>A log in columns.</summary>
    public static string Tsv(string path, string fields, params string[] rows) =>
        "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n" +
        $"#path\t{path}\n#open\t2026-03-01-08-00-00\n#fields\t{fields.Replace(' ', '\t')}\n#types\n" +
        string.Concat(rows.Select(row => row.Replace(' ', '\t') + "\n")) + "#close\t2026-03-01-09-00-00\n";

    /// <summary>The one event of a log in columns; spaces stand for tabs.</summary>
    public static EvidenceEvent OneOfTsv(string path, string fields, string row) => One(new ZeekTsvReader(), Tsv(path, fields, row));

    /// <summary>The one event of a record in JSON.</summary>
    public static EvidenceEvent OneOfJson(string record, string name = "example.log") => One(new ZeekJsonReader(), record, name);

    private static EvidenceEvent One(ISourceReader reader, string text, string name = "example.log")
    {
        var reading = Reading.Of(reader, text, new ReadingOptions { Name = name });
        Assert.True(reading.Anomalies.Count == 0, reading.Describe());
        return Assert.Single(reading.Events);
    }
}
