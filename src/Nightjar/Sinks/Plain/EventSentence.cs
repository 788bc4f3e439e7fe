using System.Globalization;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Plain;

/// <summary>Says in a line what an event is: "file created: /data/data/app/files/x.dex, 47.1 KiB, dex". The text is fit to show to people.</summary>
public static class EventSentence
{
    private const int PartLimit = 300;

    /// <summary>The line.</summary>
    public static string Of(EvidenceEvent e)
    {
        var details = Details(e).Where(part => part is not null).ToList();
        return details.Count == 0 ? Kind(e) : $"{Kind(e)}: {string.Join(", ", details)}";
    }

    /// <summary>What the event says of the moment, for people: "app in the background, device locked"; empty when it says nothing.</summary>
    public static string StateOf(EvidenceEvent e)
    {
        var parts = new List<string>();
        if (e.State.AppState != AppState.Unknown) parts.Add(Say(e.State.AppState));
        if (e.State.IsDeviceLocked != Tri.Unknown) parts.Add(e.State.IsDeviceLocked == Tri.True ? "device locked" : "device unlocked");
        if (e.State.IsScreenOn != Tri.Unknown) parts.Add(e.State.IsScreenOn == Tri.True ? "screen on" : "screen off");
        if (e.State.IsHearsay) parts.Add("text that any process could have written");
        if (e.State.TimeBasis != TimeBasis.Stated) parts.Add("time: " + e.State.TimeBasis.Say());
        return string.Join(", ", parts);
    }

    /// <summary>An app state for people.</summary>
    internal static string Say(AppState state) => state switch
    {
        AppState.Foreground => "app in the foreground",
        AppState.Background => "app in the background",
        AppState.ForegroundService => "app in a foreground service",
        AppState.Suspended => "app suspended",
        AppState.NotRunning => "app not running",
        _ => "app state unknown",
    };

    private static string Kind(EvidenceEvent e) => (e.Class, e.Activity) switch
    {
        (EventClass.NetworkActivity, 1) => "connection opened",
        (EventClass.NetworkActivity, _) => "network traffic",
        (EventClass.HttpActivity, _) => "HTTP exchange",
        (EventClass.DnsActivity, _) => "DNS lookup",
        (EventClass.FileActivity, 1) => "file created",
        (EventClass.FileActivity, 2) => "file read",
        (EventClass.FileActivity, 3) => "file changed",
        (EventClass.FileActivity, 4) => "file deleted",
        (EventClass.FileActivity, 5) => "file renamed",
        (EventClass.FileActivity, _) => "file activity",
        (EventClass.ModuleActivity, 3) => "API called",
        (EventClass.ModuleActivity, _) => "code loaded",
        (EventClass.MemoryActivity, _) => "memory protection changed",
        (EventClass.KernelDecision, _) => "kernel decision",
        (EventClass.ScheduledJob, _) => "scheduled job",
        (EventClass.ProcessActivity, _) => "process started",
        (EventClass.ApplicationLifecycle, var activity) => AppLifecycle(activity),
        (EventClass.SoftwareInfo, _) => "app in the inventory",
        (EventClass.UserAccess, 2) => "permission revoked",
        (EventClass.UserAccess, _) => "permission granted",
        (EventClass.MobileState, var activity) => State(activity),
        (EventClass.SensorUse, 2) => "protected resource released",
        (EventClass.SensorUse, _) => "protected resource used",
        (EventClass.LogLine, _) => "log line",
        _ => string.Create(CultureInfo.InvariantCulture, $"event of class {e.ClassUid}"),
    };

    private static string AppLifecycle(int activity) => activity switch
    {
        1 => "app installed",
        2 => "app removed",
        3 => "app started",
        4 => "app stopped",
        8 => "app updated",
        _ => "app lifecycle",
    };

    private static string State(int activity) => activity switch
    {
        1 => "app state changed",
        2 => "device locked",
        3 => "device unlocked",
        4 => "user interaction",
        5 => "screen on",
        6 => "screen off",
        _ => "device state",
    };

