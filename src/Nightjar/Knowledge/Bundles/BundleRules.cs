using static Nightjar.Knowledge.DiagnosticSeverity;

namespace Nightjar.Knowledge.Bundles;

/// <summary>The mistakes that a bundle of ATT&amp;CK can hold. Where one of them is an error, no catalogue is made of it.</summary>
internal static class BundleRules
{
    private const string NoCatalogue = "No catalogue is made.";

    public static readonly DiagnosticRule NotABundle = new("NJ1020", Error, "A file is no STIX bundle", NoCatalogue, "Take the bundle as MITRE publishes it.");

    public static readonly DiagnosticRule TooLarge = new("NJ1021", Error, "A bundle, or an object in it, is too large", NoCatalogue, "Take the bundle of one domain as MITRE publishes it.");

    public static readonly DiagnosticRule BadObject = new("NJ1022", Error, "An object of a bundle is not as ATT&CK's are", NoCatalogue, "Take the bundle as MITRE publishes it.");

    public static readonly DiagnosticRule Duplicate = new("NJ1023", Error, "Two objects of a bundle have one id", NoCatalogue, "Take the bundle as MITRE publishes it.");

    public static readonly DiagnosticRule BrokenRelation = new("NJ1024", Warning, "A relation of a bundle leads nowhere or in a circle", "The relation is left out.", "Compare with the published release.");

    public static readonly DiagnosticRule UnknownRelease = new("NJ1025", Error, "Nothing says which release a bundle is", NoCatalogue, "Say it with --release 19.1.");

    public static readonly DiagnosticRule TooMany = new("NJ1026", Error, "A bundle has more mistakes than are told", NoCatalogue, "Correct those that are told first.");
}
