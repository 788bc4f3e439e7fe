using Nightjar.Cli.Content;
using Nightjar.Sinks;

namespace Nightjar.Cli.Scanning;

/// <summary>Writes the files of a run so that each is whole or not there: under another name first, then renamed.</summary>
internal static class OutputFolder
{
    /// <exception cref="IOException">The folder or a file could not be written.</exception>
    public static void Write(string folder, RunResult result, CancellationToken cancellation) => Write(folder, result, SinkCatalog.All, cancellation);

    /// <summary>The same by some of the sinks.</summary>
    /// <exception cref="IOException">The folder or a file could not be written.</exception>
    public static void Write(string folder, RunResult result, IEnumerable<ISink> sinks, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        foreach (var sink in sinks)
        {
            cancellation.ThrowIfCancellationRequested();
            WholeFile.Write(Path.Combine(folder, sink.FileName), stream => sink.Write(result, stream));
        }
    }
}
