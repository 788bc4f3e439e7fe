using FsCheck;
using FsCheck.Fluent;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Preview;
using Nightjar.Tests.Policies;
using Xunit;
using static Nightjar.Tests.Preview.PreviewBench;

namespace Nightjar.Tests.Preview;

/// <summary>Exceptions that are proposed for chosen findings.</summary>
public sealed class SuggestionTests
{
    private const string Signer = "6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b";

    private static readonly Policy Empty = new() { Name = "", File = "", Sha256 = "" };

    [Fact]
    public void It_names_analytic_app_signer_device_and_destination()
    {
        var run = new PreviewBench().Signed(A, Signer).Flow(0, A, "x.example").Flow(0, B, "x.example").Judge();
        var suggestion = Assert.Single(Suggest(run, finding => finding.App == A).Suggestions);
        Assert.Equal(
            $"""
              - id: example-a-p1
                analytics: [P1]
                apps: [{A}]
                signer: "{Signer}"
                devices: [phone-1]
                destinations: [x.example]
                # reason: why this is expected
                # owner: who answers for it
                created: 2026-01-01
                expires: 2027-01-01

            """.ReplaceLineEndings("\n"), suggestion.Yaml);
        Assert.Equal((1, 0), (suggestion.Covers.Count, suggestion.Others.Count));
    }

    [Fact]
    public void As_it_is_printed_no_policy_takes_it_and_with_reason_and_owner_it_does()
    {
        var run = new PreviewBench().Flow(0, A, "x.example").Judge();
        var report = Suggest(run, _ => true);
        var mistakes = SomePolicy.Read("policy: test\nexceptions:\n" + report.Suggestions[0].Yaml).Diagnostics;
        Assert.Equal(["`reason` is missing.", "`owner` is missing."], mistakes.Where(item => item.Severity == DiagnosticSeverity.Error).Select(item => item.Reason).OrderDescending());
        Assert.Empty(SomePolicy.Read("policy: test\n" + Finished(report)).Diagnostics);
    }

    [Fact]
    public void Paths_of_the_apps_own_folder_that_differ_in_numbers_become_one()
    {
        var run = new PreviewBench()
            .Write(0, A, $"/data/data/{A}/files/part-17.dex").Write(200, A, $"/data/data/{A}/files/part-4.dex").Write(400, A, "/storage/emulated/0/part-1").Write(600, A, "/storage/emulated/0/part-2").Judge();
        Assert.Equal([$"/data/data/{A}/files/part-*.dex", "/storage/emulated/0/part-1", "/storage/emulated/0/part-2"], Assert.Single(Suggest(run, _ => true).Suggestions).Exception.Paths);
    }

    [Fact]
    public void Devices_that_do_different_things_are_told_apart_where_one_exception_would_hide_more()
    {
        var bench = new PreviewBench().Flow(0, A, "x.example", device: "phone-1").Flow(0, A, "y.example", device: "phone-2");
        Assert.Single(Suggest(bench.Judge(), _ => true).Suggestions);
        bench.Flow(300, A, "y.example", device: "phone-1");
        var report = Suggest(bench.Judge(), finding => finding.Start < EngineStart(200));
        Assert.Equal(["example-a-p1", "example-a-p1-2"], report.Suggestions.Select(item => item.Exception.Id));
        Assert.All(report.Suggestions, item => Assert.Empty(item.Others));
    }

    [Fact]
    public void What_it_cannot_help_hiding_is_told()
    {
        var run = new PreviewBench().Flow(0, A, "x.example").Flow(300, A, "x.example").Judge();
        var suggestion = Assert.Single(Suggest(run, finding => finding.Start < EngineStart(200)).Suggestions);
        Assert.Equal(EngineStart(300), Assert.Single(suggestion.Others).Start);
    }

    [Fact]
    public void Many_devices_are_named_by_the_group_that_holds_them_all()
    {
        var bench = new PreviewBench();
        for (var i = 0; i < 12; i++) bench.Flow(0, A, "x.example", device: $"phone-{i}");
        const string Policy = "groups: {lab: {devices: ['phone-*']}}\nallow: [{groups: [lab], destinations: [other.example]}]";
        var (alone, grouped) = (Suggest(bench.Judge(), _ => true).Suggestions[0].Exception, Suggest(bench.Judge(Policy), _ => true).Suggestions[0].Exception);
        Assert.Equal((12, 0), (alone.Devices.Count, alone.Scope.Groups.Count));
        Assert.Empty(grouped.Devices);
        Assert.Equal(["lab"], grouped.Scope.Groups);
    }

    [Fact]
    public void What_lies_beyond_the_end_of_the_exception_remains_visible()
    {
        var run = new PreviewBench().Flow(0, A, "x.example").Judge();
        var early = new SuggestionDates(Dates.Created, Nightjar.Policies.Reading.DateText.Parse("2026-02-01")!.Value);
        var report = new SuggestionStudy(run, early, ReferenceData.Shipped).Suggest(run.Reported, [], PreviewBench.Sources);
        Assert.Equal("It is of after the day on which the exception would expire.", Assert.Single(report.Uncovered).Why);
    }

