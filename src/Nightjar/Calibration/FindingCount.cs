using Nightjar.Findings;

namespace Nightjar.Calibration;

/// <summary>How many findings there are, and of what.</summary>
/// <param name="Findings">All of them.</param>
/// <param name="Low">Those of low confidence.</param>
/// <param name="Medium">Those of medium confidence.</param>
/// <param name="High">Those of high confidence.</param>
/// <param name="Devices">Distinct devices.</param>
/// <param name="Apps">Distinct apps.</param>
public sealed record FindingCount(long Findings, long Low, long Medium, long High, int Devices, int Apps);

/// <summary>Counts findings as they are made, so that none must be kept.</summary>
internal sealed class FindingCounter
{
    private readonly HashSet<string> _devices = new(StringComparer.Ordinal);
    private readonly HashSet<string> _apps = new(StringComparer.Ordinal);
    private readonly long[] _byConfidence = new long[4];

    public void Add(Finding finding)
    {
        _byConfidence[(int)finding.Confidence]++;
        _devices.Add(finding.Device.Uid);
        if (finding.App is { } app) _apps.Add(app);
    }

    public void Add(FindingCounter other)
    {
        _devices.UnionWith(other._devices);
        _apps.UnionWith(other._apps);
        for (var i = 0; i < _byConfidence.Length; i++) _byConfidence[i] += other._byConfidence[i];
    }

    public FindingCount Count() => new(_byConfidence.Sum(), _byConfidence[1], _byConfidence[2], _byConfidence[3], _devices.Count, _apps.Count);
}
