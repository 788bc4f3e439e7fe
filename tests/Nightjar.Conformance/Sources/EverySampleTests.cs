using Nightjar.Events;
using Nightjar.Sources.Intake;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Conformance.Sources;

/// <summary>A folder of whatever exists: each file is read by the reader of its format, or named with the reason why it is not.</summary>
public sealed class EverySampleTests
{
    // What is no telemetry: notes, schemas, app packages, and Zeek's tests of its writer, whose logs are of no kind that Zeek itself makes.
    private static readonly string[] Unsupported =
    [
        ".md", ".apk", ".yaml", "ascii-double__json.log", "ascii-json-optional__testing_nullfields.log", "ascii-json-iso-timestamps__ssh.log",
    ];

    [Fact]
    public void Every_sample_is_read_or_named_with_its_reason()
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "samples");
        Assert.SkipUnless(Directory.Exists(folder), "The folder of real samples is not here.");
        var symbols = new SymbolTable();
        using var intake = new EventIntake(new IntakeOptions { Paths = [folder] }, symbols);
        foreach (var _ in intake.Read(TestContext.Current.CancellationToken))
        {
            // Only the accounts are looked at.
        }
        var accounts = intake.Accounts;
        Assert.Equal(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count(), accounts.Select(account => account.Path.Split("!/")[0]).Distinct().Count());
        var unread = accounts.Where(account => account.State is FileState.Unrecognised or FileState.Unreadable).ToList();
        Assert.Empty(unread.Where(account => string.IsNullOrEmpty(account.Reason)).Select(account => account.Path));
        Assert.Empty(unread.Where(account => !Unsupported.Any(ending => account.Path.EndsWith(ending, StringComparison.Ordinal))).Select(account => $"{account.Path}: {account.Reason}"));
    }
}
