using Nightjar.Knowledge;

namespace Nightjar.Analytics.Where;

/// <summary>Answers the questions of expressions from the reference data.</summary>
internal static class KnownFacts
{
    public static Facts From(ReferenceData reference) => new()
    {
        ServiceClass = host => reference.ServiceClasses.ClassOf(host)?.Name,
        IsWatchedService = host => reference.ServiceClasses.ClassOf(host)?.Watched == true,
        RoleExpects = reference.AppRoles.Expects,
        ApiFamilies = reference.ApiFamilies.FamiliesOf,
        Roles = app => reference.AppRoles.RolesOf(app, null),
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
}
