using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Sources.Strace;
using Xunit;

namespace Nightjar.Tests.Sources.Strace;

public sealed class StraceTests
{
    private const string Private = "/data/data/com.example.courier/";

    private static Reading Read(params string[] lines) => Reading.Of(new StraceReader(), string.Join('\n', lines) + "\n");

    private static Reading Read(ReadingOptions options, params string[] lines) => Reading.Of(new StraceReader(), string.Join('\n', lines) + "\n", options);

    private static string At(int millis, string call) => string.Create(CultureInfo.InvariantCulture, $"10:00:00.{millis:000}000 {call}");

    private static List<(int Activity, object? Path)> Files(Reading reading) =>
        [.. reading.Events.Where(item => item.Class == EventClass.FileActivity).Select(item => (item.Activity, item[FieldId.FilePath]))];

    private static EvidenceEvent Only(Reading reading, EventClass kind) => Assert.Single(reading.Events, item => item.Class == kind);

    [Theory]
    [InlineData("O_RDONLY", 2)]
    [InlineData("O_RDONLY|O_CLOEXEC", 2)]
    [InlineData("O_RDWR", 2)]
    [InlineData("O_RDWR|O_CREAT", 1)]
    [InlineData("O_WRONLY|O_CREAT|O_TRUNC", 1)]
    [InlineData("O_WRONLY|O_TRUNC", 3)]
    [InlineData("O_WRONLY", 0)]
    [InlineData("O_RDONLY|O_DIRECTORY", 0)]
    [InlineData("O_RDONLY|O_PATH", 0)]
    public void The_flags_of_an_open_say_what_was_done(string flags, int activity)
    {
        var files = Files(Read(At(0, $"openat(AT_FDCWD, \"{Private}a.txt\", {flags}, 0600) = 5")));
        Assert.Equal(activity == 0 ? [] : [(activity, (object?)(Private + "a.txt"))], files);
    }

    [Theory]
    [InlineData("open(\"/data/user/0/com.example.courier/a\", O_RDONLY) = 5")]
    [InlineData("openat(AT_FDCWD</>, \"data/data/com.example.courier/a\", O_RDONLY) = 5")]
    [InlineData("openat(AT_FDCWD, \"data/data/com.example.courier/./b/../a\", O_RDONLY) = 5")]
    [InlineData("openat(7</data/data/com.example.courier>, \"a\", O_RDONLY) = 5")]
    [InlineData("openat(AT_FDCWD, \"/proc/self/fd/9\", O_RDONLY) = 5</data/data/com.example.courier/a>")]
    [InlineData("openat(AT_FDCWD, \"\\57data/data/com\\x2eexample.courier/a\", O_RDONLY) = 5")]
    public void Paths_are_absolute_and_canonical(string call) => Assert.Equal([(2, Private + "a")], Files(Read(At(0, call))));

    [Fact]
    public void A_path_below_an_open_folder_is_put_together()
    {
        var reading = Read(At(0, $"openat(AT_FDCWD, \"{Private}files\", O_RDONLY|O_DIRECTORY) = 7"), At(1, "openat(7, \"a\", O_RDONLY) = 8"));
        Assert.Equal([(2, Private + "files/a")], Files(reading));
    }

    [Fact]
    public void A_relative_path_lies_below_the_folder_of_the_process() =>
        Assert.Equal([(2, Private + "a")], Files(Read(At(0, "chdir(\"/data/data/com.example.courier\") = 0"), At(1, "open(\"a\", O_RDONLY) = 8"))));

    [Fact]
    public void What_failed_did_not_happen() =>
        Assert.Empty(Read(
            At(0, $"openat(AT_FDCWD, \"{Private}a\", O_RDWR|O_CREAT, 0600) = -1 EACCES (Permission denied)"), At(1, $"unlink(\"{Private}a\") = -1 ENOENT (x)"),
            At(2, $"rename(\"{Private}a\", \"{Private}b\") = -1 ENOENT (x)"), At(3, "connect(5, {sa_family=AF_INET, sin_port=htons(1), sin_addr=inet_addr(\"192.0.2.1\")}, 16) = -1 ECONNREFUSED (x)"),
            At(4, "mprotect(0x7f, 4096, PROT_EXEC) = -1 EACCES (x)"), At(5, $"openat(AT_FDCWD, \"{Private}b\", O_RDONLY) = ?")).Events);

