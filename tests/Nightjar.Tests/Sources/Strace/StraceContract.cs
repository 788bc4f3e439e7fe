using System.Text.RegularExpressions;
using Nightjar.Sources;
using Nightjar.Sources.Strace;

namespace Nightjar.Tests.Sources.Strace;

public sealed partial class StraceContract : SourceContract
{
    private const string Trace =
        """
        10:00:00.000100 openat(AT_FDCWD, "/data/data/com.example.courier/files/classes.jar", O_RDWR|O_CREAT, 0600) = 45
        10:00:00.000300 write(45, "PK\3\4\n\0\0"..., 4096) = 4096 <0.000120>
        10:00:00.000500 close(45) = 0
        10:00:00.000600 openat(AT_FDCWD, "/data/user/0/com.example.courier/files/classes.jar", O_RDONLY) = 45
        [pid  4712] 10:00:00.000700 connect(46, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("192.0.2.7")}, 16 <unfinished ...>
        --- SIGCHLD {si_signo=SIGCHLD} ---
        [pid  4712] 10:00:00.000900 <... connect resumed>) = -1 EINPROGRESS (Operation now in progress)
        a line of something else
        10:00:00.001000 openat(AT_FDCWD, "/data/data/com.example.courier/none", O_RDONLY) = -1 ENOENT (No such file or directory)
        +++ exited with 0 +++

        """;

    private const string Bare =
        """
        execve("/system/bin/sh", ["sh", "-c", "id"], 0x7ff) = 0
        mprotect(0x7f00, 4096, PROT_READ|PROT_EXEC) = 0
        unlink("/data/local/tmp/x") = 0
        """;

    protected override ISourceReader Reader { get; } = new StraceReader();

    protected override int EventsPerRecord => 2;

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("4711.strace", Trace, 5) { Anomalies = 1 },
        new("bare.txt", Bare, 3),
    ];

    // The app becomes known in the course of a trace; a shorter one may not tell it.
    protected override bool IsConsistent(IReadOnlyList<string> prefix, IReadOnlyList<string> whole) =>
        base.IsConsistent([.. prefix.Select(WithoutApp)], [.. whole.Select(WithoutApp)]);

    private static string WithoutApp(string line) => AppAndState().Replace(line, " ");

    [GeneratedRegex(" app '[^']*'| state [0-9a-f]+", RegexOptions.NonBacktracking)]
    private static partial Regex AppAndState();
}
