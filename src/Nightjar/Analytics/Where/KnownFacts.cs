using Nightjar.Analytics.InForce;
using Nightjar.Knowledge;

namespace Nightjar.Analytics.Where;

/// <summary>Answers the questions of expressions from the policy and the reference data.</summary>
internal static class KnownFacts
{
    public static Facts From(ReferenceData reference, IAppPolicy policy) => new()
    {
        ServiceClass = host => reference.ServiceClasses.ClassOf(host)?.Name,
        IsWatchedService = host => reference.ServiceClasses.ClassOf(host)?.Watched == true,
        RoleExpects = reference.AppRoles.Expects,
        ApiFamilies = reference.ApiFamilies.FamiliesOf,
        Roles = who => RolesOf(who, reference, policy),
        IsFixed = policy.IsFixed,
        HasPolicy = policy is not NoAppPolicy,
        Permits = (who, host) => policy.Permits(who.App, who.Signer, RolesOf(who, reference, policy), host, reference.ServiceClasses.ClassOf(host)?.Name),
        IsApproved = who => policy.IsApproved(who.App, who.Signer),
        RegistrableDomain = reference.PublicSuffixes.RegistrableDomain,
        Place = reference.Places.PlaceOf,
        IsAppWritable = reference.Places.AppWritable,
        Owner = reference.Places.PackageOf,
        StemKey = reference.Places.StemKey,
        IsCodeName = reference.FileTypes.IsCodeExtension,
        IsCodeMagic = magic => reference.FileTypes.KindOf(magic) switch
        {
            FileKind.Code => true,
            FileKind.Harmless => false,
            _ => null,
        },
        Contradicts = reference.FileTypes.Contradicts,
    };

    // The policy's word first, then the shipped list, then the store's category.
    private static IReadOnlyCollection<string> RolesOf(KnownApp who, ReferenceData reference, IAppPolicy policy) =>
        policy.RolesOf(who.App, who.Signer) ?? reference.AppRoles.RolesOf(who.App, who.Category);
}
