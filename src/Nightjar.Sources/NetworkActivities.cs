namespace Nightjar.Sources;

/// <summary>OCSF activities of network_activity.</summary>
internal static class NetworkActivities
{
    public const int Open = 1;
    public const int Traffic = 6;
}
