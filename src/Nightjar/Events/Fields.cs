namespace Nightjar.Events;

/// <summary>How the value of a field is held.</summary>
public enum FieldKind : byte
{
    /// <summary>Interned text: repeats often, so it is answered once per distinct value.</summary>
    Symbol,
    /// <summary>Interned text that is a file path, canonical (see <see cref="CanonicalPath"/>).</summary>
    Path,
    /// <summary>Interned host name: lower case, no trailing dot, no port.</summary>
    Host,
    /// <summary>Interned IP address in .NET's shortest form.</summary>
    Address,
    /// <summary>Text that seldom repeats (ids, URLs, messages): kept with the event, not interned.</summary>
    Text,
    /// <summary>64-bit whole number.</summary>
    Integer,
    /// <summary>64-bit floating point number.</summary>
    Number,
    /// <summary>Boolean.</summary>
    Flag,
    /// <summary>Several interned texts.</summary>
    SymbolList,
    /// <summary>One of a few words that the contract fixes (see <see cref="StateNames"/>).</summary>
    Word,
}

/// <summary>Every attribute of an event that Nightjar keeps. The OCSF path of each is in <see cref="FieldCatalog"/>.</summary>
/// <remarks>Those from <see cref="FieldCatalog.FirstHeaderField"/> on live in the header; the others in slots of the event.</remarks>
public enum FieldId : byte
{
    EventUid = 0,
    ProductName,
    DstHostname,
    DstIp,
    DstPort,
    SrcIp,
    SrcPort,
    BytesIn,
    BytesOut,
    ProtocolName,
    ConnectionUid,
    TlsSni,
    TlsVersion,
    TlsJa3,
    CertificateSubject,
    CertificateIssuer,
    CertificateSelfSigned,
    CertificateInvalid,
    UrlText,
    UrlHostname,
    UrlPath,
    HttpMethod,
    HttpUserAgent,
    HttpStatusCode,
    HttpContentType,
    QueryHostname,
    QueryType,
    AnswerData,
    FilePath,
    FileName,
    FileSize,
    FileMimeType,
    FileHashes,
    FileEntropy,
    FileMagic,
    FileResultPath,
    ModulePath,
    ModuleHashes,
    ModuleType,
    FunctionName,
    ModuleArgs,
    ModuleArgPath,
    ModuleArgName,
    ActualPermissions,
    KernelName,
    KernelPath,
    ActionId,
    JobName,
    ProcessName,
    ProcessCommandLine,
    ProcessId,
    AppName,
    AppVersion,
    AppSigner,
    InstallerUid,
    AppCategory,
    Permissions,
    Privileges,
    Sensor,
    Message,
    LogTag,
    EmitterUid,
    DeviceName,
    DeviceIp,
    DeviceMac,
    DeviceGroups,
    LastUserInteraction,
    Count,
    StatusId,

    // The header fields: always there, never in a slot.
    Time = 100,
    EndTime,
    DurationMillis,
    ClassUid,
    ActivityId,
    DeviceUid,
    OsTypeId,
    AppUid,
    LogName,
    AppStateName,
    IsDeviceLocked,
    IsScreenOn,
    IsManagedApp,
    IsManagedDevice,
    IsSupervised,
    InstallSourceName,
    IsHearsay,
}

/// <summary>What is known of one field.</summary>
/// <param name="Id">The field.</param>
/// <param name="Path">Its OCSF path, as analytics name it.</param>
/// <param name="Kind">How it is held.</param>
/// <param name="Aliases">Other paths under which the same fact is read and may be asked for.</param>
public sealed record FieldInfo(FieldId Id, string Path, FieldKind Kind, params string[] Aliases);

/// <summary>The one list of fields: reading, asking, documenting and writing all go by it.</summary>
public static class FieldCatalog
{
    /// <summary>Fields from here on are held in the header.</summary>
    public const FieldId FirstHeaderField = FieldId.Time;

    /// <summary>Number of slot fields.</summary>
    public const int SlotCount = (int)FieldId.StatusId + 1;

    private static readonly FieldInfo[] Infos = Build();

    private static readonly FieldInfo?[] ById = Index();

    private static readonly FieldKind[] Kinds = [.. ById.Select(info => info?.Kind ?? default)];

    private static readonly Dictionary<string, FieldInfo> ByPath = Infos
        .SelectMany(info => info.Aliases.Append(info.Path), (info, path) => (path, info))
        .ToDictionary(pair => pair.path, pair => pair.info, StringComparer.Ordinal);

    /// <summary>Where an event went: the first of these that it has.</summary>
    public static ReadOnlySpan<FieldId> Destination => [FieldId.DstHostname, FieldId.TlsSni, FieldId.UrlHostname, FieldId.QueryHostname, FieldId.DstIp];

    /// <summary>All fields, in the order of their ids.</summary>
    public static IReadOnlyList<FieldInfo> All => Infos;

