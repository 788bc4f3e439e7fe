namespace Nightjar.Events;

/// <summary>The operating system of a device. Unknown devices are assessed by no platform-specific analytic.</summary>
public enum Platform : byte
{
    Unknown = 0,
    Android = 1,
    IOS = 2,
    IPadOS = 3,
    /// <summary>Stated, and none that Nightjar assesses.</summary>
    Other = 4,
}

/// <summary>OCSF numbers and names of platforms.</summary>
public static class Platforms
{
    /// <summary>From OCSF os.type_id: 201 Android, 301 iOS, 302 iPadOS, 0 unknown.</summary>
    public static Platform FromOsTypeId(long id) => id switch
    {
        201 => Platform.Android,
        301 => Platform.IOS,
        302 => Platform.IPadOS,
        0 => Platform.Unknown,
        _ => Platform.Other,
    };

    /// <summary>OCSF os.type_id; 99 for <see cref="Platform.Other"/>.</summary>
    public static int OsTypeId(this Platform platform) => platform switch
    {
        Platform.Android => 201,
        Platform.IOS => 301,
        Platform.IPadOS => 302,
        Platform.Other => 99,
        _ => 0,
    };

    /// <summary>The name people use.</summary>
    public static string Name(this Platform platform) => platform switch
    {
        Platform.Android => "Android",
        Platform.IOS => "iOS",
        Platform.IPadOS => "iPadOS",
        Platform.Other => "other",
        _ => "unknown",
    };

    /// <summary>From a name such as "android", "iOS", "iPadOS"; Unknown when it is none of these.</summary>
    public static Platform Parse(string name) => name.Trim().ToUpperInvariant() switch
    {
        "ANDROID" => Platform.Android,
        "IOS" => Platform.IOS,
        "IPADOS" => Platform.IPadOS,
        _ => Platform.Unknown,
    };
}
