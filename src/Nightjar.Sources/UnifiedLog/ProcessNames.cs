using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>Which process number is which app, as the system said when it started or moved it. Forgotten when the device starts anew.</summary>
/// <remarks>Bounded: the system gives numbers below 100,000, and others are not kept.</remarks>
internal sealed class ProcessNames
{
    private const long MaxPid = 100_000;

    private readonly Dictionary<long, Symbol> _bundles = [];
    private byte[] _boot = [];

    /// <summary>An entry of this start of the device follows.</summary>
    public void Enter(ReadOnlySpan<byte> boot)
    {
        if (boot.IsEmpty || boot.SequenceEqual(_boot)) return;
        _boot = boot.ToArray();
        _bundles.Clear();
    }

    public void Learn(long pid, Symbol bundle)
    {
        if (pid is > 0 and < MaxPid) _bundles[pid] = bundle;
    }

    /// <summary>The bundle id of a process; none when the log has not told.</summary>
    public Symbol Of(long? pid) => pid is { } number ? _bundles.GetValueOrDefault(number) : default;
}