    private static IEnumerable<string?> Details(EvidenceEvent e) => e.Class switch
    {
        EventClass.NetworkActivity or EventClass.HttpActivity or EventClass.DnsActivity => Network(e),
        EventClass.FileActivity => File(e),
        EventClass.ModuleActivity => Module(e),
        EventClass.MemoryActivity => [Text(e, FieldId.ActualPermissions), Text(e, FieldId.ModulePath)],
        EventClass.KernelDecision => [Text(e, FieldId.KernelName), Text(e, FieldId.KernelPath), e[FieldId.ActionId] is 2L ? "denied" : null],
        EventClass.ScheduledJob => [Text(e, FieldId.JobName)],
        EventClass.ProcessActivity => [Text(e, FieldId.ProcessName), Text(e, FieldId.ProcessCommandLine)],
        EventClass.ApplicationLifecycle or EventClass.SoftwareInfo => App(e),
        EventClass.UserAccess => [Texts(e, FieldId.Privileges)],
        EventClass.SensorUse => [Text(e, FieldId.Sensor)],
        EventClass.LogLine => [Text(e, FieldId.LogTag), Text(e, FieldId.Message)],
        _ => [],
    };

    private static IEnumerable<string?> Network(EvidenceEvent e)
    {
        var host = Text(e, FieldId.DstHostname) ?? Text(e, FieldId.TlsSni) ?? Text(e, FieldId.UrlHostname) ?? Text(e, FieldId.DstIp);
        if (host is not null) yield return e[FieldId.DstPort] is long port ? string.Create(CultureInfo.InvariantCulture, $"{host}:{port}") : host;
        yield return Text(e, FieldId.QueryHostname);
        if (Texts(e, FieldId.AnswerData) is { } answers) yield return "answered " + answers;
        yield return Text(e, FieldId.ProtocolName);
        yield return Text(e, FieldId.TlsVersion) is { } version ? "TLS " + version.Replace("TLS", "", StringComparison.OrdinalIgnoreCase).Trim('v', ' ') : null;
        yield return Text(e, FieldId.HttpMethod);
        yield return Text(e, FieldId.UrlText) ?? Text(e, FieldId.UrlPath);
        if (e[FieldId.HttpStatusCode] is long status) yield return string.Create(CultureInfo.InvariantCulture, $"status {status}");
        yield return Text(e, FieldId.HttpContentType);
        if (e[FieldId.BytesIn] is long received) yield return SinkWords.Size(received) + " in";
        if (e[FieldId.BytesOut] is long sent) yield return SinkWords.Size(sent) + " out";
        if (e.End > e.Time) yield return "lasting " + SinkWords.Length(e.End - e.Time);
    }

    private static IEnumerable<string?> File(EvidenceEvent e)
    {
        yield return Text(e, FieldId.FilePath) ?? Text(e, FieldId.FileName);
        if (Text(e, FieldId.FileResultPath) is { } target) yield return "to " + target;
        if (e[FieldId.FileSize] is long size) yield return SinkWords.Size(size);
        yield return Text(e, FieldId.FileMagic) is { } magic ? "content " + magic : Text(e, FieldId.FileMimeType);
        if (e[FieldId.FileEntropy] is double entropy) yield return string.Create(CultureInfo.InvariantCulture, $"entropy {entropy:0.##} bits a byte");
    }

    private static IEnumerable<string?> Module(EvidenceEvent e)
    {
        yield return Text(e, FieldId.ModulePath) ?? Text(e, FieldId.ModuleArgPath);
        if (Text(e, FieldId.FunctionName) is { } function) yield return e.Activity == 3 ? function : "by " + function;
        yield return Text(e, FieldId.ModuleType);
        yield return Text(e, FieldId.ModuleArgName);
    }

    private static IEnumerable<string?> App(EvidenceEvent e)
    {
        yield return Text(e, FieldId.AppName);
        if (Text(e, FieldId.AppVersion) is { } version) yield return "version " + version;
        if (e.State.InstallSource != InstallSource.Unknown) yield return "from " + e.State.InstallSource.Name().Replace('_', ' ');
        if (Text(e, FieldId.InstallerUid) is { } installer) yield return "by " + installer;
    }

    private static string? Text(EvidenceEvent e, FieldId field) => e[field] is string { Length: > 0 } text ? VisibleText.Of(text, PartLimit) : null;

    private static string? Texts(EvidenceEvent e, FieldId field) =>
        e[field] is string[] { Length: > 0 } texts ? VisibleText.Of(string.Join(" ", texts), PartLimit) : null;
}
