using System.Runtime.CompilerServices;
using Nightjar.Events;

namespace Nightjar.Coverage;

/// <summary>What one device delivered on one UTC day. Fixed in size.</summary>
internal struct DayCell
{
    /// <summary>Whole days since 1 January of year 1, as <see cref="DateOnly.DayNumber"/>.</summary>
    public int Day;

    public uint Events;
    public Instant First;
    public Instant Last;

    /// <summary>The device's log sources that told, one bit each.</summary>
    public uint LogSources;

    /// <summary>What could be seen at the last event; set when the day is over.</summary>
    public Sight Sight;

    public ComponentCounts Arrived;
    public FieldCounts Applicable;
    public FieldCounts Complete;

    /// <summary>The UTC day of an instant.</summary>
    public static int DayOf(Instant time) => (int)((time.Micros - Instant.Min.Micros) / MicrosPerDay);

    private const long MicrosPerDay = 24 * 3600 * Instant.PerSecond;

    /// <summary>Events by bit of a data component.</summary>
    [InlineArray(14)]
    internal struct ComponentCounts
    {
        private uint _first;
    }

    /// <summary>Events by number of a decisive field.</summary>
    [InlineArray(6)]
    internal struct FieldCounts
    {
        private uint _first;
    }
}

/// <summary>What an analytic may build on at one moment of one device.</summary>
/// <param name="Observable">Data components delivered within the observation window.</param>
/// <param name="Named">Those of which a record that names an app was.</param>
/// <param name="Told">Facts of device and apps that were told at any time before.</param>
internal readonly record struct Sight(DataComponents Observable, DataComponents Named, ToldFacts Told);

/// <summary>Facts of device and apps that telemetry may tell, as a set.</summary>
[Flags]
internal enum ToldFacts
{
    None = 0,
    AppState = 1 << 0,
    Lock = 1 << 1,
    Screen = 1 << 2,
    Interaction = 1 << 3,
    ManagedApp = 1 << 4,
    ManagedDevice = 1 << 5,
    Supervised = 1 << 6,
    InstallSource = 1 << 7,
    Installed = 1 << 8,
    Updated = 1 << 9,
    Permissions = 1 << 10,
    Installer = 1 << 11,
}
