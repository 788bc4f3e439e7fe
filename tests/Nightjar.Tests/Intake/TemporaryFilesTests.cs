using Nightjar.Events;
using Nightjar.Sources.Intake;
using Xunit;

namespace Nightjar.Tests.Intake;

public sealed class TemporaryFilesTests : IDisposable
{
    private readonly IntakeBench _bench = new();

    public TemporaryFilesTests()
    {
        var random = new Random(1);
        _bench.Write("a.log", InventedEvent.Series(16_000).OrderBy(_ => random.Next()));
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void They_are_private_while_they_are_there_and_gone_afterwards()
    {
        using (var intake = new EventIntake(Small(), new SymbolTable()))
        {
            using var steps = intake.Read(TestContext.Current.CancellationToken).GetEnumerator();
            Assert.True(steps.MoveNext());
            Assert.True(intake.SpilledRuns > 1);
            if (!OperatingSystem.IsWindows()) Assert.All(_bench.Leftovers, AssertPrivate);
        }

        Assert.Empty(_bench.Leftovers);
    }

    [Fact]
    public void They_are_not_made_when_memory_is_enough()
    {
        _bench.Run(_bench.Options() with { TempFolder = Path.Combine(_bench.Temp, "missing") });

        Assert.Empty(_bench.Leftovers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void They_are_gone_after_cancellation_while_loading(int threads)
    {
        using var stop = new CancellationTokenSource();
        var left = 12_000;
        var reader = new InventedReader { OnMessage = _ => { if (Interlocked.Decrement(ref left) == 0) stop.Cancel(); } };

        Assert.ThrowsAny<OperationCanceledException>(() => ReadAll(Small() with { Threads = threads, Recognise = IntakeBench.RecogniseWith(reader) }, stop.Token));

        Assert.Empty(_bench.Leftovers);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void They_are_gone_after_cancellation_while_events_are_handed_on(int threads)
    {
        _bench.Write("b.log", InventedEvent.Series(16_000, prefix: "f"));
        using var stop = new CancellationTokenSource();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            using var intake = new EventIntake(Small() with { Threads = threads, LargeFile = 1 }, new SymbolTable());
            foreach (var _ in intake.Read(stop.Token)) stop.Cancel();
        });

        Assert.Empty(_bench.Leftovers);
    }

    [Fact]
    public void They_are_gone_when_the_reading_is_given_up()
    {
        using (var intake = new EventIntake(Small() with { Threads = 2 }, new SymbolTable()))
        {
            foreach (var _ in intake.Read(TestContext.Current.CancellationToken)) break;
        }

        Assert.Empty(_bench.Leftovers);
    }

    [Fact]
    public void They_are_gone_after_a_reader_failed()
    {
        _bench.Write("b.log", [.. InventedEvent.Series(4000), new InventedEvent(1, "x", InventedReader.Failing)]);

        var run = _bench.Run(Small());

        Assert.Equal(20_000, run.Events.Count);
        Assert.Empty(_bench.Leftovers);
    }

    [Fact]
    public void A_folder_that_takes_no_files_stops_the_run_and_says_what_helps()
    {
        var blocked = _bench.Write("blocked", "a file where a folder should be");

        var error = Assert.ThrowsAny<IOException>(() => ReadAll(Small() with { TempFolder = blocked }, TestContext.Current.CancellationToken));

        Assert.Contains("name another folder", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_dead_run_left_behind_is_swept_and_what_a_living_one_uses_is_not()
    {
        var dead = Path.Combine(_bench.Temp, "nightjar-0123");
        Directory.CreateDirectory(dead);
        File.WriteAllText(dead + ".lock", "");
        File.WriteAllText(Path.Combine(dead, "1.part"), "left behind");
        File.WriteAllText(Path.Combine(_bench.Temp, "nightjar-notes.txt"), "somebody's own");
        using var living = new TemporaryFolder(_bench.Temp);
        using var file = living.CreateFile();
        var used = _bench.Leftovers.Count(path => !path.Contains("0123", StringComparison.Ordinal));

        _bench.Run();

        Assert.False(Directory.Exists(dead));
        Assert.False(File.Exists(dead + ".lock"));
        Assert.Equal(used, _bench.Leftovers.Count());
    }

    [Fact]
    public void Sweeping_removes_nothing_but_what_is_its_own()
    {
        var planted = Path.Combine(_bench.Temp, "nightjar-4567");
        Directory.CreateDirectory(planted);
        File.WriteAllText(planted + ".lock", "");
        File.WriteAllText(Path.Combine(planted, "letter.txt"), "somebody's own");
        File.WriteAllText(Path.Combine(_bench.Temp, "nightjar-89.lock"), "");
        Directory.CreateSymbolicLink(Path.Combine(_bench.Temp, "nightjar-89"), _bench.In);
        File.WriteAllText(_bench.PathOf("1.part"), "somebody's own");

        _bench.Run();

        Assert.True(File.Exists(Path.Combine(planted, "letter.txt")));
        Assert.True(File.Exists(_bench.PathOf("1.part")));
    }

    private IntakeOptions Small() => _bench.Options() with { MemoryBudget = 1 << 20 };

    private static void ReadAll(IntakeOptions options, CancellationToken cancellation)
    {
        using var intake = new EventIntake(options, new SymbolTable());
        foreach (var _ in intake.Read(cancellation))
        {
        }
    }

    private static void AssertPrivate(string path)
    {
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & others);
    }
}
