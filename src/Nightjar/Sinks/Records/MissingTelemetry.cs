using System.Numerics;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>A data component that analytics lacked on devices of a platform, and who could supply it.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Component">The data component.</param>
/// <param name="Devices">Devices on which a check lacked it.</param>
/// <param name="Sources">Ids of the formats that Nightjar reads whose events can fill it, in the order of the catalogue.</param>
public sealed record MissingTelemetry(Platform Platform, DataComponents Component, int Devices, IReadOnlyList<string> Sources)
{
    /// <summary>All that was missing anywhere, by platform and component.</summary>
    public static IReadOnlyList<MissingTelemetry> Of(RunSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var counts = new SortedDictionary<(Platform Platform, int Bit), int>();
        foreach (var device in summary.Devices)
        {
            var missing = device.Checks.Aggregate(DataComponents.None, (sum, check) => sum | check.Missing | StateOf(device, check));
            foreach (var bit in missing.Bits()) counts[(device.Device.Platform, bit)] = counts.GetValueOrDefault((device.Device.Platform, bit)) + 1;
        }
        return [.. counts.Select(pair => Of(summary, pair.Key.Platform, (DataComponents)(1 << pair.Key.Bit), pair.Value))];
    }

    /// <summary>The formats whose events can fill one of the components on a device of the platform.</summary>
    public static IReadOnlyList<string> SourcesFor(RunSummary summary, Platform platform, DataComponents components)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return [.. summary.Supplies.Value.Where(supply => supply.Serves(platform, components)).Select(supply => supply.Id)];
    }

    // A stage that asks for a state which was never told wants what tells states.
    private static DataComponents StateOf(DeviceAccount device, DeviceCheck check) =>
        check.Obstacles.Any(item => item.Lacks == TelemetryLack.State) ? DataComponents.ApplicationState & ~device.Components : DataComponents.None;

    private static MissingTelemetry Of(RunSummary summary, Platform platform, DataComponents component, int devices) =>
        new(platform, component, devices, SourcesFor(summary, platform, component));

    /// <summary>Id and name of the data component.</summary>
    public (string Id, string Name) Name => DataComponentNames.Of(BitOperations.TrailingZeroCount((uint)Component));
}
