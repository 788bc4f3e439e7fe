using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Sinks.Plain;
using Xunit;

namespace Nightjar.Tests.Sinks;

public sealed class PlainWordsTests
{
    [Theory]
    [InlineData(0.5, "500 ms")]
    [InlineData(0.000007, "7 µs")]
    [InlineData(12.318, "12.3 s")]
    [InlineData(59.99, "59.9 s")]
    [InlineData(60, "1 min")]
    [InlineData(3725, "1 h 2 min")]
    [InlineData(90_000, "1 d 1 h")]
    [InlineData(-61, "-1 min 1 s")]
    public void Lengths_read_as_people_say_them(double seconds, string text) => Assert.Equal(text, SinkWords.Length(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(1, "1 byte")]
    [InlineData(1023, "1,023 bytes")]
    [InlineData(48_213, "47.1 KiB")]
    [InlineData(long.MaxValue, "8192 PiB")]
    public void Sizes_read_as_people_say_them(long bytes, string text) => Assert.Equal(text, SinkWords.Size(bytes));

    [Fact]
    public void Every_enum_word_can_be_read_back()
    {
        foreach (var kind in Enum.GetValues<AnomalyKind>()) Assert.Equal(kind, SinkWords.FromSnake<AnomalyKind>(kind.Snake()));
        Assert.Equal("read_in_part", FileState.ReadInPart.Snake());
        Assert.Equal(StageState.NotObservable, SinkWords.FromSnake("no such word", StageState.NotObservable));
        // The words of the contract and the names of the enums must not part.
        foreach (var state in Enum.GetValues<AppState>()) Assert.Equal(state.Name(), state.Snake());
        foreach (var source in Enum.GetValues<InstallSource>()) Assert.Equal(source.Name(), source.Snake());
    }

    [Theory]
    [InlineData("a b c", 1, "a|b|c")]
    [InlineData("one two  three", 7, "one two|three")]
    [InlineData("abcdefgh", 3, "abc|def|gh")]
    [InlineData("ab cdefgh", 4, "ab|cdef|gh")]
    [InlineData("名前名前", 4, "名前|名前")]
    [InlineData("", 5, "")]
    public void Lines_break_at_words_and_inside_words_that_are_too_long(string text, int width, string lines) =>
        Assert.Equal(lines, string.Join('|', LineWrapper.Wrap(text, width)));

    [Fact]
    public void An_event_is_told_in_a_line()
    {
        var finding = SampleFindings.LoadedCode();
        var lines = finding.Evidence.Select(item => EventSentence.Of(item.Event)).ToList();
        Assert.Equal("app state changed", lines[0]);
        Assert.Equal(
            "network traffic: cdn.assets-mirror.example:443, tcp, TLS 1.3, GET, https://cdn.assets-mirror.example/t/7/banner.png, status 200, image/png, 47.1 KiB in, 1.1 KiB out, lasting 12.3 s",
            lines[2]);
        Assert.Equal("file created: /data/data/com.example.torch/files/.c/banner.png, 47.1 KiB, content dex, entropy 6.71 bits a byte", lines[3]);
        Assert.Equal("code loaded: /data/data/com.example.torch/files/.c/banner.png, by dalvik.system.DexClassLoader.<init>, dex", lines[4]);
        Assert.Equal("app in the background, device locked", EventSentence.StateOf(finding.Evidence[2].Event));
    }

    [Fact]
    public void Every_class_and_activity_has_words()
    {
        foreach (var kind in Enum.GetValues<EventClass>())
        {
            for (var activity = 0; activity < 10; activity++)
            {
                var finding = new FindingBuilder("u", SampleFindings.Relay, SampleFindings.Pixel, null).Event("s", kind, activity, 0).Build();
                Assert.NotEmpty(EventSentence.Of(finding.Evidence[0].Event));
            }
        }
    }

    [Fact]
    public void The_run_is_told_in_sentences()
    {
        Assert.Equal("4 findings on 3 of 5 devices: 1 high, 2 medium, 1 low.", RunSentence.Found(SampleRun.Result()));
        Assert.Equal("4 of 5 devices could not be checked fully: 2 in part, 2 not at all.", RunSentence.Unchecked(SampleRun.Summary()));
        Assert.Equal("4 of 6 files were read, 1 of them in part; 1 was not recognised, 1 could not be read.", RunSentence.Files(SampleRun.Summary()));
        Assert.Equal("Nothing was found on 1 device.", RunSentence.Found(SampleRun.Quiet()));
        Assert.Equal("Nothing can be said of 1 device: it could not be assessed.", RunSentence.Found(Silent(4)));
        Assert.Equal("Nothing can be said of 2 devices: none could be assessed.", RunSentence.Found(Silent(4, 4)));
        Assert.Equal("Nothing was found on the one device that could be assessed; 2 could not.", RunSentence.Found(Silent(1, 4, 4)));
        Assert.Equal("Nothing was found on the 2 devices that could be assessed; 1 could not.", RunSentence.Found(Silent(1, 2, 4)));
        Assert.Equal("Every analytic could see all it needs on every device.", RunSentence.Unchecked(SampleRun.Quiet().Summary));
        Assert.Equal("Nothing was checked: no event could be read.", RunSentence.Found(SampleRun.Empty()));
        Assert.Equal("No device was seen, so nothing could be checked.", RunSentence.Unchecked(SampleRun.Empty().Summary));
    }

    // Devices of the invented fleet in which nothing was found.
    private static RunResult Silent(params int[] devices) => new(SampleRun.Summary() with { Devices = [.. devices.Select(i => SampleRun.Summary().Devices[i])] }, []);

    [Fact]
    public void A_cold_start_is_said_aloud()
    {
        string? Say(bool isGiven, int mature, string[] young, string[] absent) => RunSentence.Baseline(SampleRun.Summary() with { Baseline = new BaselineAccount(isGiven, mature, young, absent) });
        Assert.Null(RunSentence.Baseline(SampleRun.Summary()));
        Assert.Null(Say(true, 0, [], []));
        Assert.Equal("No baseline was given: whether a destination is new is unknown for all 3 apps. --baseline names one.", Say(false, 0, [], ["a", "b", "c"]));
        Assert.Equal("The baseline says what is normal for 2 of 4 apps; for 2 it is unknown whether a destination is new: a (too young), b.", Say(true, 2, ["a"], ["b"]));
        Assert.Equal("The baseline says what is normal for 2 of 2 apps.", Say(true, 2, [], []));
        Assert.EndsWith(": a, b, c, d, e, f and 2 more.", Say(true, 2, [], ["a", "b", "c", "d", "e", "f", "g", "h"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_that_differ_are_not_called_the_same()
    {
        var finding = SampleFindings.LoadedCode();
        var other = finding with { Evidence = [.. finding.Evidence.Select((item, i) => i < 3 ? item : item with { Event = item.Event with { Activity = 9 } })] };
        Assert.ThrowsAny<Exception>(() => FindingEquality.AssertSame(finding, other));
    }
}