    [Fact]
    public void Devices_and_the_kernels_files_are_no_files() =>
        Assert.Empty(Files(Read(At(0, "openat(AT_FDCWD, \"/proc/self/maps\", O_RDONLY) = 5"), At(1, "openat(AT_FDCWD, \"/dev/ashmem\", O_RDWR) = 6"))));

    [Theory]
    [InlineData("\"dex\\n035\\0\"...", "dex")]
    [InlineData("\"\\177ELF\\2\\1\"...", "elf")]
    [InlineData("\"\\x7f\\x45\\x4c\\x46\"...", "elf")]
    [InlineData("\"PK\\3\\4\\24\\0\"...", "zip")]
    [InlineData("\"\\211PNG\\r\\n\"...", "png")]
    [InlineData("\"hello\"", null)]
    public void The_first_write_tells_what_the_file_is(string data, string? magic)
    {
        var reading = Read(At(0, $"openat(AT_FDCWD, \"{Private}x.png\", O_RDWR|O_CREAT, 0600) = 5"), At(1, $"write(5, {data}, 4096) = 4096"), At(2, "write(5, \"more\", 4) = 4"));
        Assert.Equal([(1, Private + "x.png"), (3, Private + "x.png")], Files(reading));
        Assert.Equal(magic, reading.Events[1][FieldId.FileMagic]);
    }

    [Theory]
    [InlineData("writev(5, [{iov_base=\"dex\\n035\", iov_len=8}], 1) = 8", "dex")]
    [InlineData("pwrite64(5, \"dex\\n035\", 8, 0) = 8", "dex")]
    [InlineData("sendfile(5, 9, NULL, 100) = 100", null)]
    [InlineData("copy_file_range(9, NULL, 5, NULL, 100, 0) = 100", null)]
    [InlineData("mmap(NULL, 100, PROT_READ|PROT_WRITE, MAP_SHARED, 5, 0) = 0x7f00", null)]
    public void There_are_many_ways_to_write(string call, string? magic)
    {
        var reading = Read(At(0, $"openat(AT_FDCWD, \"{Private}x\", O_RDWR) = 5"), At(1, call));
        Assert.Equal((3, Private + "x"), Files(reading)[1]);
        Assert.Equal(magic, reading.Events[1][FieldId.FileMagic]);
    }

    [Fact]
    public void A_closed_descriptor_stands_for_nothing() =>
        Assert.Single(Files(Read(At(0, $"openat(AT_FDCWD, \"{Private}x\", O_RDWR) = 5"), At(1, "close(5) = 0"), At(2, "write(5, \"x\", 1) = 1"))));

    [Theory]
    [InlineData("dup(5) = 9")]
    [InlineData("dup2(5, 9) = 9")]
    [InlineData("fcntl(5, F_DUPFD_CLOEXEC, 0) = 9")]
    public void A_copied_descriptor_stands_for_the_same(string call) =>
        Assert.Equal((3, Private + "x"), Files(Read(At(0, $"openat(AT_FDCWD, \"{Private}x\", O_RDWR) = 5"), At(1, call), At(2, "write(9, \"x\", 1) = 1")))[1]);

    [Fact]
    public void A_process_has_its_own_descriptors_and_threads_share_theirs()
    {
        var reading = Read(
            "10 openat(AT_FDCWD, \"" + Private + "x\", O_RDWR) = 5", "10 clone(child_stack=0x7f, flags=CLONE_VM|CLONE_FILES|CLONE_THREAD) = 11",
            "10 clone(child_stack=NULL, flags=SIGCHLD) = 12", "12 close(5) = 0", "12 write(5, \"x\", 1) = 1", "11 write(5, \"x\", 1) = 1");
        Assert.Equal([(2, 10L), (3, 11L)], reading.Events.Select(item => (item.Activity, (long)item[FieldId.ProcessId]!)));
    }

