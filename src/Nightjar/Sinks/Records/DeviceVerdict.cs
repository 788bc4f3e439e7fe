using Nightjar.Findings;

namespace Nightjar.Sinks.Records;

/// <summary>What a run says of one analytic on one device. Silence is called clean only for the days on which it was assessed.</summary>
public enum DeviceVerdict
{
    /// <summary>On no day was a finding possible.</summary>
    NotAssessed,
    /// <summary>Nothing was found, and on some of the days that could be assessed the analytic saw in part.</summary>
    Degraded,
    /// <summary>Nothing was found on the days that could be assessed, and on all of them the analytic saw all.</summary>
    Clean,
    /// <summary>Something was found.</summary>
    Findings,
}

/// <summary>The verdicts of a run.</summary>
public sealed class DeviceVerdicts
{
    private readonly Dictionary<(string Device, string Analytic), int> _findings;
    private readonly bool _isJudged;

    public DeviceVerdicts(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        _isJudged = result.Summary.IsJudged;
        _findings = result.Findings.CountBy(finding => (finding.Device.Uid, finding.Analytic.Uid)).ToDictionary();
    }

    /// <summary>How many findings an analytic made of a device.</summary>
    public int Findings(DeviceAccount device, DeviceCheck check) => _findings.GetValueOrDefault((device.Device.Uid, check.Analytic));

    /// <summary>The verdict; null when nothing was looked for.</summary>
    public DeviceVerdict? Of(DeviceAccount device, DeviceCheck check)
    {
        if (!_isJudged) return null;
        if (Findings(device, check) > 0) return DeviceVerdict.Findings;
        return check.State switch
        {
            CheckState.Runnable => DeviceVerdict.Clean,
            CheckState.Degraded => DeviceVerdict.Degraded,
            _ => DeviceVerdict.NotAssessed,
        };
    }
}
