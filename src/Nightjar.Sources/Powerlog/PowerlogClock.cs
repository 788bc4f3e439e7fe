using Nightjar.Events;
using Nightjar.Sources.Sqlite;

namespace Nightjar.Sources.Powerlog;

/// <summary>Turns the power log's own time into that of the wall. The log's clock is set at some moment and goes on by itself; a table of the
/// log says from when on it was wrong by how many seconds.</summary>
/// <remarks>The correction that was in force is the last one not later than the time; times before the first correction take the first.
/// Without any, times stand as they are and are marked as assumed.</remarks>
internal sealed class PowerlogClock
{
    /// <summary>The table of corrections.</summary>
    public const string Table = "PLStorageOperator_EventForward_TimeOffset";

    private const int MaxCorrections = 100_000;

    private readonly List<(double From, double Seconds)> _corrections = [];

    /// <summary>True when every correction is known.</summary>
    public bool IsSure { get; private set; }

    /// <summary>How sure a corrected time is.</summary>
    public TimeBasis Basis => IsSure ? TimeBasis.Stated : TimeBasis.Assumed;

    /// <summary>Learns the corrections. One that cannot be read makes all times unsure.</summary>
    public void Learn(Database database)
    {
        if (database.Find(Table) is not { } table) return;
        database.Image.HasFault = false;
        for (var rows = new TableRows(database, table, "timestamp", "system"); _corrections.Count < MaxCorrections && rows.Next();)
            if (rows.TryNumber(0, out var from) && rows.TryNumber(1, out var seconds)) _corrections.Add((from, seconds));
        _corrections.Sort();
        IsSure = _corrections.Count > 0 && !database.Image.HasFault;
    }

    /// <summary>The time on the wall; false when the number is no time.</summary>
    public bool TryRead(double seconds, out Instant time)
    {
        var low = 0;
        var high = _corrections.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_corrections[middle].From <= seconds) low = middle + 1;
            else high = middle;
        }
        var correction = _corrections.Count == 0 ? 0 : _corrections[Math.Max(0, low - 1)].Seconds;
        return AppleTime.TryUnix(seconds + correction, out time);
    }
}
