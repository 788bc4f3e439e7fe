using Nightjar.Sources.Mapping.Plan;
using Nightjar.Sources.Mapping.Records;

namespace Nightjar.Sources.Mapping;

/// <summary>What became of a record's bytes.</summary>
internal enum RowState : byte
{
    Record,
    /// <summary>The names of the columns.</summary>
    Header,
    /// <summary>It cannot be read.</summary>
    Unreadable,
}

/// <summary>The records of one file by their layout: finds them and reads their values.</summary>
internal sealed class RecordSource : IDisposable
{
    private readonly MappingPlan _plan;
    private readonly JsonValues? _json;
    private readonly FlatValues? _flat;

    public RecordSource(MappingPlan plan, Stream stream)
    {
        _plan = plan;
        if (plan.Layout == Layout.Json)
        {
            _json = new JsonValues(plan.RecordPaths);
            var outer = plan.RecordsPath.Count > 0 ? new JsonValues(plan.OuterPaths) : null;
            Finder = new JsonRecords(stream, plan.RecordsPath, outer);
            View = new RecordView { Record = _json, Outer = outer };
            return;
        }
        _flat = new FlatValues(plan.RecordPaths);
        if (plan.Columns.Count > 0) _flat.SetColumns(plan.Columns);
        Finder = new LineRecords(stream, plan.Layout == Layout.Csv);
        View = new RecordView { Record = _flat };
    }

    public IRecordFinder Finder { get; }

    /// <summary>The values of the record that was read last.</summary>
    public RecordView View { get; }

    /// <summary>Hears of values to which no path leads.</summary>
    public UnmappedNames? Unmapped { init => View.Record.Unmapped = value; }

    /// <summary>Why the last record cannot be read, to go on with after "The record".</summary>
    public string Complaint { get; private set; } = "";

    /// <summary>True when the input ends inside the last record.</summary>
    public bool IsLast => Finder is LineRecords { IsUnterminated: true };

    /// <summary>Reads the values of a record.</summary>
    public RowState TryRead(ReadOnlySpan<byte> record)
    {
        View.Record.Number = Finder.Number;
        if (_json is not null)
        {
            Complaint = "is no JSON object";
            return _json.TryRead(record) ? RowState.Record : RowState.Unreadable;
        }
        return _plan.Layout == Layout.Csv ? TryRow(record) : TryPairs(record);
    }

    /// <summary>Reads what there is of a record that the end cuts off; for looking at the beginning of a file.</summary>
    public void ReadBeginning(ReadOnlySpan<byte> record) => _json?.AddBeginning(record);

    public void Dispose() => Finder.Dispose();

    private RowState TryRow(ReadOnlySpan<byte> row)
    {
        if (_flat!.Columns == 0)
        {
            _flat.SetColumns(row, _plan.Separator);
            return RowState.Header;
        }
        if (_flat.IsHeader(row, _plan.Separator)) return RowState.Header;
        var fields = _flat.ReadRow(row, _plan.Separator);
        if (fields == _flat.Columns) return RowState.Record;
        Complaint = $"has {fields} fields, where there are {_flat.Columns} columns";
        return RowState.Unreadable;
    }

    private RowState TryPairs(ReadOnlySpan<byte> line)
    {
        Complaint = "has no key with a value";
        return _flat!.ReadPairs(line, _plan.Separator, _plan.Assign) > 0 ? RowState.Record : RowState.Unreadable;
    }
}
