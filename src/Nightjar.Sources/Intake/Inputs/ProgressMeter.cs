namespace Nightjar.Sources.Intake.Inputs;

/// <summary>Counts how far a run is and tells it now and then. Safe for several threads.</summary>
internal sealed class ProgressMeter(IProgress<IntakeProgress>? listener)
{
    private const long Step = 1 << 20;

    private readonly Lock _telling = new();
    private IntakePhase _phase;
    private long _read;
    private long _told;
    private long _events;

    /// <summary>Bytes of all files.</summary>
    public long BytesInAll { get; set; }

    /// <summary>Begins a phase; <paramref name="counting"/> says whether bytes count from the start again.</summary>
    public void Enter(IntakePhase phase, bool counting)
    {
        _phase = phase;
        if (counting) _read = _told = 0;
        Tell();
    }

    /// <summary>Bytes were read.</summary>
    public void Add(int bytes)
    {
        if (listener is null) return;
        var read = Interlocked.Add(ref _read, bytes);
        if (read - Interlocked.Read(ref _told) >= Step) Tell();
    }

    /// <summary>Events were handed on.</summary>
    public void AddEvents(int count)
    {
        _events += count;
        Tell();
    }

    /// <summary>The events handed on do not count.</summary>
    public void ForgetEvents() => _events = 0;

    private void Tell()
    {
        if (listener is null) return;
        lock (_telling)
        {
            _told = Interlocked.Read(ref _read);
            // The beginning of a file may be read more than once.
            var read = BytesInAll > 0 ? Math.Min(_told, BytesInAll) : _told;
            listener.Report(new IntakeProgress(_phase, read, BytesInAll, _events));
        }
    }
}
