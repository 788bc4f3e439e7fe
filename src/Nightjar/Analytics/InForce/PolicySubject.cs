using Nightjar.Events;

namespace Nightjar.Analytics.InForce;

/// <summary>What telemetry has told of a device so far, as far as a policy may ask: replaced whole when it tells something new.</summary>
/// <param name="Device">Its uid.</param>
/// <param name="Platform">Unknown until told.</param>
/// <param name="Groups">Its groups as telemetry names them; empty until told.</param>
/// <param name="IsManaged">Unknown until told; the latest word counts.</param>
public sealed record DeviceStanding(Symbol Device, Platform Platform, IReadOnlyList<string> Groups, Tri IsManaged);

/// <summary>Whom a value, an allowance or an exception may be for: an app on a device, as of a moment.</summary>
/// <param name="Device">The device.</param>
/// <param name="App">Package name or bundle id; none for what is asked of the device as a whole and of records that name no app.</param>
/// <param name="Signer">SHA-256 of the app's signer; none when nothing told.</param>
/// <param name="Category">The app's store category; none when nothing told.</param>
public readonly record struct PolicySubject(DeviceStanding Device, Symbol App, Symbol Signer, Symbol Category);
