using Nightjar.Events;

namespace Nightjar.Analytics.Where;

/// <summary>What expressions may ask of texts. Plain questions about plain texts; the answers are remembered per distinct text.</summary>
internal sealed record Facts
{
    /// <summary>The service class of a host; null when it has none.</summary>
    public required Func<string, string?> ServiceClass { get; init; }

    /// <summary>True for classes of services through which commands may be relayed.</summary>
    public required Func<string, bool> IsWatchedService { get; init; }

    /// <summary>True when an app of the role is expected to talk to the service class.</summary>
    public required Func<string, string, bool> RoleExpects { get; init; }

    /// <summary>The families of an API function; empty when it has none.</summary>
    public required Func<string, IReadOnlyCollection<string>> ApiFamilies { get; init; }

    /// <summary>The roles of an app; <c>unknown</c> when nobody wrote one down.</summary>
    public required Func<KnownApp, IReadOnlyCollection<string>> Roles { get; init; }

    /// <summary>True when what is answered of an app may be remembered.</summary>
    public required bool IsFixed { get; init; }

    /// <summary>False when no policy speaks of any app, so that nothing need be asked of it: that saved a tenth of a scan.</summary>
    public bool HasPolicy { get; init; } = true;

    /// <summary>True when the policy lets an app talk to a host.</summary>
    public required Func<KnownApp, string, bool> Permits { get; init; }

    /// <summary>Whether the policy approves an app; unknown where it does not say.</summary>
    public required Func<KnownApp, Tri> IsApproved { get; init; }

    /// <summary>The registrable domain of a host; an address is its own.</summary>
    public required Func<string, string?> RegistrableDomain { get; init; }

    /// <summary>The kind of place a path lies in.</summary>
    public required Func<string, string?> Place { get; init; }

    /// <summary>True when the app that owns the place may write there.</summary>
    public required Func<string, bool> IsAppWritable { get; init; }

    /// <summary>The app that owns the place; null when none is named.</summary>
    public required Func<string, string?> Owner { get; init; }

    /// <summary>What a code file and its siblings by another extension have in common.</summary>
    public required Func<string, string?> StemKey { get; init; }

    /// <summary>True for names whose extension is one of code.</summary>
    public required Func<string, bool> IsCodeName { get; init; }

    /// <summary>True when the content is code by its magic, false when it is known and harmless, null when the magic says nothing.</summary>
    public required Func<string, bool?> IsCodeMagic { get; init; }

    /// <summary>True when a magic and the extension of a name speak of different things.</summary>
    public required Func<string, string, bool> Contradicts { get; init; }
}

/// <summary>An app with what telemetry told of it.</summary>
/// <param name="App">Package name or bundle id; empty when the record names none.</param>
/// <param name="Signer">SHA-256 of the signer; null when nothing told.</param>
/// <param name="Category">Store category; null when nothing told.</param>
internal sealed record KnownApp(string App, string? Signer, string? Category);
