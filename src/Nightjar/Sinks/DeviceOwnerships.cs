using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Playbooks;

namespace Nightjar.Sinks;

/// <summary>Whose device a finding is about, as far as it knows.</summary>
public static class DeviceOwnerships
{
    private const string Fact = "device.is_managed";

    /// <summary>What the latest event of the evidence says, else what was known of the moment.</summary>
    public static DeviceOwnership Of(Finding finding)
    {
        var told = finding.Evidence.Select(item => item.Event.State.IsManagedDevice).LastOrDefault(state => state != Tri.Unknown);
        var word = told == Tri.Unknown ? finding.Context.FirstOrDefault(fact => fact.Name == Fact)?.Value : told.Word();
        return word switch
        {
            "true" => DeviceOwnership.Managed,
            "false" => DeviceOwnership.Personal,
            _ => DeviceOwnership.Unknown,
        };
    }
}
