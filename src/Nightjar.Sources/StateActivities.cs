namespace Nightjar.Sources;

/// <summary>OCSF activity numbers of the contract's class 99906001, the state of a mobile device.</summary>
internal static class StateActivities
{
    public const int AppState = 1;
    public const int Lock = 2;
    public const int Unlock = 3;
    public const int UserInteraction = 4;
    public const int ScreenOn = 5;
    public const int ScreenOff = 6;
}
