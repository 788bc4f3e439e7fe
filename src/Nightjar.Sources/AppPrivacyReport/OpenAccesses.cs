using Nightjar.Events;

namespace Nightjar.Sources.AppPrivacyReport;

/// <summary>A use of a resource that has begun.</summary>
internal sealed record OpenAccess(byte[] Uid, byte[] App, AppGrade Grade, string? Sensor, Instant Time, TimeBasis Basis, long Number, byte[] Remark, long? Count);

/// <summary>Holds back begins until their end tells how long the use lasted. Bounded.</summary>
internal sealed class OpenAccesses
{
    /// <summary>Most begins that wait at once; some hundred thousand records make a report.</summary>
    public const int Capacity = 16_384;

    private readonly Dictionary<string, OpenAccess> _open = new(StringComparer.Ordinal);
    private readonly Queue<OpenAccess> _left = [];

    /// <summary>Holds a begin back; false when there is no room. A begin of the same name that waits already is given up first.</summary>
    public bool TryOpen(ReadOnlySpan<byte> identifier, OpenAccess access, out OpenAccess? replaced)
    {
        _open.Remove(Key(identifier), out replaced);
        return _open.Count < Capacity && _open.TryAdd(Key(identifier), access);
    }

    /// <summary>The begin that belongs to an end; null when there is none.</summary>
    public OpenAccess? Close(ReadOnlySpan<byte> identifier) => _open.Remove(Key(identifier), out var access) ? access : null;

    /// <summary>Takes the begins that had no end, in the order of the report.</summary>
    public bool TryTakeLeft(out OpenAccess? access)
    {
        if (_open.Count > 0)
        {
            foreach (var left in _open.Values.OrderBy(item => item.Number)) _left.Enqueue(left);
            _open.Clear();
        }
        return _left.TryDequeue(out access);
    }

    private static string Key(ReadOnlySpan<byte> identifier) => System.Text.Encoding.UTF8.GetString(identifier);
}