    /// <summary>The facts of a field.</summary>
    public static FieldInfo Of(FieldId id) => ById[(int)id]!;

    /// <summary>The slot fields of kind <see cref="FieldKind.Text"/> as bits, those below 64 and the others.</summary>
    internal static (ulong Low, ulong High) Texts { get; } = (MaskOf(FieldKind.Text, 0), MaskOf(FieldKind.Text, 64));

    /// <summary>The slot fields of kind <see cref="FieldKind.SymbolList"/>, likewise.</summary>
    internal static (ulong Low, ulong High) Lists { get; } = (MaskOf(FieldKind.SymbolList, 0), MaskOf(FieldKind.SymbolList, 64));

    /// <summary>How a field is held; asked for each value, so it has a table of its own.</summary>
    internal static FieldKind KindOf(FieldId id) => Kinds[(int)id];

    /// <summary>The field with this OCSF path or alias; null when there is none.</summary>
    public static FieldInfo? Find(string path) => ByPath.GetValueOrDefault(path);

    /// <summary>True when the value is a <see cref="Events.Symbol"/>.</summary>
    public static bool IsSymbol(this FieldKind kind) => kind <= FieldKind.Address;

    private static ulong MaskOf(FieldKind kind, int from)
    {
        var mask = 0UL;
        foreach (var info in Infos.Where(info => info.Kind == kind && (int)info.Id >= from && (int)info.Id < from + 64 && info.Id < FirstHeaderField))
            mask |= 1UL << (int)info.Id - from;
        return mask;
    }

    private static FieldInfo?[] Index()
    {
        var table = new FieldInfo?[256];
        foreach (var info in Infos) table[(int)info.Id] = info;
        return table;
    }

    private static FieldInfo[] Build() => [.. Origin(), .. Network(), .. Files(), .. Code(), .. Apps(), .. Header()];

    private static FieldInfo[] Origin() =>
    [
        new(FieldId.EventUid, "metadata.uid", FieldKind.Text),
        new(FieldId.ProductName, "metadata.product.name", FieldKind.Symbol),
    ];

    private static FieldInfo[] Network() =>
    [
        new(FieldId.DstHostname, "dst_endpoint.hostname", FieldKind.Host),
        new(FieldId.DstIp, "dst_endpoint.ip", FieldKind.Address),
        new(FieldId.DstPort, "dst_endpoint.port", FieldKind.Integer),
        new(FieldId.SrcIp, "src_endpoint.ip", FieldKind.Address),
        new(FieldId.SrcPort, "src_endpoint.port", FieldKind.Integer),
        new(FieldId.BytesIn, "traffic.bytes_in", FieldKind.Integer),
        new(FieldId.BytesOut, "traffic.bytes_out", FieldKind.Integer),
        new(FieldId.ProtocolName, "connection_info.protocol_name", FieldKind.Symbol),
        new(FieldId.ConnectionUid, "connection_info.uid", FieldKind.Text),
        new(FieldId.TlsSni, "tls.sni", FieldKind.Host),
        new(FieldId.TlsVersion, "tls.version", FieldKind.Symbol),
        new(FieldId.TlsJa3, "tls.ja3_hash.value", FieldKind.Symbol),
        new(FieldId.CertificateSubject, "tls.certificate.subject", FieldKind.Symbol),
        new(FieldId.CertificateIssuer, "tls.certificate.issuer", FieldKind.Symbol),
        new(FieldId.CertificateSelfSigned, "tls.certificate.is_self_signed", FieldKind.Flag),
        new(FieldId.CertificateInvalid, "tls.certificate.is_invalid", FieldKind.Flag),
        new(FieldId.UrlText, "url.url_string", FieldKind.Text),
        new(FieldId.UrlHostname, "url.hostname", FieldKind.Host),
        new(FieldId.UrlPath, "url.path", FieldKind.Text),
        new(FieldId.HttpMethod, "http_request.http_method", FieldKind.Symbol),
        new(FieldId.HttpUserAgent, "http_request.user_agent", FieldKind.Symbol),
        new(FieldId.HttpStatusCode, "http_response.code", FieldKind.Integer),
        new(FieldId.HttpContentType, "http_response.content_type", FieldKind.Symbol),
        new(FieldId.QueryHostname, "query.hostname", FieldKind.Host),
        new(FieldId.QueryType, "query.type", FieldKind.Symbol),
        new(FieldId.AnswerData, "answers.rdata", FieldKind.SymbolList, "answers[].rdata"),
    ];

