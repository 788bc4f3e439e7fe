using Nightjar.Events;
using Nightjar.Policies.Telling;

namespace Nightjar.Preview;

/// <summary>A match as exceptions look at it.</summary>
/// <param name="Analytic">Uid of the analytic.</param>
/// <param name="Who">The device, the app and its signer, as known at its time.</param>
/// <param name="Time">When its chain was complete.</param>
/// <param name="Destinations">Where its events went, in order.</param>
/// <param name="Paths">The paths that its events name, in order.</param>
/// <param name="HiddenBy">Ids of the exceptions that hid it, in order.</param>
public sealed record JudgedMatch(
    string Analytic, PolicyQuestion Who, Instant Time, IReadOnlyList<string> Destinations, IReadOnlyList<string> Paths, IReadOnlyList<string> HiddenBy)
{
    /// <summary>All that makes it what it is, as one text.</summary>
    internal string Key { get; } = string.Join('\n',
        Analytic, Who.Device.Uid, Who.App, Time.Micros, Who.Signer, Who.Category, Who.Device.Platform, Who.Device.IsManaged, string.Join('\t', Who.Device.TelemetryGroups),
        string.Join('\t', Destinations), string.Join('\t', Paths), string.Join('\t', HiddenBy));
}
