using System.Text;
using Nightjar.Cli.Captures;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>How a tool outside of Nightjar is run, with scripts in its place.</summary>
public sealed class TsharkTests : IDisposable
{
    private static readonly TsharkLimits Strict = new() { Silence = TimeSpan.FromMilliseconds(300), Watch = TimeSpan.FromMilliseconds(50) };

    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_it_writes_is_read_and_what_it_gets_is_the_capture()
    {
        using var stream = Tool("cat").Dissect(new MemoryStream("packets"u8.ToArray()), [], TestContext.Current.CancellationToken);
        using var text = new StreamReader(stream);
        Assert.Equal("packets", text.ReadToEnd());
    }

    [Fact]
    public void Its_complaint_is_the_reason_and_what_came_before_stands()
    {
        using var stream = Tool("echo one; echo 'Running as user root' >&2; echo 'tshark: The capture is cut short.' >&2; echo >&2; exit 2").Dissect(Stream.Null, [], TestContext.Current.CancellationToken);
        using var text = new StreamReader(stream);
        Assert.Equal("one", text.ReadLine());
        Assert.Equal("tshark: The capture is cut short.", Assert.Throws<IOException>(() => text.ReadLine()).Message);
    }

    [Fact]
    public void One_that_is_silent_is_stopped()
    {
        using var stream = Tool(AfterTheTrial("sleep 60"), Strict).Dissect(Stream.Null, [], TestContext.Current.CancellationToken);
        Assert.Contains("silent", Assert.Throws<IOException>(() => stream.ReadByte()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Cancelling_ends_it()
    {
        using var cancellation = new CancellationTokenSource();
        using var waiting = Tool(AfterTheTrial("sleep 60")).Dissect(Stream.Null, [], cancellation.Token);
        cancellation.CancelAfter(TimeSpan.FromMilliseconds(100));
        Assert.ThrowsAny<OperationCanceledException>(() => waiting.ReadByte());
    }

    [Fact]
    public void Fields_that_it_does_not_know_are_not_asked_for()
    {
        var tool = Tool("for a; do if [ \"$a\" = new.field ]; then printf \"tshark: Some fields aren't valid:\\n\\tnew.field\\n\" >&2; exit 1; fi; done; echo \"$@\"");
        using var text = new StreamReader(tool.Dissect(Stream.Null, ["old.field", "new.field"], TestContext.Current.CancellationToken));
        Assert.EndsWith("-e old.field", text.ReadLine(), StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_looked_for_in_whole_paths_only()
    {
        Script("true");
        Assert.Null(Tshark.Find("."));
        Assert.Null(Tshark.Find(Path.Combine(_folder, "nowhere")));
        Assert.NotNull(Tshark.Find("relative" + Path.PathSeparator + _folder));
    }

    // The first run only asks which fields are known.
    private string AfterTheTrial(string script) => $"if [ ! -e '{_folder}/tried' ]; then touch '{_folder}/tried'; exit 0; fi; {script}";

    private Tshark Tool(string script, TsharkLimits? limits = null) => new(Script(script), limits ?? new TsharkLimits());

    private string Script(string text)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in is a shell script.");
        var path = Path.Combine(_folder, "tshark");
        File.WriteAllText(path, "#!/bin/sh\n" + text + "\n", new UTF8Encoding(false));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
