using Nightjar.Events;

namespace Nightjar.Analytics.InForce;

/// <summary>What a policy says of apps, as expressions ask it. Plain answers about plain texts; remembered per distinct text by the caller.</summary>
public interface IAppPolicy
{
    /// <summary>False when the same question may be answered otherwise later, so that nothing may be remembered.</summary>
    bool IsFixed { get; }

    /// <summary>The roles that the policy gives an app; null when it gives none.</summary>
    /// <param name="app">Package name or bundle id.</param>
    /// <param name="signer">SHA-256 of the signer; null when nothing told.</param>
    IReadOnlyCollection<string>? RolesOf(string app, string? signer);

    /// <summary>True when the policy lets an app talk to a host.</summary>
    /// <param name="app">Package name or bundle id; empty when the record names none.</param>
    /// <param name="signer">SHA-256 of the signer; null when nothing told.</param>
    /// <param name="roles">The app's roles, whoever gave them.</param>
    /// <param name="host">The destination.</param>
    /// <param name="serviceClass">Its service class; null when it has none.</param>
    bool Permits(string app, string? signer, IReadOnlyCollection<string> roles, string host, string? serviceClass);

    /// <summary>Whether the organisation approved an app; unknown where the policy does not say.</summary>
    Tri IsApproved(string app, string? signer);
}

/// <summary>Without a policy nothing is said of any app.</summary>
public sealed class NoAppPolicy : IAppPolicy
{
    public static NoAppPolicy Instance { get; } = new();

    public bool IsFixed => true;

    public IReadOnlyCollection<string>? RolesOf(string app, string? signer) => null;

    public bool Permits(string app, string? signer, IReadOnlyCollection<string> roles, string host, string? serviceClass) => false;

    public Tri IsApproved(string app, string? signer) => Tri.Unknown;
}
