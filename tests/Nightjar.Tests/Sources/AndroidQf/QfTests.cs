using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.AndroidQf;
using Xunit;

namespace Nightjar.Tests.Sources.AndroidQf;

public sealed class QfTests
{
    [Fact]
    public void A_package_has_the_hashes_of_all_its_files_its_signer_and_its_installer()
    {
        var events = Read(new QfPackagesReader(), QfPackagesContract.Packages);
        var app = events[0];
        Assert.Equal((EventClass.SoftwareInfo, "com.example.courier", "Application Vetting"), (app.Class, app.App, app.LogName));
        Assert.Equal([new string('1', 64), new string('2', 64)], (string[])app[FieldId.FileHashes]!);
        Assert.Equal("/data/app/~~Ab==/com.example.courier-Cd==/base.apk", app[FieldId.FilePath]);
        Assert.Equal(new string('a', 64), app[FieldId.AppSigner]);
        Assert.Equal(AppGrade.PackageAndSigner, app.State.AppGrade);
        Assert.Null(app[FieldId.InstallerUid]);
        Assert.Equal(TimeBasis.Reported, app.State.TimeBasis);
    }

    [Fact]
    public void A_signer_that_could_not_be_verified_is_none()
    {
        var app = Read(new QfPackagesReader(), QfPackagesContract.Packages)[1];
        Assert.Null(app[FieldId.AppSigner]);
        Assert.Equal("com.example.store", app[FieldId.InstallerUid]);
        Assert.Equal(InstallSource.System, app.State.InstallSource);
        Assert.Equal("disabled=true; signature=not verified; error=no signature", app[FieldId.Message]);
    }

    [Fact]
    public void A_file_was_written_when_it_was_last_modified()
    {
        var events = Read(new QfFilesReader(), QfFilesContract.Lines);
        Assert.Equal([1_772_186_400L, 1_772_186_410L], events.Select(item => item.Time.Micros / Instant.PerSecond));
        Assert.Equal("/data/data/com.example.courier/files/a.dex", events[0][FieldId.FilePath]);
        Assert.Equal(("com.example.courier", AppGrade.Label), (events[0].App, events[0].State.AppGrade));
        Assert.Equal([new string('3', 64)], (string[])events[0][FieldId.FileHashes]!);
        Assert.Equal((3, 4096L), (events[0].Activity, (long)events[0][FieldId.FileSize]!));
        Assert.Equal("zip", events[1][FieldId.FileMagic]);
        Assert.Null(events[1].App);
    }

    [Fact]
    public void Processes_ran_and_were_not_launched_then()
    {
        var events = Read(new QfProcessesReader(), QfProcessesContract.Processes);
        Assert.All(events, item => Assert.Equal(99, item.Activity));
        Assert.Equal(["/system/bin/init", "com.example.courier:sync", "kworker/0:1"], events.Select(item => (string)item[FieldId.ProcessName]!));
        Assert.Equal([null, "com.example.courier", null], events.Select(item => item.App));
        Assert.Equal("/system/bin/init second_stage", events[0][FieldId.ProcessCommandLine]);
    }

    [Fact]
    public void Settings_tell_who_holds_a_special_access()
    {
        var events = Read(new QfLinesReader(), QfLinesContract.SecureSettings).Where(item => item.Class == EventClass.UserAccess).ToList();
        Assert.Equal(["com.example.courier", "com.example.keys"], events.Select(item => item.App));
        Assert.All(events, item => Assert.Equal(["accessibility"], (string[])item[FieldId.Privileges]!));
    }

    [Fact]
    public void Processes_in_columns_name_their_user()
    {
        var process = Read(new QfLinesReader(), QfLinesContract.Processes)[1];
        Assert.Equal(("com.example.courier", 10_214L, 4_711L), (process.App, (long)process[FieldId.EmitterUid]!, (long)process[FieldId.ProcessId]!));
    }

    [Theory]
    [InlineData("packages.json")]
    [InlineData("settings.txt")]
    public void Other_files_of_keys_and_values_are_not_taken(string name)
    {
        var head = new SourceHead("key=value\nother=value\n"u8.ToArray(), true, name);
        Assert.Null(SourceCatalog.Recognise(head));
    }

    [Fact]
    public void Without_a_date_what_has_no_time_is_reported_once()
    {
        var reading = Reading.Of(new QfPackagesReader(), QfPackagesContract.Packages, new ReadingOptions { FileTime = null });
        Assert.Empty(reading.Events);
        Assert.Equal(AnomalyKind.MissingField, Assert.Single(reading.Anomalies).Kind);
    }

    private static IReadOnlyList<EvidenceEvent> Read(ISourceReader reader, string text) => SourceContract.ReadAll(reader, text).Events;
}
