using Nightjar.Scenarios.Reading;
using Nightjar.Scenarios.Telling;
using Xunit;

namespace Nightjar.Tests.Scenarios;

/// <summary>The form of scenario files: what is read, and how each mistake is told.</summary>
public sealed class ScenarioFormatTests
{
    private const string Events = SmallSuite.Head + "events: |\n  ";

    public static TheoryData<string, string> MistakesInLines => new()
    {
        { "12 load", "5:3 NJ2620 `12` is no time from the start." },
        { "+1x load", "5:3 NJ2620 `+1x` is no time from the start." },
        { "+1 laod", "5:6 NJ2621 `laod` is no kind of event." },
        { "+1", "5:5 NJ2621 The kind of event is missing." },
        { "+1 4001/6/7", "5:6 NJ2621 `4001/6/7` is no kind of event." },
        { "+1 load module.type", "5:11 NJ2622 `module.type` has no value." },
        { "+1 load module.type='dex", "5:23 NJ2622 A quote is never closed." },
        { "+1 load modul.type=dex", "5:11 NJ2623 `modul.type` is no field." },
        { "+1 flow traffic.bytes_in=many", "5:11 NJ2624 `traffic.bytes_in` cannot be `many`." },
        { "+1 flow dst_endpoint.ip=host", "5:11 NJ2624 `dst_endpoint.ip` cannot be `host`." },
        { "+1 app_state state=asleep", "5:16 NJ2624 `state` cannot be `asleep`." },
        { "+1 lock locked=yes", "5:11 NJ2624 `locked` cannot be `yes`." },
        { "+1 load time=5", "5:11 NJ2624 `time` cannot be `5`." },
        { "+1 flow for=long", "5:11 NJ2624 `for` cannot be `long`." },
        { "+1 flow times=0", "5:11 NJ2624 `times` cannot be `0`." },
        { "+1 file_create file.entropy=high", "5:18 NJ2624 `file.entropy` cannot be `high`." },
        { "+1 interaction last_user_interaction_time=17", "5:18 NJ2624 `last_user_interaction_time` cannot be `17`." },
        { "+1 load app=a.b actor.app_uid=c.d", "5:19 NJ2625 `actor.app_uid` is given twice." },
        { "+1 load id=a\n  +2 load id=a", "6:3 NJ2625 `a` is the id of another event too." },
    };

    public static TheoryData<string, string> MistakesInFiles => new()
    {
        { "title: [a", "NJ2601" },
        { "- a", "NJ2612" },
        { "title: a\nreason: b\nevents: +0 load", "3:9 NJ2612 The events are no literal block." },
        { "title: a\nreason: b\nevents: |\n  # nothing\n", "3:9 NJ2612 There is no event." },
        { "title: a\nreason: b\n", "1:1 NJ2610 `events` is missing." },
        { "reason: b\nevents: |\n  +0 load\n", "1:1 NJ2610 `title` is missing." },
        { "title: a\nevents: |\n  +0 load\n", "1:1 NJ2610 `reason` is missing." },
        { "title: a\nreason: b\nevent: x\nevents: |\n  +0 load\n", "3:1 NJ2611 `event` is not known here." },
        { "title: a\nreason: b\ndefaults: {platform: symbian}\nevents: |\n  +0 load\n", "3:22 NJ2613 `symbian` is no platform." },
        { "title: a\nreason: b\ndefaults: {start: yesterday}\nevents: |\n  +0 load\n", "3:19 NJ2613 `yesterday` is no time." },
        { "title: a\nreason: b\ntunables: {Windw: 1s}\nevents: |\n  +0 load\n", "3:12 NJ2614 T1 has no tunable `Windw`." },
        { "title: a\nreason: b\ntunables: {Window: soon}\nevents: |\n  +0 load\n", "3:12 NJ2614 `Window` cannot be this." },
        { "title: a\nreason: b\ntunables: {Window: 0s}\nevents: |\n  +0 load\n", "3:12 NJ2614 With these values T1 is refused. `within` is 0 s." },
        { "title: a\nreason: b\ntunables: {Window: 2h}\nevents: |\n  +0 load\n", "3:12 NJ2614 `Window` lies outside its range." },
    };

    [Theory]
    [MemberData(nameof(MistakesInLines))]
    public void A_mistake_in_a_line_is_told_with_its_place(string line, string expected) => Assert.Equal([expected], SmallSuite.Mistakes(Events + line + "\n"));

    [Theory]
    [MemberData(nameof(MistakesInFiles))]
    public void A_mistake_in_a_file_is_told_with_its_place(string text, string expected) =>
        Assert.Contains(expected, Assert.Single(SmallSuite.Mistakes(text)), StringComparison.Ordinal);

    [Fact]
    public void All_mistakes_are_told_at_once() =>
        Assert.Equal(["NJ2621", "NJ2623", "NJ2620", "NJ2621"], SmallSuite.Mistakes(Events + "+0 laod\n  +1 load a=b\n  x y\n").Select(item => item.Split(' ')[1]));

