using Nightjar.Events;

namespace Nightjar.Sources.Strace;

/// <summary>The beginning of a call that waits for its rest.</summary>
internal sealed record UnfinishedCall(byte[] Name, byte[] Arguments, byte[] Line, Instant Time, TimeBasis Basis, bool HasTime, long Number);

/// <summary>Calls that other threads interrupted in the trace, one for each thread. Bounded.</summary>
internal sealed class UnfinishedCalls
{
    private const int Capacity = 4_096;

    private readonly Dictionary<int, UnfinishedCall> _byThread = [];

    /// <summary>Keeps a beginning; what waited for the same thread is given up.</summary>
    public void Begin(in StraceLine line, ReadOnlySpan<byte> text, long number)
    {
        if (_byThread.Count >= Capacity && !_byThread.ContainsKey(line.Pid)) return;
        _byThread[line.Pid] = new UnfinishedCall(
            line.Name.ToArray(), line.Arguments.ToArray(), text.ToArray(), line.Time, line.Basis, line.HasTime, number);
    }

    /// <summary>Takes the beginning that belongs to a rest; null when there is none.</summary>
    public UnfinishedCall? Take(in StraceLine line) =>
        _byThread.Remove(line.Pid, out var call) && line.Name.SequenceEqual(call.Name) ? call : null;
}
