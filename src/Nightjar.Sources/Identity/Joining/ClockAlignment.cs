using Nightjar.Events;

namespace Nightjar.Sources.Identity.Joining;

/// <summary>Moves the times of log sources to the clock of the device they speak of.</summary>
public sealed class ClockAlignment
{
    private readonly Dictionary<(string Device, string Source), TimeSpan> _offsets = [];

    /// <param name="offsets">What was estimated. Only what is compared with the device's own clock is applied.</param>
    public ClockAlignment(IEnumerable<ClockOffset> offsets)
    {
        var best = offsets
            .Where(item => item.Offset != TimeSpan.Zero && LogClock.IsOfTheNetwork(item.Source) && !LogClock.IsOfTheNetwork(item.Reference))
            .GroupBy(item => (item.Device, item.Source))
            .Select(group => group.OrderByDescending(item => item.Pairs).ThenBy(item => item.Reference, StringComparer.Ordinal).First());
        Applied = [.. best.Select(item => item with { IsApplied = true })];
        foreach (var item in Applied) _offsets[(item.Device, item.Source)] = item.Offset;
    }

    /// <summary>The offsets that are applied, one for each device and source.</summary>
    public IReadOnlyList<ClockOffset> Applied { get; }

    /// <summary>By how much the times of a source on a device are moved back; zero when they are not.</summary>
    public TimeSpan Of(string device, string source) => _offsets.GetValueOrDefault((device, source));
}