    [Fact]
    public void A_file_that_is_no_scenario_and_one_without_an_analytic_are_told_of()
    {
        Assert.Equal(["1:1 NJ2603 `maybe-a.yml` is neither fires-… nor quiet-…."], SmallSuite.Mistakes(SmallSuite.WriteThenLoad, "maybe-a.yml"));
        Assert.Equal(["1:1 NJ2603 `notes.md` is neither a scenario nor a golden text."], SmallSuite.Mistakes("", "notes.md"));
        Assert.Equal(["1:1 NJ2604 There is no analytic without mistakes in `small/scenarios/deeper`."], SmallSuite.Mistakes(SmallSuite.WriteThenLoad, "deeper/quiet-a.yml"));
        Assert.Contains(SmallSuite.Run(SmallSuite.Analytic(), ("fires-a.golden.txt", "")).Diagnostics, item => item.Code == "NJ2605");
    }

    [Fact]
    public void What_is_too_large_is_refused()
    {
        Assert.Contains("NJ2602", Assert.Single(SmallSuite.Mistakes(new string(' ', ScenarioReading.MaxLength + 1))), StringComparison.Ordinal);
        Assert.Contains("NJ2602", Assert.Single(SmallSuite.Mistakes(Events + "+0 load times=2000\n  +1 load")), StringComparison.Ordinal);
        Assert.Contains("NJ2602", Assert.Single(SmallSuite.Mistakes(Events + "+0 load module.type=" + new string('x', 5000))), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_mistake_has_a_test()
    {
        var tested = MistakesInLines.Concat(MistakesInFiles).Select(row => row.Data.Item2).Append("NJ2602 NJ2603 NJ2604 NJ2605").Append("BecauseTests NJ2615, InlineTests NJ2616").ToList();
        Assert.All(ScenarioRules.All, rule => Assert.Contains(tested, text => text.Contains(rule.Code, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_event_is_told_in_the_words_in_which_it_was_written()
    {
        const string Line = "+1m30.25s load log=EDR:x state=background locked=true install_source=sideload is_hearsay=true module.file.path=\"/data/data/com.example.torch/files/a b.dex\" module.file.hashes.value=aa,bb module.args='{\"a\": 1}' process.pid=7";
        var text = SmallSuite.One("fires-a.yml", Events + "+0 file_create file.entropy=7.25 file.path='/data/data/com.example.torch/files/a b.dex'\n  " + Line + "\n",
            SmallSuite.Analytic(rest: "  suppress: 10m\n")).Text;
        Assert.Empty(text);
        text = SmallSuite.One("fires-a.yml", "tunables: {Window: 5m}\n" + Events + "+0 file_create file.entropy=7.25 file.path='/data/data/com.example.torch/files/a b.dex'\n  " + Line + "\n").Text;
        Assert.Contains("    write  +0s file_create log=MobileEDR:telemetry file.path=\"/data/data/com.example.torch/files/a b.dex\" file.entropy=7.25\n", text, StringComparison.Ordinal);
        Assert.Contains("    load   " + Line + "\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Repeats_devices_records_without_an_app_and_comments_are_read()
    {
        var text = SmallSuite.One("fires-a.yml", SmallSuite.Head + """
            events: |
              # a comment alone

              +0 file_create times=3 every=10s app=com.example.b device=d2 file.path=/sdcard/a#b.dex   # and one behind
              +25 load app=com.example.b device=d2 module.file.path=/sdcard/a#b.dex
            """).Text;
        Assert.StartsWith("T1 com.example.b on d2: 60 (Medium)", text, StringComparison.Ordinal);
        Assert.Contains("+20s file_create", text, StringComparison.Ordinal);
        Assert.Contains("file.path=/storage/emulated/0/a#b.dex", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("+12.5", "+12.5s")]
    [InlineData("+90s", "+1m30s")]
    [InlineData("-1h", "-1h")]
    [InlineData("+250ms", "+0.25s")]
    [InlineData("+1d2h3m4.5s", "+1d2h3m4.5s")]
    [InlineData("+1us", "+0.000001s")]
    public void Times_are_read_and_written(string text, string written) => Assert.Equal(written, Offsets.Write(Offsets.Parse(text)!.Value));

    [Theory]
    [InlineData("12")]
    [InlineData("+")]
    [InlineData("+1m30")]
    [InlineData("+1.2.3")]
    [InlineData("+401d")]
    [InlineData("+999999999999d")]
    public void What_is_no_time_is_not_read(string text) => Assert.Null(Offsets.Parse(text));

    [Fact]
    public void A_difference_shows_what_changed_and_a_little_around_it() =>
        Assert.Equal("  c\n  d\n- e\n+ E\n  f\n  g\n", LineDiff.Of("a\nb\nc\nd\ne\nf\ng\nh\n", "a\nb\nc\nd\nE\nf\ng\nh\n"));
}
