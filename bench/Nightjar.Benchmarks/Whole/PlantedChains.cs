namespace Nightjar.Benchmarks.Whole;

/// <summary>A part of a planted chain: code fetched, written to where the app may write, and loaded from there.</summary>
/// <param name="Chain">Number of the chain, from 0.</param>
/// <param name="Step">0 download, 1 write, 2 load.</param>
/// <param name="Device">An Android device.</param>
/// <param name="App">The app that does it.</param>
internal readonly record struct ChainRole(int Chain, int Step, int Device, int App);

/// <summary>Where the true chains lie among the noise. Nothing else in the generated telemetry writes or loads new code.</summary>
internal sealed class PlantedChains
{
    private const int Steps = 3;
    private const long StepMillis = 4_000;

    private readonly TelemetrySpec _spec;
    private readonly int _gap;

    public PlantedChains(TelemetrySpec spec)
    {
        _spec = spec;
        var perStep = (long)((Int128)spec.Events * StepMillis / 86_400_000);
        _gap = (int)Math.Clamp(perStep, 1, Math.Max(1, spec.ChainEvery / Steps - 1));
    }

    /// <summary>Chains that lie in the file whole; a scan should find so many.</summary>
    public int Count
    {
        get
        {
            var last = _spec.Events - 1 - (Steps - 1) * _gap;
            return last < 0 ? 0 : last / _spec.ChainEvery + 1;
        }
    }

    /// <summary>The part that the event with a number plays; null when it plays none.</summary>
    public ChainRole? RoleOf(int number)
    {
        var (chain, offset) = Math.DivRem(number, _spec.ChainEvery);
        if (chain >= Count || offset % _gap != 0 || offset / _gap >= Steps) return null;
        var chance = Chance.Of(_spec.Seed ^ 0xC0DE, chain);
        var device = chance.Below(_spec.Devices);
        while (!Fleet.IsAndroid(device)) device = chance.Below(_spec.Devices);
        return new ChainRole(chain, offset / _gap, device, chance.Below(Fleet.Apps));
    }
}
