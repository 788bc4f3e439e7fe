namespace Nightjar.Sources.Intrusion;

/// <summary>How the attributes of Android's network and security events are named, in the order of <see cref="IntrusionRecord"/>.</summary>
/// <param name="AreOuter">True when the kind of the event is the name of an object around it.</param>
/// <param name="Paths">The attributes.</param>
internal sealed record IntrusionNames(bool AreOuter, IReadOnlyList<string> Paths)
{
    /// <summary>As the owner of a phone downloads them.</summary>
    public static IntrusionNames Export { get; } = new(true,
    [
        "*.event_time", "*.event_id", "*.hostname", "*.ip_addresses", "*.package_name", "*.ip_address", "*.port", "*.tag", "*.data",
        "*.*.process", "*.*.uid", "*.*.pid", "*.*.seinfo", "*.*.sha256", "*.*.package_name", "*.*.version_code", "*.timeNanos",
    ]);

    /// <summary>As a device owner gets them from <c>DevicePolicyManager</c>, one object for each.</summary>
    public static IntrusionNames Api { get; } = new(false, ApiNames(""));

    /// <summary>The same within an object that names the kind, <c>{"DnsEvent":{…}}</c>.</summary>
    public static IntrusionNames NestedApi { get; } = new(false, ApiNames("*."));

    private static string[] ApiNames(string outer) =>
    [
        outer + "timestamp", outer + "id", outer + "hostname", outer + "addresses", outer + "packageName", outer + "inetAddress", outer + "port",
        outer + "tag", outer + "data", outer + "process", outer + "uid", outer + "pid", outer + "seinfo", outer + "sha256", outer + "package",
        outer + "versionCode", outer + "timeNanos",
    ];
}
