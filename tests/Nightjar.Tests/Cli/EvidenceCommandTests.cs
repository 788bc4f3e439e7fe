using System.Text.Json.Nodes;
using Nightjar.Cli;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>Evidence packs over the sample fleet.</summary>
[Collection(TheConsole.Name)]
public sealed class EvidenceCommandTests : IDisposable
{
    // One analytic for each platform keeps the scenarios few.
    private const string Some = "AN1762,AN1763";

    private static readonly string Samples = Path.Combine(Repository.Root, "samples");

    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_input_gives_the_same_bytes_with_any_number_of_threads()
    {
        var (one, two, again) = (Make("one", "--threads", "1"), Make("two", "--threads", "2"), Make("again", "--threads", "2"));
        var names = Names(one);
        Assert.Contains("policy.yml", names);
        foreach (var other in new[] { two, again })
        {
            Assert.Equal(names, Names(other));
            foreach (var name in names) Assert.True(File.ReadAllBytes(Path.Combine(one, name)).SequenceEqual(File.ReadAllBytes(Path.Combine(other, name))), $"{name} differs in {other}.");
        }
        Assert.DoesNotContain(names, name => File.ReadAllText(Path.Combine(one, name)).Contains(one, StringComparison.Ordinal));
    }

    [Fact]
    public void Verifying_names_what_was_changed_removed_and_added()
    {
        var pack = Make("pack");
        var (code, text) = ProgramRun.Of("evidence", "verify", pack);
        Assert.Equal(ExitCode.Done, code);
        var seal = text.Trim().Split('\n')[^1];
        Assert.Equal(ExitCode.Done, ProgramRun.Of("evidence", "verify", pack, "--seal", seal).Code);

        var answers = Path.Combine(pack, "answers.json");
        var bytes = File.ReadAllBytes(answers);
        bytes[^3] ^= 1;
        File.WriteAllBytes(answers, bytes);
        File.Delete(Path.Combine(pack, "hidden.ndjson"));
        File.WriteAllText(Path.Combine(pack, "more.txt"), "");
        (code, text) = ProgramRun.Of("evidence", "verify", pack);
        Assert.Equal(ExitCode.Found, code);
        Assert.Equal(["changed     answers.json", "missing     hidden.ndjson", "added       more.txt", "3 differences: the pack is not as it was made."], text.TrimEnd().Split('\n'));
    }

    [Fact]
    public void A_manifest_that_was_made_anew_is_told_by_the_seal()
    {
        var pack = Make("pack");
        var (code, text) = ProgramRun.Of("evidence", "verify", pack, "--seal", new string('0', 64));
        Assert.Equal(ExitCode.Found, code);
        Assert.StartsWith("resealed", text, StringComparison.Ordinal);
        File.Delete(Path.Combine(pack, "manifest.sha256"));
        Assert.Equal(ExitCode.Found, ProgramRun.Of("evidence", "verify", pack).Code);
    }

