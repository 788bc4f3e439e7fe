using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Ocsf;
using Nightjar.Sinks.Records;
using Xunit;

namespace Nightjar.Tests.Sinks;

public sealed class EvidenceIndexTests
{
    [Fact]
    public void Finding_and_index_together_give_the_whole_finding_back() => Check.One(GeneratedFindings.Config, Prop.ForAll(
        GeneratedFindings.Any.ToArbitrary(),
        finding => FindingEquality.AssertSame(finding, Restore(finding), withProvenance: true)));

    [Fact]
    public void The_index_has_texts_whole_that_the_finding_cut()
    {
        var finding = new FindingBuilder("u", SampleFindings.Relay, SampleFindings.Pixel, "app")
            .Event("s", EventClass.LogLine, 1, 0, fields: (FieldId.Message, new string('x', 99_999))).Build();
        FindingEquality.AssertSame(finding, Restore(finding), withProvenance: true);
    }

    [Fact]
    public void Entries_of_other_findings_are_left_alone()
    {
        var finding = SampleFindings.LoadedCode();
        Assert.Same(finding, EvidenceIndexReader.Join(finding, Entries(SampleFindings.KeyExchange())));
    }

    [Theory]
    [InlineData("{", "it is no well-formed JSON")]
    [InlineData("{}", "it has no finding_uid")]
    [InlineData("{\"finding_uid\":\"x\"}", "it has no event")]
    public void What_is_no_entry_is_refused_with_a_reason(string line, string reason)
    {
        Assert.Null(EvidenceIndexReader.Read(Encoding.UTF8.GetBytes(line), out var told));
        Assert.Equal(reason, told);
    }

    [Fact]
    public void An_entry_of_a_later_version_reads_as_far_as_it_is_known()
    {
        const string line = """{"finding_uid":"f","event":{"time":"2026-01-01T00:00:00Z","fields":{"file.path":"/a","file.colour":"red","file.size":"big"},"state":{"app_state":"asleep"}}}""";
        var entry = EvidenceIndexReader.Read(Encoding.UTF8.GetBytes(line), out _);
        Assert.Equal("/a", Assert.Single(entry!.Evidence.Event.Fields).Value);
        Assert.Equal(AppState.Unknown, entry.Evidence.Event.State.AppState);
    }

    private static Finding Restore(Finding finding)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new OcsfFindingWriter().Write(finding, buffer);
        return EvidenceIndexReader.Join(OcsfFindingReader.Read(buffer.WrittenMemory, out _)!, Entries(finding));
    }

    private static List<EvidenceIndexEntry> Entries(Finding finding)
    {
        var buffer = new ArrayBufferWriter<byte>();
        EvidenceIndexWriter.Write(finding, buffer);
        return [.. Encoding.UTF8.GetString(buffer.WrittenSpan).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => EvidenceIndexReader.Read(Encoding.UTF8.GetBytes(line), out _)!)];
    }
}
