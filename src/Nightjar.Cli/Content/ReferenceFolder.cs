using System.CommandLine;
using System.Text;
using Nightjar.Knowledge;

namespace Nightjar.Cli.Content;

/// <summary>Reads reference files of the user's and lays them over those that come with Nightjar.</summary>
internal static class ReferenceFolder
{
    // Larger than any file that is used.
    private const long MostBytes = 32 << 20;

    public static Option<string?> Option() => new("--reference") { Description = "A folder of reference files, laid over those that come with Nightjar." };

    /// <summary>The data of a folder over the shipped data; the shipped data when none is named.</summary>
    /// <exception cref="UsageException">The folder is not there, or a file in it is far too large.</exception>
    public static ReferenceLoad Read(string? folder)
    {
        if (folder is null) return new ReferenceLoad(ReferenceData.Shipped, []);
        if (!Directory.Exists(folder)) throw new UsageException($"There is no folder {folder}.");
        var files = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in ContentFolder.Files(folder, file => Path.GetExtension(file) is ".yml" or ".json" or ".txt"))
        {
            if (new FileInfo(file).Length > MostBytes) throw new UsageException($"{file} is larger than {MostBytes >> 20} MiB.");
            files.Add(Path.GetRelativePath(folder, file).Replace('\\', '/'), File.ReadAllText(file));
        }
        return ReferenceData.LoadOverShipped(files);
    }

    /// <summary>Writes a file below a reference folder whole or not at all.</summary>
    public static void Write(string folder, string path, string text)
    {
        var file = Path.Combine(folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        WholeFile.Write(file, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }
}
