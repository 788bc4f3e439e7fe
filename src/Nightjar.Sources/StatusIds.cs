namespace Nightjar.Sources;

/// <summary>OCSF status_id.</summary>
internal static class StatusIds
{
    public const int Success = 1;
    public const int Failure = 2;
}
