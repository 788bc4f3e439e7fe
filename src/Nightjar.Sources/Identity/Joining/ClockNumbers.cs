using Nightjar.Events;

namespace Nightjar.Sources.Identity.Joining;

/// <summary>By which clock a log source tells its times, as a small number: asked for each contact, answered once for each source.</summary>
internal sealed class ClockNumbers(SymbolTable symbols)
{
    private readonly Dictionary<Symbol, (int Clock, string Name)> _known = [];
    private readonly List<string> _representatives = [];
    private (Symbol LogName, int Clock) _latest;

    /// <summary>Equal for two sources that share a clock.</summary>
    public int Of(Symbol logName)
    {
        if (_latest.LogName != logName) _latest = (logName, Known(logName).Clock);
        return _latest.Clock;
    }

    /// <summary>The source's name.</summary>
    public string NameOf(Symbol logName) => Known(logName).Name;

    private (int Clock, string Name) Known(Symbol logName)
    {
        if (_known.TryGetValue(logName, out var known)) return known;
        var name = symbols.Text(logName);
        var clock = _representatives.FindIndex(other => LogClock.IsSame(name, other));
        if (clock < 0)
        {
            clock = _representatives.Count;
            _representatives.Add(name);
        }
        return _known[logName] = (clock, name);
    }
}