    [Fact]
    public void Files_are_deleted_and_renamed()
    {
        var reading = Read(
            At(0, $"unlinkat(AT_FDCWD, \"{Private}a.dex\", 0) = 0"), At(1, $"unlinkat(AT_FDCWD, \"{Private}dir\", AT_REMOVEDIR) = 0"),
            At(2, $"renameat(AT_FDCWD, \"{Private}b.tmp\", AT_FDCWD, \"{Private}b.dex\") = 0"));
        Assert.Equal([(4, Private + "a.dex"), (5, Private + "b.tmp")], Files(reading));
        Assert.Equal(Private + "b.dex", reading.Events[1][FieldId.FileResultPath]);
    }

    [Theory]
    [InlineData(Private + "classes.dex", "dex")]
    [InlineData(Private + "cache/ads-77.jar", "jar")]
    [InlineData("/storage/emulated/0/Download/x.apk", "apk")]
    [InlineData(Private + "oat/x86/classes.odex", "dex")]
    public void Opening_code_that_was_not_installed_is_a_load(string path, string type)
    {
        var load = Only(Read(At(0, $"openat(AT_FDCWD, \"{path}\", O_RDONLY) = 5"), At(1, "mmap(NULL, 4096, PROT_READ|PROT_EXEC, MAP_PRIVATE, 5, 0) = 0x7f")), EventClass.ModuleActivity);
        Assert.Equal((path, type, "openat"), ((string)load[FieldId.ModulePath]!, (string)load[FieldId.ModuleType]!, (string)load[FieldId.FunctionName]!));
    }

    [Theory]
    [InlineData("/data/app/com.example.courier-1/base.apk", "O_RDONLY")]
    [InlineData("/system/framework/x.jar", "O_RDONLY")]
    [InlineData(Private + "classes.dex", "O_RDWR|O_CREAT")]
    [InlineData(Private + "classes.txt", "O_RDONLY")]
    public void Other_opens_are_no_loads(string path, string flags) =>
        Assert.DoesNotContain(Read(At(0, $"openat(AT_FDCWD, \"{path}\", {flags}) = 5")).Events, item => item.Class == EventClass.ModuleActivity);

    [Fact]
    public void Mapping_a_file_as_executable_is_a_load_once()
    {
        var load = Only(Read(
            At(0, $"openat(AT_FDCWD, \"{Private}libx.so\", O_RDONLY) = 5"), At(1, "mmap2(NULL, 4096, PROT_READ, MAP_PRIVATE, 5, 0) = 0xf00"),
            At(2, "mmap2(NULL, 4096, PROT_READ|PROT_EXEC, MAP_PRIVATE, 5, 0) = 0xf00"), At(3, "mmap2(NULL, 4096, PROT_READ|PROT_EXEC, MAP_PRIVATE, 5, 0x1000) = 0xf10")), EventClass.ModuleActivity);
        Assert.Equal((Private + "libx.so", "so"), ((string)load[FieldId.ModulePath]!, (string)load[FieldId.ModuleType]!));
        Assert.Equal("com.example.courier", load.App);
    }

    [Fact]
    public void Code_in_a_file_of_memory_is_a_load()
    {
        var load = Only(Read(At(0, "memfd_create(\"jit\", MFD_CLOEXEC) = 7"), At(1, "mmap(NULL, 4096, PROT_READ|PROT_EXEC, MAP_SHARED, 7, 0) = 0x7f")), EventClass.ModuleActivity);
        Assert.Equal("/memfd:jit", load[FieldId.ModulePath]);
    }

    [Theory]
    [InlineData("mprotect(0x7f00, 4096, PROT_READ|PROT_EXEC) = 0", 2, "r-x")]
    [InlineData("mprotect(0x7f00, 4096, PROT_READ|PROT_WRITE|PROT_EXEC) = 0", 2, "rwx")]
    [InlineData("mmap(NULL, 4096, PROT_READ|PROT_WRITE|PROT_EXEC, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f", 1, "rwx")]
    public void Memory_that_becomes_executable_is_told(string call, int activity, string permissions)
    {
        var memory = Only(Read(At(0, call)), EventClass.MemoryActivity);
        Assert.Equal((activity, permissions), (memory.Activity, (string)memory[FieldId.ActualPermissions]!));
    }