    private static FieldInfo[] Files() =>
    [
        new(FieldId.FilePath, "file.path", FieldKind.Path),
        new(FieldId.FileName, "file.name", FieldKind.Symbol),
        new(FieldId.FileSize, "file.size", FieldKind.Integer),
        new(FieldId.FileMimeType, "file.mime_type", FieldKind.Symbol),
        new(FieldId.FileHashes, "file.hashes.value", FieldKind.SymbolList, "file.hashes[].value", "file.hashes"),
        new(FieldId.FileEntropy, "file.entropy", FieldKind.Number),
        new(FieldId.FileMagic, "file.magic", FieldKind.Symbol),
        new(FieldId.FileResultPath, "file_result.path", FieldKind.Path),
    ];

    private static FieldInfo[] Code() =>
    [
        new(FieldId.ModulePath, "module.file.path", FieldKind.Path),
        new(FieldId.ModuleHashes, "module.file.hashes.value", FieldKind.SymbolList, "module.file.hashes[].value", "module.file.hashes"),
        new(FieldId.ModuleType, "module.type", FieldKind.Symbol),
        new(FieldId.FunctionName, "module.function_name", FieldKind.Symbol),
        new(FieldId.ModuleArgs, "module.args", FieldKind.Text),
        new(FieldId.ModuleArgPath, "module.args.path", FieldKind.Path),
        new(FieldId.ModuleArgName, "module.args.name", FieldKind.Symbol),
        new(FieldId.ActualPermissions, "actual_permissions", FieldKind.Symbol),
        new(FieldId.KernelName, "kernel.name", FieldKind.Symbol),
        new(FieldId.KernelPath, "kernel.path", FieldKind.Path),
        new(FieldId.ActionId, "action_id", FieldKind.Integer),
        new(FieldId.JobName, "job.name", FieldKind.Symbol),
        new(FieldId.ProcessName, "process.name", FieldKind.Symbol),
        new(FieldId.ProcessCommandLine, "process.cmd_line", FieldKind.Text),
        new(FieldId.ProcessId, "process.pid", FieldKind.Integer),
    ];

    private static FieldInfo[] Apps() =>
    [
        new(FieldId.AppName, "app.name", FieldKind.Symbol),
        new(FieldId.AppVersion, "app.version", FieldKind.Symbol),
        new(FieldId.AppSigner, "app.signer", FieldKind.Symbol),
        new(FieldId.InstallerUid, "installer_uid", FieldKind.Symbol),
        new(FieldId.AppCategory, "app_category", FieldKind.Symbol),
        new(FieldId.Permissions, "permissions", FieldKind.SymbolList, "permissions[]"),
        new(FieldId.Privileges, "privileges", FieldKind.SymbolList, "privileges[]"),
        new(FieldId.Sensor, "sensor", FieldKind.Symbol),
        new(FieldId.Message, "message", FieldKind.Text),
        new(FieldId.LogTag, "log_tag", FieldKind.Symbol),
        new(FieldId.EmitterUid, "log_emitter_uid", FieldKind.Integer),
        new(FieldId.DeviceName, "device.name", FieldKind.Symbol),
        new(FieldId.DeviceIp, "device.ip", FieldKind.Address),
        new(FieldId.DeviceMac, "device.mac", FieldKind.Symbol),
        new(FieldId.DeviceGroups, "device.groups.name", FieldKind.SymbolList, "device.groups[].name"),
        new(FieldId.LastUserInteraction, "last_user_interaction_time", FieldKind.Integer),
        new(FieldId.Count, "count", FieldKind.Integer),
        new(FieldId.StatusId, "status_id", FieldKind.Integer),
    ];

    private static FieldInfo[] Header() =>
    [
        new(FieldId.Time, "time", FieldKind.Integer),
        new(FieldId.EndTime, "end_time", FieldKind.Integer),
        new(FieldId.DurationMillis, "duration", FieldKind.Integer),
        new(FieldId.ClassUid, "class_uid", FieldKind.Integer),
        new(FieldId.ActivityId, "activity_id", FieldKind.Integer),
        new(FieldId.DeviceUid, "device.uid", FieldKind.Symbol),
        new(FieldId.OsTypeId, "device.os.type_id", FieldKind.Integer),
        new(FieldId.AppUid, "actor.app_uid", FieldKind.Symbol, "app_name", "app.uid", "actor.application.uid"),
        new(FieldId.LogName, "metadata.log_name", FieldKind.Symbol),
        new(FieldId.AppStateName, "app_state", FieldKind.Word),
        new(FieldId.IsDeviceLocked, "is_device_locked", FieldKind.Flag),
        new(FieldId.IsScreenOn, "is_screen_on", FieldKind.Flag),
        new(FieldId.IsManagedApp, "is_managed_app", FieldKind.Flag),
        new(FieldId.IsManagedDevice, "device.is_managed", FieldKind.Flag),
        new(FieldId.IsSupervised, "device.is_supervised", FieldKind.Flag),
        new(FieldId.InstallSourceName, "install_source", FieldKind.Word),
        new(FieldId.IsHearsay, "is_hearsay", FieldKind.Flag),
    ];
}
