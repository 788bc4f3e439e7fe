using System.Text.RegularExpressions;
using Nightjar.Baselines;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Sinks;
using Nightjar.Sources.Intake;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>However many threads share a scan: every output is the same bytes, and nothing is left hanging when it ends before its time.</summary>
public sealed partial class ThreadsTests : IDisposable
{
    private const int Copies = 80;

    private static readonly int[] Several = [2, 3, 8, 64];

    private static readonly string[] FleetLines =
        [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples", "fleet", "edr")).Order(StringComparer.Ordinal).SelectMany(File.ReadLines).OrderBy(TimeOf)];

    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_that_is_streamed_gives_every_output_as_the_same_bytes()
    {
        WriteLarge("large.ndjson", Manifold());
        var expected = Outputs(1);
        Assert.True(expected["ocsf"].Length > 100_000);
        foreach (var threads in Several) Assert.Equal(expected, Outputs(threads));
    }

    [Fact]
    public void A_file_that_proves_out_of_order_at_its_end_begins_anew_and_says_the_same()
    {
        // The earliest line stands last: all that was handed on until then is to be forgotten.
        List<string> lines = [.. Manifold()];
        WriteLarge("large.ndjson", lines);
        // What was found is not changed by it; where the lines stand is.
        var inOrder = Positions().Replace(Outputs(1)["ocsf"], "");
        WriteLarge("large.ndjson", [.. lines.Skip(1), lines[0]]);
        var expected = Outputs(1);
        Assert.Equal(inOrder, Positions().Replace(expected["ocsf"], ""));
        foreach (var threads in Several)
        {
            var progress = new Listener(long.MaxValue);
            Assert.Equal(expected, Outputs(threads, progress));
            Assert.True(progress.BeganAnew);
        }
    }

    [Fact]
    public void Four_hundred_files_of_one_line_give_every_output_as_the_same_bytes()
    {
        foreach (var (line, index) in FleetLines.Select((line, index) => (line, index))) File.WriteAllText(Path.Combine(_folder, $"{index * 7919 % 400:d3}.ndjson"), line + "\n");
        var expected = Outputs(1);
        foreach (var threads in Several) Assert.Equal(expected, Outputs(threads));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Interrupted_in_the_middle_it_ends(int threads)
    {
        WriteLarge("large.ndjson", Manifold());
        using var stop = new CancellationTokenSource();
        var progress = new Listener(10_000, stop);
        Assert.ThrowsAny<OperationCanceledException>(() => Scan(threads, progress, stop.Token));
        Assert.InRange(progress.Events, 10_000, FleetLines.Length * Copies - 1);
    }

    private Dictionary<string, string> Outputs(int threads, Listener? progress = null)
    {
        var outcome = Scan(threads, progress, TestContext.Current.CancellationToken);
        var result = new RunResult(outcome.Summary, outcome.Findings);
        var outputs = SinkCatalog.All.ToDictionary(sink => sink.Id, sink => Written(sink, result), StringComparer.Ordinal);
        outputs.Add("learned", string.Join('\n', outcome.Learned!.Apps.SelectMany(outcome.Learned.Of)));
        return outputs;
    }

    private static string Written(ISink sink, RunResult result)
    {
        using var stream = new MemoryStream();
        sink.Write(result, stream);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private ScanOutcome Scan(int threads, IProgress<IntakeProgress>? progress, CancellationToken cancellation)
    {
        var symbols = new SymbolTable();
        var request = new ScanRequest { Paths = [_folder], Threads = threads, Now = Instant.FromMillis(1_800_000_000_000), Progress = progress };
        return new ScanRun(request, Catalogue.Load(null, symbols), symbols) { Learn = () => new BaselineLearning(symbols, ReferenceData.Shipped) }.Run(cancellation);
    }

    // The fleet many times over, each time as other devices: more than a file may have that is loaded, and than may be under way at a time.
    private static IEnumerable<string> Manifold() => FleetLines.SelectMany(line => Enumerable.Range(0, Copies).Select(copy => Names().Replace(line, $"$0-{copy}")));

    private void WriteLarge(string name, IEnumerable<string> lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        Assert.True(new FileInfo(path).Length > new IntakeOptions { Paths = [] }.LargeFile);
    }

    private static long TimeOf(string line) => long.Parse(Digits().Match(line).Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();

    [GeneratedRegex("(?<=\"uid\":\")[^\"]+")]
    private static partial Regex Names();

    [GeneratedRegex("line [0-9]+")]
    private static partial Regex Positions();

    /// <summary>Notices when events no longer count, and interrupts once so many were handed on.</summary>
    private sealed class Listener(long most, CancellationTokenSource? stop = null) : IProgress<IntakeProgress>
    {
        public long Events { get; private set; }

        public bool BeganAnew { get; private set; }

        public void Report(IntakeProgress value)
        {
            BeganAnew |= value.Events < Events;
            Events = value.Events;
            if (value.Events >= most) stop?.Cancel();
        }
    }
}
