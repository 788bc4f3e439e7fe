using System.Buffers;
using System.Globalization;
using Nightjar.Events;
using Nightjar.Scenarios;
using Nightjar.Scenarios.Running;

namespace Nightjar.Simulation;

/// <summary>An invented fleet: what its devices tell day by day, and the attacks in it. One thread.</summary>
public sealed class FleetSimulation
{
    // Attacks are planted on devices of their own as far as there are any; the same ones for every seed would be learned by heart.
    private const int ForAttacks = -1;

    private readonly SimulationSpec _spec;
    private readonly SimulatedDevice[] _devices;
    private readonly List<(Attack Attack, SimulatedDevice Device)> _planted = [];

    /// <exception cref="ArgumentOutOfRangeException">The fleet is too small or too large, or an attack is not known.</exception>
    public FleetSimulation(SimulationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Devices, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(spec.Devices, SimulationSpec.Most);
        ArgumentOutOfRangeException.ThrowIfLessThan(spec.Days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(spec.Days, SimulationSpec.Most);
        if (spec.Attacks?.FirstOrDefault(name => !AttackNames.Contains(name)) is { } unknown) throw new ArgumentOutOfRangeException(nameof(spec), unknown, "There is no such attack.");
        _spec = spec;
        // A small fleet has its iPhone too.
        _devices = [.. Enumerable.Range(0, spec.Devices).Select(number => new SimulatedDevice(number == spec.Devices - 1 && number < 6 ? 6 : number))];
        var wanted = Attacks.All.Where(attack => spec.Attacks?.Contains(attack.Name) != false).ToList();
        foreach (var attack in wanted.Where(attack => attack.Fits(spec))) _planted.Add((attack, DeviceFor(attack)));
        WithoutRoom = [.. wanted.Where(attack => !attack.Fits(spec)).Select(attack => attack.Name)];
    }

    /// <summary>The attacks that can be planted.</summary>
    public static IReadOnlyList<string> AttackNames { get; } = [.. Attacks.All.Select(attack => attack.Name)];

    /// <summary>The days, from 0.</summary>
    public int Days => _spec.Days;

    /// <summary>Attacks that were asked for and need more days than there are.</summary>
    public IReadOnlyList<string> WithoutRoom { get; }

    /// <summary>What was planted, in the order of time.</summary>
    public IReadOnlyList<AttackLabel> Labels =>
        [.. _planted.Select(pair => Label(pair.Attack, pair.Device)).OrderBy(label => label.From).ThenBy(label => label.Name, StringComparer.Ordinal)];

    /// <summary>The devices: uid and platform.</summary>
    public IReadOnlyList<(string Uid, Platform Platform)> Devices => [.. _devices.Select(device => (device.Uid, device.Platform))];

    /// <summary>The date of a day, for the name of its file.</summary>
    public string DateOf(int day) => (_spec.Start + TimeSpan.FromDays(day)).ToDateTimeOffset().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Writes what all devices tell on a day, as lines of the contract in the order of time.</summary>
    /// <returns>How many events.</returns>
    public int Write(int day, IBufferWriter<byte> to)
    {
        ArgumentNullException.ThrowIfNull(to);
        var events = Events(day).OrderBy(item => item.Offset).ThenBy(item => item.Id, StringComparer.Ordinal).ToList();
        var symbols = new SymbolTable();
        var batch = new EventBatch(symbols);
        using var writer = new OcsfNdjsonWriter(to, symbols);
        foreach (var part in events.Chunk(EventBatch.Capacity / 2))
        {
            ScenarioBatch.Fill(part, _spec.Start, Platform.Unknown, batch);
            for (var i = 0; i < batch.Count; i++) writer.Write(batch[i]);
        }
        return events.Count;
    }

    // An attack over midnight belongs to the day on which it strikes: files may overlap, and are put in order when they are read.
    private IEnumerable<ScenarioEvent> Events(int day)
    {
        foreach (var device in _devices)
        {
            foreach (var item in new InnocentDay(_spec, device, day).Events().Where(item => !IsReplaced(device, item))) yield return item;
        }
        foreach (var (attack, device) in _planted)
        {
            var strikes = _spec.Days - attack.DaysBeforeEnd;
            var id = $"{attack.Name}/{day}";
            if (day == strikes) foreach (var item in attack.Strike.Happen(device, attack.App, attack.At(_spec), id)) yield return item;
            if (attack.Teaching is not { } teaching || day < strikes - teaching.Days || day >= strikes) continue;
            var draw = new Draw(_spec.Seed, ForAttacks, day, device.Number);
            var at = TimeSpan.FromDays(day) + TimeSpan.FromMinutes(draw.Between(13 * 60, 15 * 60));
            foreach (var item in teaching.Behaviour.Happen(device, attack.App, at, id, draw)) yield return item;
        }
    }

    private bool IsReplaced(SimulatedDevice device, ScenarioEvent item) =>
        _planted.Exists(pair => pair.Attack.Replaces && pair.Device == device && pair.Attack.App == item.App && item.Offset >= pair.Attack.At(_spec) - pair.Attack.Strike.Before);

    private SimulatedDevice DeviceFor(Attack attack)
    {
        var able = _devices.Where(device => device.IsAndroid == attack.IsAndroid).ToList();
        var draw = new Draw(_spec.Seed, ForAttacks);
        var before = _planted.Count(pair => pair.Attack.IsAndroid == attack.IsAndroid);
        return able[(draw.Below(able.Count) + before) % able.Count];
    }

    private AttackLabel Label(Attack attack, SimulatedDevice device)
    {
        var at = _spec.Start + attack.At(_spec);
        return new AttackLabel(attack.Name, attack.Title, attack.Analytics, device.Uid, attack.App, at - attack.Strike.Before, at + attack.Strike.After);
    }
}
