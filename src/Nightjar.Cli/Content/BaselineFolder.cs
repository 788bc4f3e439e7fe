using Nightjar.Baselines;

namespace Nightjar.Cli.Content;

/// <summary>Reads and writes baseline files.</summary>
internal static class BaselineFolder
{
    /// <summary>A baseline; one that knows nothing when no file is named.</summary>
    /// <exception cref="UsageException">The file is not there, or no baseline.</exception>
    public static Baseline Read(string? file)
    {
        if (file is null) return Baseline.Empty;
        if (!File.Exists(file)) throw new UsageException($"There is no baseline {file}.");
        try
        {
            using var stream = File.OpenRead(file);
            return BaselineFile.Read(stream);
        }
        catch (InvalidDataException fault)
        {
            throw new UsageException($"{file}: {fault.Message}");
        }
    }

    /// <summary>Writes a baseline whole or not at all.</summary>
    public static void Write(Baseline baseline, string file) => WholeFile.Write(file, stream => BaselineFile.Write(baseline, stream));
}
