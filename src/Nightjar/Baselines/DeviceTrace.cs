using System.Numerics;

namespace Nightjar.Baselines;

/// <summary>What one device showed of a thing: the first day, the last, which of the 64 days up to the last, and how much.</summary>
/// <param name="Device">The device as a number that does not tell its name.</param>
/// <param name="FirstDay">Days since 1970, UTC.</param>
/// <param name="LastDay">Days since 1970, UTC.</param>
/// <param name="Days">Bit n: it was seen n days before the last day.</param>
/// <param name="Counts">How often and how much.</param>
internal readonly record struct DeviceTrace(ulong Device, int FirstDay, int LastDay, ulong Days, BaselineCounts Counts)
{
    private const int DaysHeld = 64;

    public static DeviceTrace Of(ulong device, int day, BaselineCounts counts = default) => new(device, day, day, 1, counts);

    /// <summary>Both together. In whatever order traces are joined, the result is the same.</summary>
    public DeviceTrace Join(in DeviceTrace other)
    {
        var last = Math.Max(LastDay, other.LastDay);
        return new DeviceTrace(Device, Math.Min(FirstDay, other.FirstDay), last, Shifted(last) | other.Shifted(last), Counts + other.Counts);
    }

    /// <summary>How many days before a day it was seen, of the last 64.</summary>
    public int DaysBefore(int day) => BitOperations.PopCount(DaysUpTo(day - 1));

    /// <summary>The days seen before a day, each worth half as much as one that is a half-life later.</summary>
    public double Weight(int day, double halfLife)
    {
        var weight = 0d;
        for (var rest = DaysUpTo(day - 1); rest != 0; rest &= rest - 1)
            weight += Math.Pow(0.5, (day - LastDay + BitOperations.TrailingZeroCount(rest)) / halfLife);
        return weight;
    }

    private ulong Shifted(int last) => last - LastDay >= DaysHeld ? 0 : Days << (last - LastDay);

    // The days are counted back from the last; those after the day asked about are left out.
    private ulong DaysUpTo(int day)
    {
        var after = LastDay - day;
        return after <= 0 ? Days : after >= DaysHeld ? 0 : Days >> after << after;
    }
}
