using Nightjar.Events;
using Nightjar.Sources.Intake;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Conformance.Sources;

/// <summary>Every real file of Android beside the repository is read, or is named with the reason why not.</summary>
public sealed class AndroidSampleTests
{
    [Theory]
    [InlineData("android-intrusion-logs", "android-intrusion-log")]
    [InlineData("logcat", "android-logcat")]
    [InlineData("apk", null)]
    public void Files_are_read_or_say_why_not(string folder, string? reader)
    {
        var full = Path.Combine(Repository.Root, "..", "shared", "samples", folder);
        Assert.SkipUnless(Directory.Exists(full), $"The samples {folder} are not beside the repository.");
        var files = Directory.GetFiles(full).Where(file => !file.EndsWith(".md", StringComparison.Ordinal)).ToList();
        var temporary = Directory.CreateTempSubdirectory("nightjar-samples-");
        try
        {
            using var intake = new EventIntake(new IntakeOptions { Paths = files, TempFolder = temporary.FullName }, new SymbolTable());
            var events = intake.Read(TestContext.Current.CancellationToken).Sum(step => step.Batch?.Count ?? 0);
            Assert.Equal(intake.Accounts.Sum(account => account.Events), events);
            Assert.Equal(files.Count, intake.Accounts.Count);
            foreach (var account in intake.Accounts)
            {
                Assert.Equal(reader, account.Reader);
                if (reader is not null) Assert.Equal((FileState.Read, true), (account.State, account.Events > 0));
                else Assert.Equal("It is an Android app package, not telemetry.", account.Reason);
            }
        }
        finally
        {
            temporary.Delete(true);
        }
    }
}
