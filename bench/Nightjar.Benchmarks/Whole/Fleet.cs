using System.Globalization;

namespace Nightjar.Benchmarks.Whole;

/// <summary>Names of an invented fleet. Names are reserved ones (example, 203.0.113.0/24), so nobody's are used.</summary>
internal static class Fleet
{
    public const int Apps = 160;
    public const int Hosts = 3_000;

    private static readonly string[] Kinds = ["reader", "mail", "notes", "maps", "chat", "player", "bank", "wallet", "news", "photo"];

    /// <summary>Seven of ten devices run Android.</summary>
    public static bool IsAndroid(int device) => device % 10 < 7;

    public static string Device(int device) => $"{(IsAndroid(device) ? "android" : "iphone")}-{device.ToString("d5", CultureInfo.InvariantCulture)}";

    public static string App(int device, int app) =>
        IsAndroid(device) ? $"com.example.{Kinds[app % Kinds.Length]}{app}" : $"org.example.{Kinds[app % Kinds.Length]}{app}";

    public static string Host(int host) => $"{Kinds[host % Kinds.Length]}{host}.cdn{host % 17}.example.net";

    public static string Address(int host) => $"203.0.113.{host % 254 + 1}";

    /// <summary>Where the app may write; what it was installed with lies elsewhere.</summary>
    public static string Folder(int device, int app) =>
        IsAndroid(device)
            ? $"/data/data/{App(device, app)}/files"
            : $"/var/mobile/Containers/Data/Application/{(uint)(device * 7919 + app):X8}-0000-4000-8000-{(uint)app:X12}/Library/Caches";
}