    [Fact]
    public void A_name_that_no_policy_can_say_is_not_suggested()
    {
        var run = new PreviewBench().Flow(0, "com.exämple.a", "x.example").Judge();
        var report = Suggest(run, _ => true);
        Assert.Empty(report.Suggestions);
        Assert.StartsWith("No policy would take the exception: ", Assert.Single(report.Uncovered).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Wildcards_in_names_that_telemetry_tells_stand_for_themselves()
    {
        var run = new PreviewBench().Write(0, A, "/sdcard/a*b?c\\d", "pho?e*").Write(0, A, "/sdcard/aXbYc\\d", "phoneX").Judge();
        var report = Suggest(run, finding => finding.Device.Uid == "pho?e*");
        Assert.Empty(report.Uncovered);
        Assert.Empty(Assert.Single(report.Suggestions).Others);
    }

    [Fact]
    public void A_narrow_one_warns_only_of_the_scenario_that_does_the_same()
    {
        var run = new PreviewBench().Flow(0, A, "x.example").Judge();
        var scenarios = Assert.Single(Suggest(run, _ => true).Suggestions).Scenarios;
        Assert.Equal([("fires-elsewhere", false, "destinations"), ("fires-same-host", true, "")], scenarios.Select(item => (item.Scenario, item.IsHidden, string.Join(' ', item.KeptBy))));
        Assert.DoesNotContain(scenarios, item => item.IsHiddenAsWritten);
    }

    [Fact]
    public void One_that_names_no_place_warns_of_every_scenario() =>
        Assert.True(Assert.Single(Assert.Single(Suggest(new PreviewBench().Start(0, A).Judge(), _ => true).Suggestions).Scenarios).IsHidden);

    [Fact]
    public void A_scenario_is_moved_into_the_apps_own_folder()
    {
        var run = new PreviewBench().Write(0, A, $"/data/data/{A}/files/part-1").Judge();
        Assert.True(Assert.Single(Assert.Single(Suggest(run, _ => true).Suggestions).Scenarios).IsHidden);
    }

    [Fact]
    public void Suggestions_hide_what_was_chosen_and_what_they_name_and_each_part_of_them_is_needed()
    {
        var (several, others) = (0, 0);
        var deed = Gen.Choose(0, 3 * 2 * 2 * 3 * 30 - 1);
        Property.Holds(Gen.Zip(deed.ListOf(), Gen.Choose(1, int.MaxValue)).ToArbitrary(), drawn =>
        {
            var bench = new PreviewBench();
            foreach (var number in drawn.Item1.Distinct()) Do(bench, number);
            var before = bench.Judge();
            bool IsChosen(Finding finding) => (finding.Uid[0] * 31 + finding.Uid[1] + drawn.Item2) % 3 == 0;
            if (!before.Reported.Any(IsChosen)) return true;
            var report = new SuggestionStudy(before, Dates, ReferenceData.Shipped).Suggest([.. before.Reported.Where(IsChosen)], [], []);
            several += report.Suggestions.Count > 2 ? 1 : 0;
            others += report.Suggestions.Any(item => item.Others.Count > 0) ? 1 : 0;
            var after = bench.Judge(Finished(report));
            var stays = after.Reported.Select(finding => (finding.Uid, finding.Count)).ToHashSet();
            Finding[] gone = [.. before.Reported.Where(finding => !stays.Contains((finding.Uid, finding.Count)))];
            var told = report.Suggestions.SelectMany(item => item.Others.Concat(item.Covers)).Select(finding => finding.Uid).ToHashSet();
            return report.Uncovered.Count == 0 && after.Reported.All(finding => !before.Reported.Any(item => item.Uid == finding.Uid && IsChosen(item)))
                && told.SetEquals(gone.Select(finding => finding.Uid)) && IsNeeded(report, before);
        });
        Assert.True(several > 50 && others > 50, $"Too few draws say anything: {several} with several suggestions, {others} that hide more than was chosen.");
    }

    // Without any one of its devices, places and paths something that was chosen would be told.
    private static bool IsNeeded(SuggestionReport report, JudgedRun run) => report.Suggestions.All(item =>
        Shortened(item.Exception).All(shorter =>
        {
            var cut = new Cut([shorter, .. report.Suggestions.Where(other => other != item).Select(other => other.Exception)], Empty);
            return report.Chosen.Any(finding => !run.Of(finding).All(cut.Covers));
        }));

    private static IEnumerable<ExceptionEntry> Shortened(ExceptionEntry item) =>
    [
        .. item.Devices.Where(_ => item.Devices.Count > 1).Select(one => item with { Devices = [.. item.Devices.Where(other => other != one)] }),
        .. item.Destinations.Where(_ => item.Destinations.Count > 1).Select(one => item with { Destinations = [.. item.Destinations.Where(other => other != one)] }),
        .. item.Paths.Where(_ => item.Paths.Count > 1).Select(one => item with { Paths = [.. item.Paths.Where(other => other != one)] }),
    ];

    private static void Do(PreviewBench bench, int number)
    {
        var (device, app, place, at) = ($"phone-{number % 3}", number / 3 % 2 == 0 ? A : B, number / 12 % 3, number / 36 * 20);
        if (number / 6 % 2 == 0) bench.Flow(at, app, $"h{place}.example", device: device);
        else bench.Write(at, app, place == 0 ? "/sdcard/one" : $"/data/data/{app}/files/{place}.dex", device);
    }

    private static Instant EngineStart(double seconds) => Nightjar.Tests.Engine.EventLine.Start + TimeSpan.FromSeconds(seconds);
}
