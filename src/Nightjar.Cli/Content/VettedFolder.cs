using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Vetting;

namespace Nightjar.Cli.Content;

/// <summary>Reads the manifests of reviewed packages that <c>--vetted</c> names: files, and all <c>.json</c> files of folders.</summary>
internal static class VettedFolder
{
    /// <summary>The packages, and all mistakes of all files in the order of the files.</summary>
    /// <exception cref="UsageException">A path is not there, or a folder holds no manifest.</exception>
    public static (VettedPackages Packages, IReadOnlyList<Diagnostic> Diagnostics) Read(IEnumerable<string> paths, SymbolTable symbols)
    {
        var packages = new List<VettedPackage>();
        var diagnostics = new List<Diagnostic>();
        foreach (var file in paths.SelectMany(Files).Distinct(StringComparer.Ordinal))
        {
            var (package, mistakes) = ReadFile(file);
            diagnostics.AddRange(mistakes);
            if (package is not null) packages.Add(package);
        }
        var all = new VettedPackages(packages, symbols);
        return (all, [.. diagnostics, .. all.Contradictions()]);
    }

    private static (VettedPackage?, IReadOnlyList<Diagnostic>) ReadFile(string file)
    {
        try
        {
            var length = new FileInfo(file).Length;
            return length > VettedManifest.MaxBytes
                ? (null, [VettingRules.TooLarge.At(file, 0, 0, $"It has {length} bytes; at most {VettedManifest.MaxBytes} are read.")])
                : VettedManifest.Read(file, File.ReadAllBytes(file));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"The manifest {file} cannot be read: {fault.Message}");
        }
    }

    private static IEnumerable<string> Files(string path)
    {
        if (File.Exists(path)) return [path.Replace('\\', '/')];
        if (!Directory.Exists(path)) throw new UsageException($"There is no file or folder {path} to read vetted packages from.");
        var files = ContentFolder.Files(path, file => file.EndsWith(".json", StringComparison.OrdinalIgnoreCase));
        return files.Count > 0 ? files : throw new UsageException($"There is no .json file at or below {path}.");
    }
}
