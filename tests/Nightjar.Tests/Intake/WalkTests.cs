using System.Diagnostics;
using System.Text;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Intake;

public sealed class WalkTests : IDisposable
{
    private static readonly List<InventedEvent> Events = [.. InventedEvent.Series(5)];

    private readonly IntakeBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Files_are_found_in_every_folder_and_accounted_for_in_path_order()
    {
        foreach (var name in (string[])["b/2.log", "a.log", "b/1.log", "a/z.log", "A.log", ".hidden"]) _bench.Write(name, Events);

        Assert.Equal(["in/.hidden", "in/A.log", "in/a.log", "in/a/z.log", "in/b/1.log", "in/b/2.log"], _bench.Run().Accounts.Select(account => account.Path));
    }

    [Fact]
    public void Paths_are_shown_as_the_user_gave_them()
    {
        var file = _bench.Write("folder/a.log", Events);

        Assert.Equal(["in/folder/a.log"], _bench.Run(_bench.PathOf("folder") + "/").Accounts.Select(account => account.Path));
        Assert.Equal(["in/folder/a.log"], _bench.Run(file).Accounts.Select(account => account.Path));
    }

    [Fact]
    public void Readers_are_told_the_place_below_the_path_that_was_given()
    {
        var file = _bench.Write("fleet/device-17/app.log", Events);
        _bench.Write("fleet/export.zip", IntakeBench.Zip(("device-18/app.log", InventedReader.File(Events))));

        Assert.Equal(["device-17/app.log", "export.zip/device-18/app.log"], Places(_bench.PathOf("fleet")));
        Assert.Equal(["app.log"], Places(file));
    }

    [Fact]
    public void A_file_that_is_reached_twice_is_read_once()
    {
        var file = _bench.Write("a.log", Events);
        File.CreateSymbolicLink(_bench.PathOf("b.log"), file);

        var run = _bench.Run(_bench.In, file, file);

        Assert.Equal(5, run.Events.Count);
        Assert.Equal("in/a.log", Assert.Single(run.Accounts).Path);
    }

    [Fact]
    public void Links_are_followed_and_a_folder_that_links_to_itself_is_named()
    {
        _bench.Write("a/b/c.log", Events);
        _bench.Write("a/d.log", new InventedEvent(1, "d"));
        Directory.CreateSymbolicLink(_bench.PathOf("a/b/up"), _bench.PathOf("a"));
        Directory.CreateSymbolicLink(_bench.PathOf("a/self"), ".");

        var run = _bench.Run(_bench.PathOf("a"));

        Assert.Equal(6, run.Events.Count);
        var loops = run.Accounts.Where(account => account.Anomalies.Any(anomaly => anomaly.Kind == AnomalyKind.Loop)).Select(account => account.Path);
        Assert.Equal(["in/a/b/up", "in/a/self"], loops);
    }

    [Fact]
    public void Links_that_lead_nowhere_or_in_a_circle_are_named_and_the_rest_is_read()
    {
        _bench.Write("good.log", Events);
        File.CreateSymbolicLink(_bench.PathOf("nowhere"), "missing");
        File.CreateSymbolicLink(_bench.PathOf("ring-1"), "ring-2");
        File.CreateSymbolicLink(_bench.PathOf("ring-2"), "ring-1");

        var run = _bench.Run();

        Assert.Equal(5, run.Events.Count);
        Assert.All((string[])["in/nowhere", "in/ring-1", "in/ring-2"], path => Assert.Equal(FileState.Unreadable, run[path].State));
    }

    [Fact]
    public void A_path_that_is_not_there_is_named_and_the_others_are_read()
    {
        var file = _bench.Write("a.log", Events);

        var run = _bench.Run(file, _bench.PathOf("missing"), _bench.PathOf("a\0b"), "-");

        Assert.Equal(5, run.Events.Count);
        Assert.Equal((FileState.Unreadable, "There is no such file or folder."), (run["in/missing"].State, run["in/missing"].Reason));
        Assert.Equal(FileState.Unreadable, run["in/a\uFFFDb"].State);
        Assert.Equal("There is no standard input.", run["-"].Reason);
    }

