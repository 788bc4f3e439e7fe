using Nightjar.Analytics.InForce;
using Nightjar.Knowledge;

namespace Nightjar.Analytics.Where;

/// <summary>Answers the questions of expressions from the policy and the reference data.</summary>
internal static class KnownFacts
{
    // Each part of the reference data is read when an event first asks for it: a method named without a call would read it here.
    public static Facts From(ReferenceData reference, IAppPolicy policy) => new()
    {
        ServiceClass = host => reference.ServiceClasses.ClassOf(host)?.Name,
        IsWatchedService = host => reference.ServiceClasses.ClassOf(host)?.Watched == true,
        RoleExpects = (role, serviceClass) => reference.AppRoles.Expects(role, serviceClass),
        ApiFamilies = function => reference.ApiFamilies.FamiliesOf(function),
        Roles = who => RolesOf(who, reference, policy),
        IsFixed = policy.IsFixed,
        HasPolicy = policy is not NoAppPolicy,
        Permits = (who, host) => policy.Permits(who.App, who.Signer, RolesOf(who, reference, policy), host, reference.ServiceClasses.ClassOf(host)?.Name),
        IsApproved = who => policy.IsApproved(who.App, who.Signer),
        RegistrableDomain = host => reference.PublicSuffixes.RegistrableDomain(host),
        Place = path => reference.Places.PlaceOf(path),
        IsAppWritable = path => reference.Places.AppWritable(path),
        Owner = path => reference.Places.PackageOf(path),
        StemKey = path => reference.Places.StemKey(path),
        IsCodeName = name => reference.FileTypes.IsCodeExtension(name),
        IsCodeMagic = magic => reference.FileTypes.KindOf(magic) switch
        {
            FileKind.Code => true,
            FileKind.Harmless => false,
            _ => null,
        },
        Contradicts = (magic, name) => reference.FileTypes.Contradicts(magic, name),
    };

    // The policy's word first, then the shipped list, then the store's category.
    private static IReadOnlyCollection<string> RolesOf(KnownApp who, ReferenceData reference, IAppPolicy policy) =>
        policy.RolesOf(who.App, who.Signer) ?? reference.AppRoles.RolesOf(who.App, who.Category);
}
