using Nightjar.Events;
using Nightjar.Sources.Sqlite;

namespace Nightjar.Sources.Powerlog;

/// <summary>One reading of one power log.</summary>
internal sealed class PowerlogSession(SourceInput input) : DatabaseSession(input)
{
    private readonly PowerlogClock _clock = new();

    protected override IEnumerable<int> Rows(Database database)
    {
        _clock.Learn(database);
        if (!_clock.IsSure) Batch.Report(AnomalyKind.BadValue, File, 0, "The corrections of the log's clock are not all there; times may be wrong by days.");
        yield return 0;
        var writer = new PowerWriter(File, _clock);
        var known = 0;
        foreach (var table in PowerTables.All)
        {
            if (database.Find(table.Name) is not { } shape) continue;
            known++;
            for (var rows = new TableRows(database, shape, table.AllColumns); rows.Next();)
            {
                writer.Write(table, rows, Batch);
                yield return 0;
            }
        }
        if (known == 0) Batch.Report(AnomalyKind.MissingField, File, 0, "The power log has none of the tables that Nightjar reads.");
        var others = database.Tables.Count(shape => shape.Name.StartsWith("PL", StringComparison.Ordinal) && shape.Name != PowerlogClock.Table) - known;
        if (others > 0) Batch.Report(AnomalyKind.UnknownKind, File, 0, $"{others} further tables of the power log tell nothing that Nightjar has events for.");
    }
}
