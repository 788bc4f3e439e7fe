using Nightjar.Sources.Intrusion;

namespace Nightjar.Sources.DevicePolicy;

/// <summary>Reads a record in whichever of its two forms it comes.</summary>
internal sealed class DevicePolicyRecords
{
    private readonly IntrusionRecord _bare = new(IntrusionNames.Api);
    private readonly IntrusionRecord _nested = new(IntrusionNames.NestedApi);

    /// <summary>The record; null when it is no JSON object.</summary>
    public IntrusionRecord? Read(ReadOnlySpan<byte> json)
    {
        if (!_bare.TryRead(json)) return null;
        return _bare.HasTime || !_nested.TryRead(json) || !_nested.HasTime ? _bare : _nested;
    }
}
