using Nightjar.Events;

namespace Nightjar.Sources.Identity.Joining;

/// <summary>By which clock a log source tells its times, as a small number: asked for each contact, answered once for each source.</summary>
/// <remarks>There are as many clocks as <see cref="LogClock"/> tells apart: that of the device, and one for each family of the network.</remarks>
internal sealed class ClockNumbers(SymbolTable symbols)
{
    private readonly Dictionary<Symbol, (byte Clock, string Name)> _known = [];
    private readonly List<string> _representatives = [];

    // Those asked about lately, by the lower bits of their symbols: a few sources take turns.
    private readonly (Symbol LogName, byte Clock)[] _lately = new (Symbol, byte)[16];

    /// <summary>Equal for two sources that share a clock.</summary>
    public byte Of(Symbol logName)
    {
        ref var lately = ref _lately[logName.Id % _lately.Length];
        if (lately.LogName != logName) lately = (logName, Known(logName).Clock);
        return lately.Clock;
    }

    /// <summary>The source's name.</summary>
    public string NameOf(Symbol logName) => Known(logName).Name;

    private (byte Clock, string Name) Known(Symbol logName)
    {
        if (_known.TryGetValue(logName, out var known)) return known;
        var name = symbols.Text(logName);
        var clock = _representatives.FindIndex(other => LogClock.IsSame(name, other));
        if (clock < 0)
        {
            clock = _representatives.Count;
            _representatives.Add(name);
        }
        return _known[logName] = (checked((byte)clock), name);
    }
}
