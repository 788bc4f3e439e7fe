using Nightjar.Events;

namespace Nightjar.Sources.Identity;

/// <summary>One row of a device map: by what a device is known, when, and what is known of it.</summary>
/// <param name="Line">Where the row stands, from 1.</param>
/// <param name="Device">The device's uid.</param>
public sealed record DeviceMapRow(int Line, string Device)
{
    /// <summary>An address in its shortest form, or a prefix such as <c>2001:db8:7::/64</c>; null when the row states none.</summary>
    public string? Ip { get; init; }

    /// <summary>Hardware address in lower case with colons; null when the row states none.</summary>
    public string? Mac { get; init; }

    /// <summary>Another name by which sources call the device: serial number, UDID, host name; null when the row states none. Holds at all times.</summary>
    public string? Alias { get; init; }

    /// <summary>A file or folder, or a pattern with <c>*</c>, <c>**</c> and <c>?</c>; null when the row states none.</summary>
    public string? Path { get; init; }

    /// <summary>Begin, inclusive; <see cref="Instant.Min"/> when open.</summary>
    public Instant From { get; init; } = Instant.Min;

    /// <summary>End, exclusive; <see cref="Instant.Max"/> when open.</summary>
    public Instant To { get; init; } = Instant.Max;

    public Platform Platform { get; init; }

    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>What people call the device; null when the row states none.</summary>
    public string? Name { get; init; }
}

/// <summary>What a device map says about a device, whenever and however it is met.</summary>
/// <param name="Uid">The device.</param>
/// <param name="Platform">Unknown when not stated.</param>
/// <param name="Name">Null when not stated.</param>
/// <param name="Groups">In ordinal order.</param>
public sealed record DeviceFacts(string Uid, Platform Platform, string? Name, IReadOnlyList<string> Groups);
