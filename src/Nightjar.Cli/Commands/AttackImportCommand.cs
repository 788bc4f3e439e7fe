using System.CommandLine;
using Nightjar.Cli.Content;
using Nightjar.Knowledge;
using Nightjar.Knowledge.Bundles;
using Nightjar.Sinks;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar attack import BUNDLE</c>: a release of ATT&amp;CK becomes a catalogue.</summary>
internal static class AttackImportCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var bundle = new Argument<string>("bundle") { Description = "The STIX bundle that MITRE publishes, for example mobile-attack-19.1.json." };
        var output = new Option<string?>("--output", "-o") { Description = "A reference folder, into which attack/mobile-RELEASE.json is written; default: standard output." };
        var release = new Option<string?>("--release") { Description = "The release, where neither the bundle nor its name says it." };
        var command = new Command("import", "Makes a catalogue of a STIX bundle: ids, names, dates, hashes and relations, no prose.") { bundle, output, release };
        command.SetAction(parsed =>
        {
            using var stream = File.OpenRead(parsed.GetValue(bundle)!);
            var import = AttackBundle.Read(stream, parsed.GetValue(bundle)!, parsed.GetValue(release));
            DiagnosticText.Print(import.Diagnostics, Console.Error);
            if (import.HasErrors) return ExitCode.Unreadable;
            if (parsed.GetValue(output) is not { } folder) Console.Out.Write(import.Catalogue);
            else ReferenceFolder.Write(folder, AttackReleases.PathOf(import.Release), import.Catalogue);
            if (!settings.IsQuiet(parsed)) Console.Error.WriteLine(Summary(import, parsed.GetValue(output)));
            return ExitCode.Done;
        });
        return command;
    }

    private static string Summary(AttackImport import, string? folder)
    {
        var catalog = AttackCatalog.Parse(AttackReleases.PathOf(import.Release), import.Catalogue, []);
        var counts = catalog.Objects.GroupBy(item => item.Kind()).Select(group => SinkWords.Count(group.Count(), group.Key.Word(), group.Key.Plural()));
        return $"ATT&CK Mobile {import.Release}: {string.Join(", ", counts)}{(folder is null ? "" : $"; written to {Path.Combine(folder, AttackReleases.PathOf(import.Release))}")}.";
    }
}
