using Nightjar.Sources.Mapping.Plan;
using Nightjar.Sources.Mapping.Records;

namespace Nightjar.Sources.Mapping;

/// <summary>The reader that a mapping makes, of which nothing is read before something is asked of it.</summary>
internal sealed class MappedReader(Lazy<MappingPlan> plan) : ISourceReader
{
    private const int RecordsToJudge = 16;

    public SourceFormat Format => Plan.Format;

    public int MostCertain => Recognition.MostCertain;

    public MappingPlan Plan => plan.Value;

    public SourceSession Open(SourceInput input) => new MappedSession(Plan, input);

    public int Recognise(SourceHead head)
    {
        if (head.Bytes.IsEmpty || !MayBe(head.Bytes.Span)) return 0;
        using var stream = new MemoryStream(head.Bytes.ToArray(), writable: false);
        using var source = new RecordSource(Plan, stream);
        var finder = source.Finder;
        int known = 0, others = 0;
        for (var found = RecordFound.Nothing; found != RecordFound.End && known + others < RecordsToJudge;)
        {
            found = finder.Next(CancellationToken.None);
            if (found is not (RecordFound.Record or RecordFound.Truncated)) continue;
            var isHeader = false;
            if (found == RecordFound.Record) isHeader = source.TryRead(finder.Record) is not RowState.Record;
            else if (known + others == 0 && !head.IsWhole) source.ReadBeginning(finder.Record);
            else continue;
            if (isHeader) continue;
            if (IsOfTheKind(source.View)) known++;
            else others++;
        }
        return known > 0 && known >= others ? Plan.Recognition.Certainty : 0;
    }

    // By bytes first: most files are of other formats, and there may be many mappings.
    private bool MayBe(ReadOnlySpan<byte> head)
    {
        if (Plan.Layout == Layout.Json && head.TrimStart(" \t\r\n"u8) is not [(byte)'{' or (byte)'[', ..]) return false;
        foreach (var name in Plan.Recognition.Names)
            if (head.IndexOf(name) < 0) return false;
        return true;
    }

    private bool IsOfTheKind(RecordView view)
    {
        var recognition = Plan.Recognition;
        foreach (var key in recognition.Keys)
            if (!Has(view, key)) return false;
        if (recognition.Any.Count > 0 && !recognition.Any.Any(key => Has(view, key))) return false;
        return recognition.Values.Holds(view);
    }

    private static bool Has(RecordView view, ValuePath path) => view.Of(path.Scope) is { } values && values.Has(path.Slot);
}
