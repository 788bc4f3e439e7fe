namespace Nightjar.Sources.Intake.Archives;

/// <summary>Tells app packages, which are zip files too, from archives of telemetry.</summary>
internal static class AppPackage
{
    /// <summary>Why a zip file is not looked into; null when it is to be.</summary>
    public static string? WhyRefused(ZipDirectory directory, int limit)
    {
        var hasManifest = false;
        var hasCode = false;
        try
        {
            foreach (var entry in directory.Entries().Take(limit))
            {
                hasManifest |= entry.Name == "AndroidManifest.xml";
                hasCode |= entry.Name is "classes.dex" or "resources.arsc";
                if (hasManifest && hasCode) return "It is an Android app package, not telemetry.";
                if (IsAppBundle(entry.Name)) return "It is an iOS app package, not telemetry.";
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            // Whoever reads the entries comes to the damage too and reports it.
        }
        return null;
    }

    private static bool IsAppBundle(string name) =>
        name.StartsWith("Payload/", StringComparison.Ordinal) && name.EndsWith(".app/Info.plist", StringComparison.Ordinal);
}
