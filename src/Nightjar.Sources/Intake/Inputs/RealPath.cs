namespace Nightjar.Sources.Intake.Inputs;

/// <summary>Where a path really leads, links resolved in every part of it.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>The real path; null when a link leads nowhere or in a circle.</summary>
    public static string? Of(string path)
    {
        var full = Path.GetFullPath(path);
        for (var links = 0; links <= MostLinks; links++)
        {
            if (FirstLink(full) is not { } link) return full;
            var rest = full[link.FullName.Length..];
            var folder = Path.GetDirectoryName(link.FullName) ?? "";
            full = Path.GetFullPath(Path.Join(Path.Combine(folder, link.LinkTarget!), rest));
        }
        return null;
    }

    private static FileInfo? FirstLink(string full)
    {
        var end = Path.GetPathRoot(full)!.Length;
        while (end < full.Length)
        {
            var next = full.IndexOf(Path.DirectorySeparatorChar, end);
            var part = new FileInfo(next < 0 ? full : full[..next]);
            if (part.LinkTarget is not null) return part;
            if (next < 0) return null;
            end = next + 1;
        }
        return null;
    }
}
