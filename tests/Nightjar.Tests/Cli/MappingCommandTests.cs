using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>The user's own mappings through the program's entry.</summary>
[Collection(TheConsole.Name)]
public sealed class MappingCommandTests : IDisposable
{
    private const string Mapping = """
        mapping: own-source
        title: A source of one's own
        product: Own
        log-name: MobileEDR:telemetry
        recognise: {keys: [own_id, own_time]}
        events:
        - class: log_line
          activity: 1
          set: {time: own_time, device.uid: own_id}

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-mapping-").FullName;

    private string Own => Path.Combine(_folder, "mapping.yml");

    private string Sample => Path.Combine(_folder, "samples", "lines.ndjson");

    public MappingCommandTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "samples"));
        File.WriteAllText(Own, Mapping);
        File.WriteAllText(Sample, """{"own_id":"own-7","own_time":"2026-03-02T08:00:00Z"}""" + "\n");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_sample_is_accepted_once_and_then_compared()
    {
        Assert.Equal(1, Run("sources", "test", _folder).Code);
        Assert.Contains("written: ", Run("sources", "test", _folder, "--accept").Output, StringComparison.Ordinal);
        Assert.Equal(0, Run("sources", "test", _folder).Code);
        File.AppendAllText(Sample, """{"own_id":"own-8","own_time":"2026-03-02T08:00:01Z"}""");
        var (code, output) = Run("sources", "test", _folder);
        Assert.Equal(1, code);
        Assert.Contains("own-8", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Mistakes_are_printed_with_their_place_and_end_with_their_own_code()
    {
        File.WriteAllText(Own, Mapping.Replace("device.uid", "device.uidd", StringComparison.Ordinal));
        var (code, output) = Run("sources", "lint", Own);
        Assert.Equal(2, code);
        Assert.Contains("mapping.yml:9:25: error NJ3010: `device.uidd` is no attribute of an event.", output, StringComparison.Ordinal);
        Assert.Equal(2, Run("scan", Sample, "--mapping", Own).Code);
        Assert.Equal(2, Run("sources", "--mapping", Own).Code);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_scan_reads_by_a_file_or_a_folder_of_them(bool isFolder)
    {
        Assert.Contains("no event could be read", Run("scan", Sample).Output.ReplaceLineEndings(" "), StringComparison.Ordinal);
        var (code, output) = Run("scan", Sample, "--mapping", isFolder ? _folder : Own);
        Assert.Equal(0, code);
        Assert.Contains("own-source", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_names_it_with_its_events()
    {
        Assert.DoesNotContain("own-source", Run("sources").Output, StringComparison.Ordinal);
        Assert.Contains("own-source", Run("sources", "--mapping", _folder).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_is_printed_for_editors() => Assert.StartsWith("{\n  \"$schema\"", Run("sources", "schema").Output, StringComparison.Ordinal);

    [Fact]
    public void A_mapping_without_a_sample_is_told_so()
    {
        Directory.Delete(Path.Combine(_folder, "samples"), recursive: true);
        var (code, output) = Run("sources", "lint", _folder);
        Assert.Equal(0, code);
        Assert.Contains("warning NJ3060", output, StringComparison.Ordinal);
    }

    private static (int Code, string Output) Run(params string[] args) => ProgramRun.Of(args);
}
