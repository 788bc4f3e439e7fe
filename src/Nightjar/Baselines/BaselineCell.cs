namespace Nightjar.Baselines;

/// <summary>What a cell of a baseline is about.</summary>
public enum BaselineKind : byte
{
    /// <summary>The app itself.</summary>
    App = 0,
    /// <summary>A registrable domain or an address that the app went to.</summary>
    Destination = 1,
    /// <summary>A service class that it used.</summary>
    ServiceClass = 2,
    /// <summary>A family of API functions that it called.</summary>
    ApiFamily = 3,
}

/// <summary>One thing that an app does, for people.</summary>
/// <param name="App">Package name or bundle id.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Value">Domain, class or family; empty for the app itself.</param>
/// <param name="First">First day, UTC.</param>
/// <param name="Last">Last day, UTC.</param>
/// <param name="Devices">How many devices showed it; an estimate from 32 on.</param>
/// <param name="Days">On how many of the 64 days up to the last any of them did.</param>
/// <param name="Counts">How often and how much.</param>
public sealed record BaselineCell(string App, BaselineKind Kind, string Value, DateOnly First, DateOnly Last, long Devices, int Days, BaselineCounts Counts);

/// <summary>How often and how much. Sums.</summary>
/// <param name="Times">Events.</param>
/// <param name="Background">Of these, in the background.</param>
/// <param name="BytesIn">Toward the device.</param>
/// <param name="BytesOut">From the device.</param>
public readonly record struct BaselineCounts(long Times, long Background, long BytesIn, long BytesOut)
{
    public static BaselineCounts operator +(BaselineCounts a, BaselineCounts b) =>
        new(Add(a.Times, b.Times), Add(a.Background, b.Background), Add(a.BytesIn, b.BytesIn), Add(a.BytesOut, b.BytesOut));

    /// <summary>Without a part of it; never below nothing.</summary>
    internal BaselineCounts Less(BaselineCounts part) =>
        new(Math.Max(0, Times - part.Times), Math.Max(0, Background - part.Background), Math.Max(0, BytesIn - part.BytesIn), Math.Max(0, BytesOut - part.BytesOut));

    // Held at the top instead of turning negative; also the same in any order, for none of them is ever negative.
    private static long Add(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;
}
