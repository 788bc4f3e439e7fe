using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.Mapping;
using Xunit;

namespace Nightjar.Tests.Sources.Mapping;

/// <summary>Small mappings for tests: what is the same in each is put around what a test is about.</summary>
internal static class MappingText
{
    /// <summary>The head of a mapping of JSON records that have an id and a time.</summary>
    public const string Head =
        """
        mapping: test-source
        title: A source of tests
        product: Tests
        log-name: MobileEDR:telemetry
        recognise: {keys: [dev, t]}

        """;

    /// <summary>A mapping with one event for each record.</summary>
    public static string Of(string set, string top = "") =>
        Head + top + "\nevents:\n- class: log_line\n  activity: 1\n  set:\n    time: {from: t, format: [rfc3339, epoch]}\n    device.uid: dev\n"
        + string.Concat(set.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => "    " + line + "\n"));

    /// <summary>The reader of a mapping that has no mistake.</summary>
    public static ISourceReader Reader(string yaml)
    {
        var set = MappingLoader.Load([new MappingSource("test/mapping.yml", yaml)]);
        Assert.True(set.Readers.Count == 1, string.Join('\n', set.Diagnostics));
        return set.Readers[0];
    }

    /// <summary>The one event that a record gives.</summary>
    public static EvidenceEvent One(string yaml, string record) => Assert.Single(Reading.Of(Reader(yaml), record).Events);

    /// <summary>What a field of that event holds, as text; null when it holds nothing.</summary>
    public static string? Value(string set, string field, string record, string top = "")
    {
        var value = One(Of(set, top), record)[Nightjar.Events.FieldCatalog.Find(field)!.Id];
        return value is null ? null : value is string[] list ? string.Join('|', list) : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture);
    }
}
