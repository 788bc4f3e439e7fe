using Nightjar.Events;

namespace Nightjar.Simulation;

/// <summary>What fleet is asked for. The same gives the same telemetry, byte for byte.</summary>
public sealed record SimulationSpec
{
    /// <summary>Most devices, and most days.</summary>
    public const int Most = 1000;

    /// <summary>Days that the slowest attack needs: three weeks of history before it.</summary>
    public const int DaysForAll = 26;

    /// <summary>Devices, 2 to 1,000. Six of ten run Android, the others iOS.</summary>
    public int Devices { get; init; } = 10;

    /// <summary>Days, 1 to 1,000.</summary>
    public int Days { get; init; } = 30;

    /// <summary>Which chance.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Midnight (UTC) with which it begins.</summary>
    public Instant Start { get; init; } = Instant.FromMillis(1_767_571_200_000);

    /// <summary>Names of the attacks to plant (<see cref="FleetSimulation.AttackNames"/>); null for all.</summary>
    public IReadOnlyCollection<string>? Attacks { get; init; }
}