    [Fact]
    public void Without_one_input_coverage_answers_and_blind_spots_change_alike()
    {
        var (whole, less) = (Make("whole"), Path.Combine(_folder, "less"));
        Assert.Equal(ExitCode.Done, ProgramRun.Of("evidence", Path.Combine(Samples, "fleet/gateway"), Path.Combine(Samples, "fleet/pixel-17"), "--analytics", Some, "--output", less).Code);
        Assert.Equal(("in_part", "not_assessed"), (Answer(whole, "iOS")["covered"]!.GetValue<string>(), Answer(less, "iOS")["covered"]!.GetValue<string>()));
        Assert.Null(Answer(less, "iOS")["since"]);
        Assert.Empty(Answer(less, "iOS")["devices"]!.AsArray());
        Assert.DoesNotContain("iphone-0007", File.ReadAllText(Path.Combine(less, "coverage.json")), StringComparison.Ordinal);
        Assert.Contains("iphone-0007", File.ReadAllText(Path.Combine(whole, "coverage.json")), StringComparison.Ordinal);
        Assert.Contains("Asymmetric Cryptography | iOS | not assessed |", File.ReadAllText(Path.Combine(less, "blind-spots.md")), StringComparison.Ordinal);
        Assert.Contains("Asymmetric Cryptography | iOS | in part |", File.ReadAllText(Path.Combine(whole, "blind-spots.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_counts_every_day_of_every_device_and_claims_no_more()
    {
        var answer = Answer(Make("pack"), "iOS");
        var devices = answer["devices"]!.AsArray();
        foreach (var kind in new[] { "runnable", "degraded", "blind", "not_assessed" })
            Assert.Equal(devices.Sum(device => device!["days"]![kind]!.GetValue<int>()), answer["days"]![kind]!.GetValue<int>());
        Assert.True(answer["days"]!["degraded"]!.GetValue<int>() > 0);
        Assert.NotEqual("fully", answer["covered"]!.GetValue<string>());
        Assert.Equal(devices.Select(device => (string?)device!["since"]).OfType<string>().Min(StringComparer.Ordinal), answer["since"]!.GetValue<string>());
    }

    [Fact]
    public void What_an_exception_hides_is_there_and_one_that_has_expired_is_called_so()
    {
        var pack = Path.Combine(_folder, "pack");
        Assert.Equal(ExitCode.Done, ProgramRun.Of("evidence", Path.Combine(Samples, "fleet"), "--policy", Path.Combine(Samples, "policy.yml"), "--analytics", "AN1770,AN1848", "--output", pack, "--as-of", "2026-05-01").Code);
        var exceptions = JsonNode.Parse(File.ReadAllText(Path.Combine(pack, "policy.json")))!["policy"]!["exceptions"]!.AsArray();
        var (messages, trial) = (exceptions.Single(item => (string)item!["id"]! == "torch-messages")!, exceptions.Single(item => (string)item!["id"]! == "torch-trial")!);
        Assert.Equal((true, true, 1), ((bool)messages["expired_at_last_event"]!, (bool)messages["expired_as_of"]!, (int)messages["missed_after_expiry"]!));
        Assert.Equal((false, true, 1), ((bool)trial["expired_at_last_event"]!, (bool)trial["expired_as_of"]!, (int)trial["hidden"]!));
        var hidden = JsonNode.Parse(Assert.Single(File.ReadAllLines(Path.Combine(pack, "hidden.ndjson"))))!;
        Assert.Equal("torch-trial", (string)hidden["unmapped"]!["nightjar"]!["hidden_by"]![0]!);
        Assert.Contains("expired on 2026-03-01", File.ReadAllText(Path.Combine(pack, "blind-spots.md")), StringComparison.Ordinal);
        Assert.Contains(",hidden,not_stated,", File.ReadAllText(Path.Combine(pack, "handling.csv")), StringComparison.Ordinal);
        Assert.Contains("AN1848,IngressBytesThreshold,group field-phones,", File.ReadAllText(Path.Combine(pack, "tunables.csv")).Replace("\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_with_something_in_it_is_refused_and_so_are_mistakes_of_handling()
    {
        File.WriteAllText(Path.Combine(_folder, "something"), "");
        Assert.Equal(ExitCode.Usage, ProgramRun.Of("evidence", Path.Combine(Samples, "fleet"), "--output", _folder).Code);
        var handling = Path.Combine(_folder, "h.csv");
        File.WriteAllText(handling, "finding,status\nabc,done\n");
        Assert.Equal(ExitCode.Mistakes, ProgramRun.Of("evidence", Path.Combine(Samples, "fleet"), "--output", Path.Combine(_folder, "new"), "--handling", handling).Code);
        Assert.False(Directory.Exists(Path.Combine(_folder, "new")));
    }

    private string Make(string name, params string[] options)
    {
        var pack = Path.Combine(_folder, name);
        var (code, _) = ProgramRun.Of(["evidence", Path.Combine(Samples, "fleet"), "--policy", Path.Combine(Samples, "policy.yml"), "--analytics", Some, "--output", pack, .. options]);
        Assert.Equal(ExitCode.Done, code);
        return pack;
    }

    private static List<string> Names(string folder) => [.. Directory.GetFiles(folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private static JsonNode Answer(string pack, string platform) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(pack, "answers.json")))!["answers"]!.AsArray().Single(item => (string)item!["platform"]! == platform)!;
}
