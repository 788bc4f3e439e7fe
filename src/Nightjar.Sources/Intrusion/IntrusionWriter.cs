using System.Buffers.Text;
using System.Text;
using Nightjar.Events;
using Nightjar.Sources.Android;

namespace Nightjar.Sources.Intrusion;

/// <summary>Writes the event of one record.</summary>
/// <remarks>What an analytic has no class for is a log line under the event's name. Nothing is called a file event that is none: a file that was
/// pushed by a computer says nothing of what apps write.</remarks>
internal sealed class IntrusionWriter(int file)
{
    private readonly JsonFingerprint _fingerprint = new();
    private readonly Remark _remark = new();

    /// <summary>Writes the event. Records of overlapping files are equal as objects and get equal ids.</summary>
    public void Write(IntrusionRecord record, Instant time, ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var id = _fingerprint.Of(line);
        switch (record.Kind)
        {
            case IntrusionKind.Dns:
                Begin(batch, EventClass.DnsActivity, record.AddressCount > 0 ? 2 : 1, record, time, number, id);
                WriteDns(record, batch);
                break;
            case IntrusionKind.Connect:
                Begin(batch, EventClass.NetworkActivity, 1, record, time, number, id);
                WriteConnect(record, batch);
                break;
            default:
                WriteOther(record, time, line, number, id, batch);
                break;
        }
        batch.Commit();
    }

    private void Begin(EventBatch batch, EventClass kind, int activity, IntrusionRecord record, Instant time, long number, UInt128 id)
    {
        batch.Begin(kind, activity, time, file, number);
        ref var header = ref batch.Current;
        header.Id = id;
        header.Sequence = record.EventId;
        header.Platform = Platform.Android;
        header.LogName = batch.Intern(record.Kind is IntrusionKind.Dns or IntrusionKind.Connect ? "VPN:MobileProxy"u8 : "MobileEDR:telemetry"u8);
    }

    private static void WriteDns(IntrusionRecord record, EventBatch batch)
    {
        NameApp(batch, record.Package);
        batch.Set(FieldId.QueryHostname, record.Host);
        for (var i = 0; i < record.AddressCount; i++) batch.Add(FieldId.AnswerData, AddressOf(record.AddressItem(i)));
    }

    // Only TCP is logged; attempts that failed are too.
    private static void WriteConnect(IntrusionRecord record, EventBatch batch)
    {
        NameApp(batch, record.Package);
        var slash = record.Address.LastIndexOf((byte)'/');
        if (slash > 0) batch.Set(FieldId.DstHostname, record.Address[..slash]);
        batch.Set(FieldId.DstIp, AddressOf(record.Address));
        if (record.Port is >= 0 and <= 65_535 and var port) batch.SetInteger(FieldId.DstPort, port);
        batch.Set(FieldId.ProtocolName, "tcp"u8);
    }

    private void WriteOther(IntrusionRecord record, Instant time, ReadOnlySpan<byte> line, long number, UInt128 id, EventBatch batch)
    {
        var name = record.Kind == IntrusionKind.Security ? record.SecurityName : record.Name;
        var (kind, activity) = ClassOf(record, name);
        Begin(batch, kind, activity, record, time, number, id);
        switch (kind)
        {
            case EventClass.ProcessActivity:
                WriteProcess(record, batch);
                break;
            case EventClass.MobileState:
                batch.Current.State.IsDeviceLocked = TriLogic.Of(activity == 2);
                break;
            case EventClass.ApplicationLifecycle:
                NameApp(batch, record.ChangedPackage);
                batch.Set(FieldId.AppVersion, record.VersionCode);
                break;
            default:
                batch.Set(FieldId.LogTag, name);
                batch.Set(FieldId.Message, line);
                break;
        }
    }

    private static (EventClass Kind, int Activity) ClassOf(IntrusionRecord record, ReadOnlySpan<byte> name)
    {
        if (record.Kind != IntrusionKind.Security) return (EventClass.LogLine, 1);
        if (name.SequenceEqual("app_process_start"u8)) return (EventClass.ProcessActivity, 1);
        if (name.SequenceEqual("keyguard_secured"u8)) return (EventClass.MobileState, 2);
        if (name.SequenceEqual("keyguard_dismissed"u8)) return (EventClass.MobileState, 3);
        if (record.ChangedPackage.IsEmpty) return (EventClass.LogLine, 1);
        if (name.SequenceEqual("package_installed"u8)) return (EventClass.ApplicationLifecycle, 1);
        if (name.SequenceEqual("package_updated"u8)) return (EventClass.ApplicationLifecycle, 8);
        return name.SequenceEqual("package_uninstalled"u8) ? (EventClass.ApplicationLifecycle, 2) : (EventClass.LogLine, 1);
    }

    private void WriteProcess(IntrusionRecord record, EventBatch batch)
    {
        batch.Set(FieldId.ProcessName, record.Process);
        if (Utf8Parser.TryParse(record.Pid, out long pid, out var used) && used == record.Pid.Length) batch.SetInteger(FieldId.ProcessId, pid);
        var package = AndroidPath.PackageOfProcess(record.Process);
        if (!package.IsEmpty)
        {
            batch.Current.App = batch.Intern(package);
            batch.Current.State.AppGrade = AppGrade.ProcessName;
        }
        batch.Set(FieldId.Message, _remark.Begin().Add("uid"u8, record.Uid).Add("seinfo"u8, record.Seinfo).ToSpan());
        SetHash(record.PackageHash, batch);
    }

    private static void SetHash(ReadOnlySpan<byte> hash, EventBatch batch)
    {
        Span<byte> lower = stackalloc byte[64];
        if (hash.Length == lower.Length && Ascii.ToLower(hash, lower, out _) == System.Buffers.OperationStatus.Done)
            batch.Add(FieldId.FileHashes, lower);
    }

    // Users that apps share are written "android.uid.system:1000": no package, but one user.
    private static void NameApp(EventBatch batch, ReadOnlySpan<byte> package)
    {
        if (MeaninglessText.Is(package)) return;
        batch.Current.App = batch.Intern(package);
        batch.Current.State.AppGrade = package.Contains((byte)':') ? AppGrade.Uid : AppGrade.Package;
    }

    // Java writes "/1.2.3.4", "host/1.2.3.4" and IPv6 in full length.
    private static ReadOnlySpan<byte> AddressOf(ReadOnlySpan<byte> text)
    {
        text = text[(text.LastIndexOf((byte)'/') + 1)..];
        if (!text.Contains((byte)':') || text.Length > 128) return text;
        return HostText.Address(Encoding.UTF8.GetString(text)) is { } address ? Encoding.ASCII.GetBytes(address) : text;
    }
}
