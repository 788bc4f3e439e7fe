using Nightjar.Events;

namespace Nightjar.Inquiry;

/// <summary>When a device delivered which telemetry, exactly as far as anybody can ask: spells without a pause longer than the observation window.</summary>
internal sealed class Deliveries(TimeSpan window)
{
    private readonly List<Spell>[] _spells = [.. Enumerable.Range(0, DataComponentNames.Count).Select(_ => new List<Spell>())];

    /// <summary>Every component that was ever delivered.</summary>
    public DataComponents All { get; private set; }

    /// <summary>Takes the next event in the total order.</summary>
    public void Add(DataComponents components, Instant time, int number)
    {
        All |= components;
        foreach (var bit in components.Bits())
        {
            var spells = _spells[bit];
            if (spells.Count > 0 && time - spells[^1].Last <= window) spells[^1] = spells[^1] with { Last = time };
            else spells.Add(new Spell(time, number, time));
        }
    }

    /// <summary>Whether one of the components was delivered within the window before the moment, among the events below a number.</summary>
    public bool Observed(DataComponents components, Instant moment, int until) =>
        components == DataComponents.None || components.Bits().Any(bit => _spells[bit].Any(spell =>
            spell.First <= moment && spell.FirstNumber < until && moment - spell.Last <= window));

    private readonly record struct Spell(Instant First, int FirstNumber, Instant Last);
}
