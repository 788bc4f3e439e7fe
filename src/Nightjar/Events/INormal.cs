namespace Nightjar.Events;

/// <summary>What is normal for an app: its baseline and its reviewed package. Analytics ask; others know.</summary>
public interface INormal
{
    /// <summary>True when the app has been to the host's domain before, false when it has a baseline without it, unknown when it has none.</summary>
    Tri HasBeenTo(Symbol app, Symbol host);

    /// <summary>True when the app has used the service class before, false when it has a baseline without it, unknown when it has none.</summary>
    Tri HasUsed(Symbol app, string serviceClass);

    /// <summary>True when the reviewed package of the app holds code with this SHA-256, false when it does not, unknown when none was reviewed.</summary>
    Tri WasReviewed(Symbol app, Symbol sha256);
}

/// <summary>Nothing is known: every answer is unknown.</summary>
public sealed class NothingNormal : INormal
{
    public static NothingNormal Instance { get; } = new();

    public Tri HasBeenTo(Symbol app, Symbol host) => Tri.Unknown;

    public Tri HasUsed(Symbol app, string serviceClass) => Tri.Unknown;

    public Tri WasReviewed(Symbol app, Symbol sha256) => Tri.Unknown;
}