    [Fact]
    public void Other_changes_of_memory_are_not() =>
        Assert.Empty(Read(At(0, "mprotect(0x7f00, 4096, PROT_READ) = 0"), At(1, "mmap(NULL, 4096, PROT_READ|PROT_WRITE, MAP_PRIVATE|MAP_ANONYMOUS, -1, 0) = 0x7f")).Events);

    [Theory]
    [InlineData("{sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr(\"192.0.2.7\")}, 16) = 0", "192.0.2.7", 443)]
    [InlineData("{sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, \"::ffff:192.0.2.7\", &sin6_addr), sin6_scope_id=0}, 28) = -1 EINPROGRESS (Operation now in progress)", "192.0.2.7", 443)]
    [InlineData("{sa_family=AF_INET6, sin6_port=htons(53), inet_pton(AF_INET6, \"2001:db8::1\", &sin6_addr)}, 28) = 0", "2001:db8::1", 53)]
    public void A_connection_is_a_contact(string rest, string address, long port)
    {
        var contact = Only(Read(At(0, "socket(AF_INET6, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 5"), At(1, "connect(5, " + rest)), EventClass.NetworkActivity);
        Assert.Equal((1, address, port, "tcp"), (contact.Activity, (string)contact[FieldId.DstIp]!, (long)contact[FieldId.DstPort]!, (string)contact[FieldId.ProtocolName]!));
    }

    [Fact]
    public void Local_sockets_are_no_contacts() =>
        Assert.Empty(Read(At(0, "connect(5, {sa_family=AF_UNIX, sun_path=\"/dev/socket/logdw\"}, 110) = 0")).Events);

    [Fact]
    public void A_program_may_be_executed_by_its_descriptor()
    {
        var reading = Read(
            At(0, "memfd_create(\"x\", MFD_CLOEXEC) = 5"), At(1, "execveat(5, \"\", [\"x\"], 0x7f, AT_EMPTY_PATH) = 0"),
            At(2, $"execveat(AT_FDCWD, \"{Private}run\", [\"run\"], 0x7f, 0) = 0"));
        Assert.Equal(["/memfd:x", Private + "run"], reading.Events.Where(item => item.Class == EventClass.ProcessActivity).Select(item => (string)item[FieldId.ProcessName]!));
    }

    [Fact]
    public void A_link_is_a_file_under_its_new_name() =>
        Assert.Equal([(1, Private + "b.dex"), (1, Private + "c.dex")], Files(Read(
            At(0, $"linkat(AT_FDCWD, \"/sdcard/a\", AT_FDCWD, \"{Private}b.dex\", 0) = 0"), At(1, $"link(\"/sdcard/a\", \"{Private}c.dex\") = 0"))));

    [Fact]
    public void A_file_written_under_one_name_and_loaded_under_another_has_one_path()
    {
        var reading = Read(
            At(0, "openat(AT_FDCWD, \"/data/user/0/com.example.courier/app_x/classes.dex\", O_WRONLY|O_CREAT, 0600) = 5"), At(1, "close(5) = 0"),
            At(2, "openat(AT_FDCWD, \"/data/data/com.example.courier/app_x/classes.dex\", O_RDONLY) = 6"));
        var load = Only(reading, EventClass.ModuleActivity);
        Assert.Equal(reading.Events[0][FieldId.FilePath], load[FieldId.ModulePath]);
    }

    [Fact]
    public void A_program_that_is_executed_is_a_launch()
    {
        var launch = Only(Read(At(0, "execve(\"/system/bin/sh\", [\"sh\", \"-c\", \"id, \\\"x\\\"\"], 0x7ff0 /* 20 vars */) = 0")), EventClass.ProcessActivity);
        Assert.Equal(("/system/bin/sh", "sh -c id, \"x\""), ((string)launch[FieldId.ProcessName]!, (string)launch[FieldId.ProcessCommandLine]!));
    }

