using Nightjar.Events;

namespace Nightjar.Simulation;

/// <summary>An attack that was planted: what must be found, and where.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Title">What happens, in a sentence.</param>
/// <param name="Analytics">The analytics that must report it; what others report there is no mistake.</param>
/// <param name="Device">Uid of the device.</param>
/// <param name="App">The app that does it.</param>
/// <param name="From">When it begins.</param>
/// <param name="To">When it has ended.</param>
public sealed record AttackLabel(string Name, string Title, IReadOnlyList<string> Analytics, string Device, string App, Instant From, Instant To)
{
    /// <summary>True when it lies in the span at all.</summary>
    public bool IsWithin(Instant from, Instant to) => From <= to && To >= from;
}
