using Nightjar.Events;

namespace Nightjar.Sources.Strace;

/// <summary>One reading of one trace.</summary>
/// <remarks>A trace does not name its app. Lines are held back until one tells it, so that what came before is the app's too.</remarks>
internal sealed class StraceSession(SourceInput input) : LineSession(input)
{
    private const int MaxHeldLines = 8_192;
    private const int MaxHeldBytes = 4 * 1024 * 1024;

    private readonly StraceClock _clock = new(input.ReferenceTime, input.Settings.AssumedOffset);
    private readonly StraceClock _lookClock = new(null, TimeSpan.Zero);
    private readonly StraceWriter _writer = new(input.File.Number);
    private readonly AppFinder _finder = new();
    private readonly UnfinishedCalls _unfinished = new();
    private readonly Queue<HeldLine> _held = [];
    private readonly RecordKey _joined = new();
    private StraceCalls? _calls;
    private int _heldBytes;
    private bool _isHolding = true;
    private bool _hasEnded;

    public override bool Read(EventBatch batch, CancellationToken cancellation)
    {
        if (!_isHolding) Release(batch);
        if (!_hasEnded && !batch.IsFull && base.Read(batch, cancellation)) return true;
        cancellation.ThrowIfCancellationRequested();
        if (batch.IsFull && !_hasEnded) return true;
        _hasEnded = true;
        _isHolding = false;
        Release(batch);
        return _held.Count > 0;
    }

    protected override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        if (!_finder.IsProven)
        {
            _finder.Look(StraceLine.Read(line, _lookClock));
            _writer.App = _finder.App;
            _writer.IsAppProven = _finder.IsProven;
        }
        if (!_isHolding && _held.Count == 0)
        {
            Take(line, number, IsUnterminated, batch);
            return;
        }
        _held.Enqueue(new HeldLine(line.ToArray(), number, IsUnterminated));
        _heldBytes += line.Length;
        if (!_finder.IsProven && _held.Count < MaxHeldLines && _heldBytes < MaxHeldBytes) return;
        _isHolding = false;
        Release(batch);
    }

    private void Release(EventBatch batch)
    {
        while (!batch.IsFull && _held.TryDequeue(out var held)) Take(held.Line, held.Number, held.IsCut, batch);
    }

    private void Take(ReadOnlySpan<byte> text, long number, bool isCut, EventBatch batch)
    {
        var line = StraceLine.Read(text, _clock);
        switch (line.Kind)
        {
            case StraceKind.Call:
                TakeCall(in line, text, number, batch);
                break;
            case StraceKind.Unfinished:
                _unfinished.Begin(in line, text, number);
                break;
            case StraceKind.Resumed:
                TakeResumed(in line, text, batch);
                break;
            case StraceKind.None:
                batch.Report(isCut ? AnomalyKind.Truncated : AnomalyKind.Malformed, File, number, "The line is no call, signal or exit.");
                break;
        }
    }

    private void TakeCall(in StraceLine line, ReadOnlySpan<byte> text, long number, EventBatch batch)
    {
        if (!TryTime(line.HasTime, line.Time, line.Basis, number, batch, out var time, out var basis)) return;
        var call = new StraceCall
        {
            Name = line.Name, Arguments = line.Arguments, Result = line.Result, Pid = line.Pid, Time = time, End = EndOf(time, line.Duration),
            Basis = basis, HasTime = line.HasTime, Number = number, Record = text,
        };
        (_calls ??= new StraceCalls(_writer)).Take(batch, in call);
    }

    private void TakeResumed(in StraceLine line, ReadOnlySpan<byte> text, EventBatch batch)
    {
        if (_unfinished.Take(in line) is not { } begin || !TryTime(begin.HasTime, begin.Time, begin.Basis, begin.Number, batch, out var time, out var basis)) return;
        byte[] arguments = [.. begin.Arguments, .. line.Arguments];
        var call = new StraceCall
        {
            Name = line.Name, Arguments = arguments, Result = line.Result, Pid = line.Pid, Time = time,
            End = line.Duration >= 0 || !line.HasTime ? EndOf(time, line.Duration) : line.Time,
            Basis = basis, HasTime = begin.HasTime, Number = begin.Number, Record = _joined.Begin("joined"u8).Add(begin.Line).Add(text).Bytes,
        };
        (_calls ??= new StraceCalls(_writer)).Take(batch, in call);
    }

    private bool TryTime(bool hasTime, Instant written, TimeBasis writtenBasis, long number, EventBatch batch, out Instant time, out TimeBasis basis)
    {
        (time, basis) = (written, writtenBasis);
        if (hasTime) return true;
        if (Input.ReferenceTime is { } reference)
        {
            (time, basis) = (reference, TimeBasis.Reported);
            return true;
        }
        batch.Report(AnomalyKind.MissingField, File, number, "The call has no time and the file no date; state the reference time.");
        return false;
    }

    private static Instant EndOf(Instant time, long duration) => duration <= 0 ? time : time + TimeSpan.FromMicroseconds(duration);

    private readonly record struct HeldLine(byte[] Line, long Number, bool IsCut);
}
