using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Logcat;

namespace Nightjar.Tests.Sources.Logcat;

public sealed class LogcatContract : SourceContract
{
    private const string ThreadTime =
        """
        --------- beginning of main
        02-27 09:59:59.100   612   640 I ActivityManager: Start proc 4711:com.example.courier/u0a214 for top-activity {com.example.courier/.Main}
        02-27 09:59:59.101   612   640 I am_proc_start: [0,4711,10214,com.example.courier,top-activity,{com.example.courier/.Main}]
        02-27 09:59:59.900  4711  4711 D Courier : starting up
        02-27 10:00:00.000  4711  4730 W Thread-9: type=1400 audit(0.0:77): avc:  granted  { execute } for  path="/data/data/com.example.courier/files/libdrop.so" dev="dm-5" ino=991 scontext=u:r:untrusted_app_29:s0:c214,c256,c512,c768 tcontext=u:object_r:app_data_file:s0:c214,c256,c512,c768 tclass=file app=com.example.courier
        02-27 10:00:00.500  4711  4730 D nativeloader: Load /data/user/0/com.example.courier/files/libdrop.so using class loader ns clns-4 (caller=<unknown>): ok
        --------- beginning of events
        02-27 10:00:02.000   612   700 I screen_toggled: 0
        not a line of logcat
        02-27 10:00:03.000   612   700 I ActivityManager: Process com.example.courier (pid 4711) has died: cch CRE

        """;

    private const string LongForm =
        """
        --------- beginning of main
        [ 02-27 10:00:00.000  4711: 4712 I/Courier ]
        first line
        second line

        [ 02-27 10:00:00.100  4711: 4712 E/courier ]
        Attempt to load writable dex file: /data/user/0/com.example.courier/files/x.jar

        [ 02-27 10:00:00.200  4711: 4712 D/empty ]

        """;

    private const string Mixed =
        """
        2026-02-27 10:00:00.000 +0100  1000   612   640 I snet_event_log: [dcl,10214,AB12]
        2026-02-27 10:00:00.000  612-640  com.example.courier  W  unmarked
        02-27 10:00:00.000 D/courier ( 4711): in the time format
                 1772186400.123  4711  4711 V since1970: text
        I/brief   ( 4711): text
        I/tag     : text
        I( 4711) text  (process)
        """;

    protected override ISourceReader Reader { get; } = new LogcatReader();

    protected override int EventsPerRecord => 9;

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("logcat.txt", ThreadTime, 8) { Anomalies = 1 },
        new("long.txt", LongForm, 4),
        new("mixed.txt", Mixed, 7),
        new("raw.txt", "--------- beginning of main\nonly\nthe words: of the messages\n", 2),
    ];

    // The first test of the format asks for a file time; lines without a year need it.
    protected override SourceSettings Settings => new() { ReferenceTime = LogcatText.At(2026, 3, 1, 12, 0, 0, 0) };
}
