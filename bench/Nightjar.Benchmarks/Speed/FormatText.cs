using System.Globalization;
using System.Text;
using Nightjar.Benchmarks.Whole;

namespace Nightjar.Benchmarks.Speed;

/// <summary>Text of other formats about the same invented fleet, by seed.</summary>
internal static class FormatText
{
    public const string Zeek = "zeek-tsv";
    public const string Logcat = "android-logcat";
    public const string PrivacyReport = "ios-app-privacy-report";
    public const string Strace = "strace";

    private const string ZeekHead = "#separator \\x09\n#set_separator\t,\n#empty_field\t(empty)\n#unset_field\t-\n#path\tconn\n"
        + "#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\tservice\tduration\torig_bytes\tresp_bytes\tconn_state\tlocal_orig\tlocal_resp\thistory\n"
        + "#types\ttime\tstring\taddr\tport\taddr\tport\tenum\tstring\tinterval\tcount\tcount\tstring\tbool\tbool\tstring\n";

    private const long FirstSecond = 1_767_571_200;

    public static string FileName(string format) => format == Zeek ? "conn" : format;

    /// <summary>Writes lines until the size is reached.</summary>
    public static void Write(string format, TelemetrySpec spec, Stream stream)
    {
        var text = new StringBuilder(format == Zeek ? ZeekHead : format == Logcat ? "--------- beginning of main\n" : "");
        for (var (written, number) = (0L, 0); written < spec.Bytes; number++)
        {
            var chance = Chance.Of(spec.Seed, number);
            Line(format, number, ref chance, text);
            if (text.Length < 1 << 20) continue;
            var bytes = Encoding.ASCII.GetBytes(text.ToString());
            stream.Write(bytes);
            written += bytes.Length;
            text.Clear();
        }
        stream.Write(Encoding.ASCII.GetBytes(text.ToString()));
    }

    private static void Line(string format, int number, ref Chance chance, StringBuilder text)
    {
        switch (format)
        {
            case Zeek: ZeekLine(number, ref chance, text); break;
            case Logcat: LogcatLine(number, ref chance, text); break;
            case PrivacyReport: ReportLine(number, ref chance, text); break;
            default: StraceLine(number, ref chance, text); break;
        }
        text.Append('\n');
    }

    private static void ZeekLine(int number, ref Chance chance, StringBuilder text) => text.Append(
        CultureInfo.InvariantCulture,
        $"{FirstSecond + number / 100}.{number % 100 * 10_007:d6}\tC{chance.Next():x16}\t10.20.{chance.Below(4)}.{chance.Below(250) + 1}\t{40_000 + chance.Below(20_000)}\t{Fleet.Address(chance.Skewed(Fleet.Hosts))}\t443\ttcp\tssl\t{chance.Below(90)}.{chance.Below(1_000_000):d6}\t{chance.Skewed(9_000)}\t{chance.Skewed(600_000)}\tSF\tT\tF\tShADadfF");

    // A log of an ordinary day: nearly every line says nothing that is looked for.
    private static void LogcatLine(int number, ref Chance chance, StringBuilder text)
    {
        var at = TimeSpan.FromMilliseconds(number * 5L % 86_400_000);
        text.Append(CultureInfo.InvariantCulture, $"01-05 {at:hh\\:mm\\:ss\\.fff}  {1_000 + chance.Below(9_000),4}  {1_000 + chance.Below(9_000),4} ");
        var app = $"com.example.app{chance.Skewed(Fleet.Apps)}";
        text.Append(chance.Below(100) switch
        {
            < 2 => $"I ActivityManager: Start proc {1_000 + chance.Below(9_000)}:{app}/u0a{100 + chance.Below(300)} for top-activity {{{app}/.Main}}",
            < 4 => $"D nativeloader: Load /data/app/{app}/lib/arm64/libpart{chance.Below(30)}.so using class loader ns clns-4 (caller=<unknown>): ok",
            < 6 => $"I am_proc_died: [0,{1_000 + chance.Below(9_000)},{app},900,19]",
            _ => $"D NetworkMonitor/{chance.Below(200)}: probe {chance.Next():x16} finished in {chance.Below(900)} ms, {chance.Below(9)} retries, result VALIDATED",
        });
    }

    private static void ReportLine(int number, ref Chance chance, StringBuilder text)
    {
        var time = DateTime.UnixEpoch.AddSeconds(FirstSecond).AddMilliseconds(number * 20L).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+01:00'", CultureInfo.InvariantCulture);
        var app = $"org.example.app{chance.Skewed(Fleet.Apps)}";
        if (chance.Below(10) < 7)
            text.Append(CultureInfo.InvariantCulture, $$"""{"timeStamp":"{{time}}","initiatedType":"AppInitiated","context":"","domain":"{{Fleet.Host(chance.Skewed(Fleet.Hosts))}}","contextVerificationType":0,"type":"networkActivity","domainType":2,"firstTimeStamp":"{{time}}","bundleID":"{{app}}","domainOwner":"","hits":{{1 + chance.Below(40)}},"domainClassification":1}""");
        else
            text.Append(CultureInfo.InvariantCulture, $$"""{"accessor":{"identifier":"{{app}}","identifierType":"bundleID"},"category":"location","identifier":"{{number / 2:x8}}-0A","kind":"event","timeStamp":"{{time}}","type":"access"}""");
    }

    private static void StraceLine(int number, ref Chance chance, StringBuilder text)
    {
        var at = TimeSpan.FromTicks(number * 1_000L % TimeSpan.TicksPerDay);
        text.Append(CultureInfo.InvariantCulture, $"{at:hh\\:mm\\:ss\\.ffffff} ");
        var file = 40 + chance.Below(20);
        text.Append(chance.Below(20) switch
        {
            0 => $"openat(AT_FDCWD, \"/data/data/com.example.courier/files/{chance.Below(4_000):x4}.tmp\", O_RDWR|O_CREAT, 0600) = {file}",
            1 => $"close({file}) = 0",
            < 6 => $"write({file}, \"{chance.Next():x16}{chance.Next():x16}\"..., 4096) = 4096 <0.000120>",
            < 10 => $"read({file}, \"{chance.Next():x16}{chance.Next():x16}\"..., 4096) = 4096 <0.000090>",
            < 15 => $"futex(0x7f{chance.Next() & 0xffffffff:x8}, FUTEX_WAIT_PRIVATE, 2, NULL) = 0",
            _ => $"epoll_pwait(61, [{{EPOLLIN, {{u32={chance.Below(90)}, u64={chance.Below(90)}}}}}], 16, 2147483647, NULL, 8) = 1",
        });
    }
}
