using Nightjar.Events;
using Nightjar.Sources.Sqlite;

namespace Nightjar.Sources.DataUsage;

/// <summary>One reading of one database.</summary>
internal sealed class DataUsageSession(SourceInput input) : DatabaseSession(input)
{
    // A phone has some hundred processes and keeps their days for some weeks.
    private const int MaxRows = 1_000_000;

    private readonly Dictionary<long, UsageProcess> _processes = [];
    private readonly List<UsageRow> _rows = [];

    protected override IEnumerable<int> Rows(Database database)
    {
        if (database.Find("ZPROCESS") is not { } processes || database.Find("ZLIVEUSAGE") is not { } usage)
        {
            Batch.Report(AnomalyKind.MissingField, File, 0, "The database lacks the table ZPROCESS or ZLIVEUSAGE.");
            yield break;
        }
        foreach (var step in ReadProcesses(new TableRows(database, processes, "Z_PK", "ZFIRSTTIMESTAMP", "ZTIMESTAMP", "ZBUNDLENAME", "ZPROCNAME"))) yield return step;
        var columns = new TableRows(
            database, usage, "Z_PK", "ZHASPROCESS", "ZKIND", "ZTAG", "ZTIMESTAMP", "ZWIFIIN", "ZWIFIOUT", "ZWWANIN", "ZWWANOUT", "ZWIREDIN", "ZWIREDOUT");
        foreach (var step in ReadUsage(columns)) yield return step;
        var writer = new UsageWriter(File);
        var order = _rows.OrderBy(row => row.Process).ThenBy(row => row.Kind).ThenBy(row => row.Tag).ThenBy(row => row.Start).ThenBy(row => row.Key).ToList();
        for (var i = 0; i < order.Count; i++)
        {
            var next = i + 1 < order.Count && order[i + 1].IsOfSame(order[i]) ? order[i + 1].Start : (Instant?)null;
            writer.Write(order[i], _processes[order[i].Process], next, Batch);
            yield return i;
        }
    }

    private IEnumerable<int> ReadProcesses(TableRows rows)
    {
        while (_processes.Count < MaxRows && rows.Next())
        {
            var last = rows.TryNumber(2, out var seconds) && AppleTime.TryCocoa(seconds, out var time) ? time : (Instant?)null;
            _processes.TryAdd(rows.WholeOrZero(0), new UsageProcess(rows.Text(3).ToArray(), rows.Text(4).ToArray(), last));
            yield return 0;
        }
    }

    private IEnumerable<int> ReadUsage(TableRows rows)
    {
        while (rows.Next())
        {
            if (_rows.Count >= MaxRows)
            {
                Batch.Report(AnomalyKind.LimitReached, File, rows.Offset, $"The table has more than {MaxRows} rows; the others were not read.");
                yield break;
            }
            Keep(rows);
            yield return 0;
        }
    }

    private void Keep(TableRows rows)
    {
        var process = rows.WholeOrZero(1);
        if (!_processes.TryGetValue(process, out var owner))
        {
            Batch.Report(AnomalyKind.MissingField, File, rows.Offset, "The process of the row is not in the database.");
        }
        else if (owner.IsSumOfAll)
        {
            Batch.Report(AnomalyKind.UnknownKind, File, rows.Offset, "The row sums up what the others hold, and was not counted again.");
        }
        else if (!rows.TryNumber(4, out var seconds) || !AppleTime.TryCocoa(seconds, out var start))
        {
            Batch.Report(AnomalyKind.BadTime, File, rows.Offset, "The ZTIMESTAMP of the row is no time.");
        }
        else if (Bytes(rows, 5) is not { } wifi || Bytes(rows, 7) is not { } mobile || Bytes(rows, 9) is not { } wired)
        {
            Batch.Report(AnomalyKind.BadValue, File, rows.Offset, "A number of bytes of the row is none that can be; the row was left out.");
        }
        else
        {
            _rows.Add(new UsageRow(rows.WholeOrZero(0), process, rows.WholeOrZero(2), rows.WholeOrZero(3), start, wifi, mobile, wired, rows.Offset));
        }
    }

    // In and out, from two columns beside each other; a column that the version does not have counts as none.
    private static ByteCount? Bytes(TableRows rows, int column)
    {
        if (!TryBytes(rows, column, out var received) || !TryBytes(rows, column + 1, out var sent)) return null;
        return new ByteCount(received, sent);
    }

    private static bool TryBytes(TableRows rows, int column, out long bytes)
    {
        var isThere = rows.TryNumber(column, out var value);
        bytes = isThere && value is >= 0 and < 1e15 ? (long)value : 0;
        return !isThere || value is >= 0 and < 1e15;
    }
}
