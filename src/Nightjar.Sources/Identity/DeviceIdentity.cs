using Nightjar.Events;

namespace Nightjar.Sources.Identity;

/// <summary>A device, as it was found for an address, a hardware address or a file at some time.</summary>
/// <param name="Uid">The device. <c>mac:</c> and the hardware address when only a lease speaks of it.</param>
/// <param name="Basis">How it was found.</param>
/// <param name="Platform">Unknown when nobody says.</param>
/// <param name="Name">What people call it, or what it calls itself; null when nobody says.</param>
/// <param name="Groups">In ordinal order.</param>
public sealed record DeviceIdentity(string Uid, DeviceBasis Basis, Platform Platform, string? Name, IReadOnlyList<string> Groups);