    [Theory]
    [InlineData("<... openat resumed>) = 5")]
    [InlineData("<... openat resumed> )       = 5")]
    [InlineData("<... openat resumed>) = 5 <0.000321>")]
    public void A_call_that_was_interrupted_is_put_together(string rest)
    {
        var reading = Read(
            $"[pid  4711] 10:00:00.000100 openat(AT_FDCWD, \"{Private}a\", O_RDONLY <unfinished ...>", "[pid  4712] 10:00:00.000200 close(9) = 0",
            $"[pid  4711] 10:00:00.000421 {rest}");
        Assert.Equal([(2, Private + "a")], Files(reading));
        Assert.Equal((100L, 421L), (reading.Events[0].Time.Micros % 1000, reading.Events[0].End.Micros % 1000));
        Assert.Equal("fixtures/example.log line 1", reading.Events[0].Provenance);
    }

    [Fact]
    public void Interrupted_calls_of_several_threads_are_kept_apart()
    {
        var reading = Read(
            $"11 openat(AT_FDCWD, \"{Private}a\", O_RDONLY <unfinished ...>", $"12 openat(AT_FDCWD, \"{Private}b\", O_RDONLY <unfinished ...>",
            "11 <... openat resumed>) = 5", "12 <... openat resumed>) = -1 ENOENT (No such file or directory)", "13 <... openat resumed>) = 6");
        Assert.Equal([(2, Private + "a")], Files(reading));
        Assert.Empty(reading.Anomalies);
    }

    [Theory]
    [InlineData("10:00:00.000100 close(3) = 0")]
    [InlineData("10:00:00 close(3) = 0")]
    [InlineData("1772186400.000100 close(3) = 0")]
    [InlineData("[pid 12] 10:00:00.000100 close(3) = 0")]
    [InlineData("[tid:12] close(3</data/a,b(c>) = 0")]
    [InlineData("12    10:00:00.000100 close(3) = 0")]
    [InlineData("12 1772186400.000100 close(3)         = 0 <0.000007>")]
    [InlineData("     0.000100 close(3) = 0")]
    [InlineData("close(3) = 0")]
    [InlineData("futex(0x7f, FUTEX_WAIT, 1, NULL <unfinished ...>")]
    [InlineData("<... futex resumed> ) = 0")]
    [InlineData("wait4(-1, <unfinished ...>) = ?")]
    [InlineData("--- SIGSEGV {si_signo=SIGSEGV, si_addr=0x10} ---")]
    [InlineData("12 +++ killed by SIGKILL +++")]
    [InlineData("strace: Process 4711 attached")]
    [InlineData("read(3, \"a \\\") = 5\", 10) = 7")]
    public void Every_form_of_a_line_is_understood(string line)
    {
        var reading = Read(line);
        Assert.Empty(reading.Anomalies);
        Assert.Empty(reading.Events);
    }

    [Theory]
    [InlineData("hello world")]
    [InlineData("openat(AT_FDCWD, \"/x\"")]
    [InlineData("OPEN(1) = 2")]
    [InlineData("close(3)")]
    public void Other_lines_are_reported(string line) => Assert.Equal(AnomalyKind.Malformed, Assert.Single(Read(line).Anomalies).Kind);

    [Fact]
    public void A_time_of_day_is_of_the_last_day_before_the_file_and_goes_over_midnight()
    {
        var options = new ReadingOptions { FileTime = Instant.From(new DateTimeOffset(2026, 3, 1, 0, 10, 0, TimeSpan.Zero)) };
        var reading = Read(options, "23:59:59.900000 unlink(\"/data/local/tmp/a\") = 0", "00:00:00.100000 unlink(\"/data/local/tmp/b\") = 0", "23:59:59.950000 unlink(\"/data/local/tmp/c\") = 0");
        Assert.Equal(["2026-02-28T23:59:59.900Z", "2026-03-01T00:00:00.100Z", "2026-02-28T23:59:59.950Z"], reading.Events.Select(item => item.Time.ToString()));
        Assert.All(reading.Events, item => Assert.Equal(TimeBasis.Assumed, item.State.TimeBasis));
    }

