using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Coverage;

/// <summary>Writes the ledger of a device out, so that it can be read without symbols.</summary>
internal sealed class TelemetryWriting(DeviceLedger ledger, SymbolTable symbols)
{
    private readonly string[] _logs = [.. ledger.LogSources.ToArray().Select(log => symbols.Text(log.Name))];

    /// <param name="checks">What analytics could see by what was there.</param>
    public DeviceTelemetry Write(Func<Sight, IReadOnlyList<DeviceCheck>> checks) => new()
    {
        Components = [.. Components()],
        LogSources = [.. LogSources().OrderBy(log => log.Name, StringComparer.Ordinal)],
        Fields = [.. Fields()],
        TimeBases = [.. Enum.GetValues<TimeBasis>().Select(basis => (basis, ledger.TimeBases[(int)basis])).Where(pair => pair.Item2 > 0)],
        Days = [.. ledger.Days.Select(day => Day(day, checks(day.Sight)))],
        LeftOut = ledger.LeftOut,
    };

    private List<ComponentTelemetry> Components()
    {
        var components = new List<ComponentTelemetry>();
        for (var bit = 0; bit < ledger.Components.Length; bit++)
        {
            ref readonly var cell = ref ledger.Components[bit];
            if (cell.Events > 0) components.Add(new ComponentTelemetry((DataComponents)(1 << bit), cell.Events, cell.First, cell.Last, cell.Gaps));
        }
        return components;
    }

    private List<LogSourceTelemetry> LogSources()
    {
        var logs = new List<LogSourceTelemetry>();
        for (var i = 0; i < _logs.Length; i++)
        {
            ref readonly var cell = ref ledger.LogSources[i];
            logs.Add(new LogSourceTelemetry(_logs[i], cell.Events, cell.First, cell.Last, cell.Components));
        }
        return logs;
    }

    private List<FieldCompleteness> Fields()
    {
        var (applicable, complete) = (new long[Enum.GetValues<DecisiveField>().Length], new long[Enum.GetValues<DecisiveField>().Length]);
        foreach (var day in ledger.Days)
        {
            for (var field = 0; field < applicable.Length; field++)
            {
                applicable[field] += day.Applicable[field];
                complete[field] += day.Complete[field];
            }
        }
        return Fields(field => applicable[field], field => complete[field]);
    }

    private TelemetryDay Day(DayCell cell, IReadOnlyList<DeviceCheck> checks) =>
        new(DateOnly.FromDayNumber(cell.Day), cell.Events, cell.First, cell.Last, cell.Sight.Observable, checks)
        {
            Arrived = [.. Enumerable.Range(0, DataComponentNames.Count).Where(bit => cell.Arrived[bit] > 0).Select(bit => ((DataComponents)(1 << bit), (long)cell.Arrived[bit]))],
            LogSources = [.. _logs.Where((_, i) => (cell.LogSources & 1u << i) != 0).Order(StringComparer.Ordinal)],
            Fields = Fields(field => cell.Applicable[field], field => cell.Complete[field]),
        };

    private static List<FieldCompleteness> Fields(Func<int, long> applicable, Func<int, long> complete) =>
        [.. Enum.GetValues<DecisiveField>().Where(field => applicable((int)field) > 0).Select(field => new FieldCompleteness(field, applicable((int)field), complete((int)field)))];
}
