using Nightjar.Events;

namespace Nightjar.Sources.MobSf;

/// <summary>MobSF's report of an app that ran in its sandbox: the calls that its hooks saw, the files that the app left, the addresses found.</summary>
/// <remarks>Addresses are texts that stood in logs or files, and need not have been called: they are log lines. The report has no times; the order
/// of the calls is that of the report.</remarks>
internal sealed class MobSfReportReader : ISourceReader
{
    public SourceFormat Format { get; } = new("mobsf-dynamic-report", "MobSF dynamic analysis report", PositionKind.Offset)
    {
        LogNames = ["MobileEDR:telemetry"],
        Yields = [EventClass.LogLine, EventClass.FileActivity, EventClass.ModuleActivity, EventClass.NetworkActivity],
        Platform = Platform.Android,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new MobSfReportSession(input);

    public int Recognise(SourceHead head)
    {
        var text = head.Bytes.Span.TrimStart(" \t\r\n"u8);
        if (text.IsEmpty || text[0] != (byte)'{') return 0;
        var names = 0;
        foreach (var name in (string[])["\"apimon\"", "\"frida_logs\"", "\"droidmon\"", "\"exported_activity_tester\"", "\"activity_tester\"", "\"runtime_dependencies\"", "\"tls_tests\"", "\"base64_strings\""])
            if (text.IndexOf(System.Text.Encoding.ASCII.GetBytes(name)) >= 0) names++;
        return names switch { >= 3 => 94, 2 => 80, 1 when text.IndexOf("\"apimon\""u8) >= 0 => 60, _ => 0 };
    }
}
