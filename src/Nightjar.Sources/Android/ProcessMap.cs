using Nightjar.Events;

namespace Nightjar.Sources.Android;

/// <summary>Which app a process number meant, and when: numbers are used again. Also which app a user id means.</summary>
/// <remarks>Moments are event times in microseconds or, in logs without times, line numbers.</remarks>
internal sealed class ProcessMap
{
    /// <summary>Most process numbers, and most user ids, that are kept; a phone has some thousands.</summary>
    public const int MaxEntries = 65_536;

    private const int MaxIncarnations = 4;

    // A process speaks before the line that tells of its start: that is written when the start is done.
    private const long StartSlack = Instant.PerSecond;

    // The same start is told by the events buffer and by the system's own log.
    private const long SameStart = 5 * Instant.PerSecond;

    private readonly Dictionary<int, Incarnation> _pids = [];
    private readonly Dictionary<int, byte[]?> _uids = [];

    /// <summary>True once something could not be kept.</summary>
    public bool IsFull { get; private set; }

    /// <summary>A process began.</summary>
    /// <returns>False when this start was told before.</returns>
    public bool Start(int pid, int uid, ReadOnlySpan<byte> process, ReadOnlySpan<byte> package, long moment)
    {
        var known = _pids.GetValueOrDefault(pid);
        if (known is not null && known.To == long.MaxValue && known.Process.AsSpan().SequenceEqual(process)
            && Math.Abs(moment - known.From) <= SameStart) return false;
        if (known is null && _pids.Count >= MaxEntries)
        {
            IsFull = true;
            return true;
        }
        if (known is not null && known.To > moment) known.To = moment;
        _pids[pid] = new Incarnation(uid, moment, process.ToArray(), package.ToArray(), Shorten(known));
        LearnUid(uid, package);
        return true;
    }

    /// <summary>A process ended.</summary>
    public void End(int pid, long moment)
    {
        if (_pids.GetValueOrDefault(pid) is { } known && known.To > moment && known.From <= moment) known.To = moment;
    }

    /// <summary>An app has a user id.</summary>
    public void LearnUid(int uid, ReadOnlySpan<byte> package)
    {
        if (!AndroidUid.IsApp(uid) || AndroidUid.IsIsolated(uid) || package.IsEmpty) return;
        if (!_uids.TryGetValue(uid, out var known))
        {
            if (_uids.Count < MaxEntries) _uids[uid] = package.ToArray();
            else IsFull = true;
        }
        else if (known is not null && !package.SequenceEqual(known))
        {
            // Several apps share it, so it names none of them.
            _uids[uid] = null;
        }
    }

    /// <summary>What the process number meant at that moment; null when unknown, or when it contradicts the user id.</summary>
    public Incarnation? Find(int pid, int uid, long moment)
    {
        if (pid < 0) return null;
        for (var known = _pids.GetValueOrDefault(pid); known is not null; known = known.Before)
        {
            if (moment > known.To) return null;
            if (moment < known.From && (moment < known.From - StartSlack || known.Before is { } before && moment <= before.To)) continue;
            return uid >= 0 && known.Uid >= 0 && uid != known.Uid ? null : known;
        }
        return null;
    }

    /// <summary>The app of a user id; empty when unknown or when several share it.</summary>
    public ReadOnlySpan<byte> PackageOf(int uid) => uid < 0 ? default : _uids.GetValueOrDefault(uid);

    private static Incarnation? Shorten(Incarnation? known)
    {
        var last = known;
        for (var depth = 2; last is not null && depth < MaxIncarnations; depth++) last = last.Before;
        if (last is not null) last.Before = null;
        return known;
    }

    /// <summary>One life of a process number.</summary>
    internal sealed class Incarnation(int uid, long from, byte[] process, byte[] package, Incarnation? before)
    {
        public int Uid { get; } = uid;

        public long From { get; } = from;

        public long To { get; set; } = long.MaxValue;

        public byte[] Process { get; } = process;

        /// <summary>Empty when the process belongs to no app that could be told.</summary>
        public byte[] Package { get; } = package;

        public Incarnation? Before { get; set; } = before;
    }
}
