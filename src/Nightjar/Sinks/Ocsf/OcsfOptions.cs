namespace Nightjar.Sinks.Ocsf;

/// <summary>How findings are written.</summary>
/// <param name="SchemaVersion">The OCSF version that is claimed, <c>1.8.0</c> or <c>1.9.0</c>. What is written is valid under both.</param>
/// <param name="TextLimit">Longer texts of events are cut to this many characters, and the evidence names the fields. The evidence index has them whole.</param>
public sealed record OcsfOptions(string SchemaVersion = "1.8.0", int TextLimit = 16_384)
{
    /// <summary>True for 1.9.0 and later, which replaced <c>actor.app_uid</c> with <c>actor.application</c>.</summary>
    internal bool HasActorApplication => SchemaVersion != "1.8.0";
}
