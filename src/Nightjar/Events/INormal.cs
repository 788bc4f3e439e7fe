namespace Nightjar.Events;

/// <summary>What is normal for an app: its baseline and its reviewed package. Analytics ask; others know.</summary>
public interface INormal
{
    /// <summary>False when there is a baseline of no app: every answer is unknown.</summary>
    bool HasBaselines { get; }

    /// <summary>True when going to the host's domain is normal for the app of an event, as of its time and on its device; false when the app has a
    /// baseline without it; unknown when it has none.</summary>
    Tri HasBeenTo(in EventHeader who, Symbol host);

    /// <summary>The same for a service class.</summary>
    Tri HasUsed(in EventHeader who, Symbol serviceClass);

    /// <summary>What reviews of packages found in them.</summary>
    IReviews Reviews { get; }
}

/// <summary>What reviews of app packages found in them.</summary>
public interface IReviews
{
    /// <summary>False when no package was reviewed: every answer is unknown.</summary>
    bool HasPackages { get; }

    /// <summary>Whether the reviewed package of the app holds code with this SHA-256; unknown when no package was reviewed that can be compared.</summary>
    Tri Holds(InstalledApp app, Symbol sha256);

    /// <summary>The package that <see cref="Holds"/> compares with, or why none can be compared.</summary>
    ReviewedPackage Compared(InstalledApp app);
}

/// <summary>An app as it is installed at a moment.</summary>
/// <param name="App">Package name or bundle id.</param>
/// <param name="Version">Its version or version code; none when nothing told.</param>
/// <param name="Signer">SHA-256 of the signer's certificate; none when nothing told.</param>
/// <param name="Platform">The device's platform.</param>
public readonly record struct InstalledApp(Symbol App, Symbol Version, Symbol Signer, Platform Platform)
{
    /// <summary>The app of an event, as it was installed at the moment of the event.</summary>
    public static InstalledApp Of(in EventHeader header, in Moment moment) => new(header.App, moment.Version, moment.Signer, header.Platform);
}

/// <summary>A reviewed package for people.</summary>
/// <param name="Name">App, version and file of the manifest; null when none can be compared.</param>
/// <param name="Basis">What makes it the right one, or why there is none.</param>
public readonly record struct ReviewedPackage(string? Name, string Basis);

/// <summary>Nothing is known: every answer is unknown.</summary>
public sealed class NothingNormal : INormal, IReviews
{
    public static NothingNormal Instance { get; } = new();

    public bool HasBaselines => false;

    public bool HasPackages => false;

    public IReviews Reviews => this;

    public Tri HasBeenTo(in EventHeader who, Symbol host) => Tri.Unknown;

    public Tri HasUsed(in EventHeader who, Symbol serviceClass) => Tri.Unknown;

    public Tri Holds(InstalledApp app, Symbol sha256) => Tri.Unknown;

    public ReviewedPackage Compared(InstalledApp app) => new(null, "no reviewed package was given");
}
