namespace Nightjar.Cli.Content;

/// <summary>Writes a file so that it is whole or not there: under another name first, then renamed.</summary>
internal static class WholeFile
{
    /// <exception cref="IOException">The file could not be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var partial = path + ".partial";
        try
        {
            using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16)) write(stream);
            File.Move(partial, path, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
    }
}