    [Fact]
    public void A_file_that_may_not_be_opened_is_named_and_the_others_are_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "Only an ordinary user can be kept from a file.");
        _bench.Write("a.log", Events);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(_bench.Write("b.log", Events), UnixFileMode.None);

        var run = _bench.Run();

        Assert.Equal((5, FileState.Unreadable), (run.Events.Count, run["in/b.log"].State));
    }

    [Fact]
    public void A_pipe_that_lies_about_in_a_folder_does_not_make_the_run_wait()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such pipes.");
        Process.Start("mkfifo", [_bench.PathOf("pipe")]).WaitForExit();
        _bench.Write("a.log", Events);

        var run = _bench.Run();

        Assert.Equal((5, FileState.Unrecognised), (run.Events.Count, run["in/pipe"].State));
    }

    [Fact]
    public async Task A_pipe_that_is_named_is_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such pipes.");
        var pipe = _bench.PathOf("pipe");
        Process.Start("mkfifo", [pipe]).WaitForExit();
        // Opening waits until the other side is open too.
        var writing = Task.Run(() => File.WriteAllText(pipe, InventedReader.File(Events)), TestContext.Current.CancellationToken);

        Assert.Equal(5, _bench.Run(pipe).Events.Count);
        await writing;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_standard_input_may_be_packed(int packing)
    {
        var text = InventedReader.File(Events);
        byte[] bytes = packing switch
        {
            0 => Encoding.UTF8.GetBytes(text),
            1 => IntakeBench.Gzip(text),
            2 => IntakeBench.Zip(("a.log", text)),
            _ => IntakeBench.Gzip(IntakeBench.Tar(("a.log", text))),
        };

        var run = _bench.Run(_bench.Options("-") with { StandardInput = new PipeStream(new MemoryStream(bytes)), LargeFile = 1 });

        Assert.Equal(Events.Select(item => item.Line), run.Events);
        Assert.Equal(packing < 2 ? "-" : "-!/a.log", Assert.Single(run.Accounts).Path);
        Assert.Empty(_bench.Leftovers);
    }

    [Fact]
    public void A_standard_input_that_fails_keeps_what_came_and_the_other_files()
    {
        _bench.Write("a.log", new InventedEvent(1, "a"));
        var text = Encoding.UTF8.GetBytes(InventedReader.File(InventedEvent.Series(5000)));

        var run = _bench.Run(_bench.Options("-", _bench.In) with { StandardInput = new PipeStream(new MemoryStream(text)) { FailAfter = 100_000 } });

        Assert.InRange(run.Events.Count, 1000, 4000);
        Assert.Equal((FileState.ReadInPart, "The other side went away."), (run["-"].State, run["-"].Reason));
        Assert.Equal(FileState.Read, run["in/a.log"].State);
    }

    [Fact]
    public void A_standard_input_that_gives_nothing_is_named()
    {
        var failing = _bench.Options("-") with { StandardInput = new PipeStream(new MemoryStream([1])) { FailAfter = 0 } };
        var empty = _bench.Options("-") with { StandardInput = new MemoryStream() };

        Assert.Equal(FileState.Unreadable, Assert.Single(_bench.Run(failing).Accounts).State);
        Assert.Equal("The file is empty.", Assert.Single(_bench.Run(empty).Accounts).Reason);
    }

    private List<string> Places(string path)
    {
        var places = new List<string>();
        _bench.Run(_bench.Options(path) with
        {
            Wrap = (session, file, format, place) =>
            {
                Assert.Equal(("invented", true), (format.Id, file.Path.EndsWith("app.log", StringComparison.Ordinal)));
                places.Add(place);
                return session;
            },
        });
        return places;
    }
}