    [Fact]
    public void Without_a_date_times_are_relative_to_the_trace()
    {
        var unlinked = Assert.Single(Read(new ReadingOptions { FileTime = null }, "00:00:05.000000 unlink(\"/data/local/tmp/a\") = 0").Events);
        Assert.Equal((5_000_000L, TimeBasis.RelativeToCapture), (unlinked.Time.Micros, unlinked.State.TimeBasis));
    }

    [Fact]
    public void Times_since_the_call_before_are_added_up()
    {
        var reading = Read("     0.000000 unlink(\"/data/local/tmp/a\") = 0", "     1.500000 unlink(\"/data/local/tmp/b\") = 0", "     0.500000 unlink(\"/data/local/tmp/c\") = 0");
        Assert.Equal([0L, 1_500_000, 2_000_000], reading.Events.Select(item => item.Time.Micros));
    }

    [Fact]
    public void Equal_calls_without_times_are_two_events()
    {
        var reading = Read("unlink(\"/data/local/tmp/a\") = 0", "unlink(\"/data/local/tmp/a\") = 0");
        Assert.Equal(2, reading.Events.Select(item => item.Uid).Distinct().Count());
        Assert.All(reading.Events, item => Assert.Equal(TimeBasis.Reported, item.State.TimeBasis));
    }

    [Fact]
    public void What_happened_before_the_app_is_known_is_the_apps_too()
    {
        var reading = Read(
            At(0, "connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr(\"192.0.2.7\")}, 16) = 0"),
            At(1, "openat(AT_FDCWD, \"/data/user_de/0/com.google.android.gms/app_chimera/m/1/x.apk\", O_RDONLY) = 6"),
            At(2, $"openat(AT_FDCWD, \"{Private}a\", O_RDWR|O_CREAT, 0600) = 7"));
        Assert.All(reading.Events, item => Assert.Equal(("com.example.courier", AppGrade.Uid), (item.App, item.State.AppGrade)));
    }

    [Fact]
    public void An_app_that_only_reads_is_a_guess()
    {
        var reading = Read(At(0, "connect(5, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr(\"192.0.2.7\")}, 16) = 0"), At(1, $"openat(AT_FDCWD, \"{Private}a\", O_RDONLY) = 7"));
        Assert.All(reading.Events, item => Assert.Equal(("com.example.courier", AppGrade.Label), (item.App, item.State.AppGrade)));
    }

    [Fact]
    public void Many_lines_without_an_app_are_given_in_bounded_batches()
    {
        var reading = Read([.. Enumerable.Range(0, 20_000).Select(i => $"unlink(\"/data/local/tmp/{i}\") = 0")]);
        Assert.Equal(20_000, reading.Events.Count);
        Assert.InRange(reading.LargestBatch, 1, EventBatch.Capacity + 1);
    }

    [Fact]
    public void Written_as_one_name_and_loaded_as_another_is_the_same_file()
    {
        var reading = Read(
            At(0, "openat(AT_FDCWD, \"/data/user/0/com.example.courier/app_x/classes.jar\", O_RDWR|O_CREAT, 0600) = 45"),
            At(1, "openat(AT_FDCWD, \"/data/data/com.example.courier/app_x/classes.jar\", O_RDONLY) = 46"));
        Assert.Equal(reading.Events[0][FieldId.FilePath], Only(reading, EventClass.ModuleActivity)[FieldId.ModulePath]);
    }

    [Fact]
    public void Recognition_looks_at_content_alone()
    {
        static int Recognise(string text) => new StraceReader().Recognise(new SourceHead(Encoding.UTF8.GetBytes(text), true, "x.strace"));
        Assert.InRange(Recognise(At(0, "close(3) = 0") + "\n" + At(1, "close(4) = 0") + "\n" + At(2, "close(5) = 0") + "\n"), 80, 100);
        Assert.InRange(Recognise("execve(\"/bin/ls\", [\"ls\"], 0x7) = 0"), 40, 100);
        Assert.Equal(0, Recognise("02-27 10:00:00.123  1  2 I A: x\n"));
        Assert.Equal(0, Recognise("int main(void) { return 0; }\n"));
    }
}
