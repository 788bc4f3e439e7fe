using Nightjar.Events;

namespace Nightjar.Sources.Dumpstate;

/// <summary>Gives each line to the section that it stands in.</summary>
internal sealed class DumpSections
{
    private const int LinesForOpening = 200;

    private readonly Dump _dump;
    private readonly SourceInput _input;
    private readonly Dictionary<SectionKind, DumpSection> _sections = [];
    private LogSection? _log;
    private DumpSection? _current;
    private bool _hasHeader;
    private int _lines;

    public DumpSections(Dump dump, SourceInput input)
    {
        _dump = dump;
        _input = input;
    }

    /// <summary>Reads a line.</summary>
    public void Take(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (SectionName.TryRead(line, out var kind))
        {
            _hasHeader = true;
            LearnEnd(line);
            Enter(kind, batch);
        }
        else if (line.StartsWith("== dumpstate: "u8))
        {
            _hasHeader = true;
            _dump.TryLearnNow(line[14..]);
        }
        else if (_current is not null)
        {
            _current.OnLine(line, number, batch);
        }
        else if (!_hasHeader && _lines++ < LinesForOpening && SectionName.OfOpening(line) is var opening and not SectionKind.None)
        {
            Enter(opening, batch);
            _current?.OnLine(line, number, batch);
        }
    }

    /// <summary>The dump has ended.</summary>
    public void End(EventBatch batch) => Enter(SectionKind.None, batch);

    /// <summary>Fills in the ids that are still owed; before the batch is handed on.</summary>
    public void Flush(EventBatch batch) => _log?.Flush(batch);

    // "… ending at: 2026-02-27 10:00:07": relative times count from the moment at which their section was written.
    private void LearnEnd(ReadOnlySpan<byte> line)
    {
        var at = line.IndexOf("ending at: "u8);
        if (at > 0 && SectionName.IsDuration(line)) _dump.TryLearnNow(line[(at + 11)..]);
    }

    private void Enter(SectionKind kind, EventBatch batch)
    {
        _current?.OnEnd(batch);
        _current = kind == SectionKind.None ? null : Section(kind);
    }

    private DumpSection? Section(SectionKind kind)
    {
        if (_sections.TryGetValue(kind, out var known)) return known;
        DumpSection? section = kind switch
        {
            SectionKind.AppOps => new AppOpsSection(_dump),
            SectionKind.Battery => new BatterySection(_dump),
            SectionKind.Downloads => new DownloadSection(_dump),
            SectionKind.Jobs => new JobSection(_dump),
            SectionKind.Log => _log = new LogSection(_dump, _input),
            SectionKind.NetStats => new NetStatsSection(_dump),
            SectionKind.Package => new PackageSection(_dump),
            SectionKind.Settings => new SettingsSection(_dump),
            SectionKind.Usage => new UsageSection(_dump),
            _ => null,
        };
        return section is null ? null : _sections[kind] = section;
    }
}
