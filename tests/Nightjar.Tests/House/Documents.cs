using System.Text.RegularExpressions;

namespace Nightjar.Tests.House;

/// <summary>What a document must keep to; each rule gives one sentence for each breach.</summary>
internal static partial class Documents
{
    private static readonly string[] TopFolders = [".ci", "analytics", "bench", "docs", "reference", "samples", "src", "tests"];

    /// <summary>Paths of the repository that do not exist, named in running text or in a command.</summary>
    public static IEnumerable<string> MissingPaths(string document, string text)
    {
        var markdown = Markdown.Parse(text);
        var commands = markdown.Fences.Where(fence => fence.Info.Split(' ')[0] == "sh").Select(fence => new Span(fence.Line, fence.Text));
        return from span in markdown.Code.Concat(commands)
               from word in span.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
               let path = KnownPart(word)
               where path is not null && !Exists(path)
               select $"{document}:{span.Line} names {path}, which does not exist.";
    }

    /// <summary>Links within the repository that lead nowhere.</summary>
    public static IEnumerable<string> BrokenLinks(string document, string text)
    {
        var folder = document.Contains('/', StringComparison.Ordinal) ? document[..document.LastIndexOf('/')] : "";
        foreach (var link in Markdown.Parse(text).Links.Where(link => !link.Text.Contains("://", StringComparison.Ordinal)))
        {
            var parts = link.Text.Split('#', 2);
            var target = parts[0].Length == 0 ? document : Resolve(folder, parts[0]);
            if (!Exists(target)) yield return $"{document}:{link.Line} links to {link.Text}, which does not exist.";
            else if (parts.Length == 2 && !Markdown.Parse(parts[0].Length == 0 ? text : Repository.Read(target)).Anchors.Contains(parts[1]))
                yield return $"{document}:{link.Line} links to {link.Text}, and there is no such heading.";
        }
    }

    /// <summary>Folders of somebody's machine.</summary>
    public static IEnumerable<string> MachinePaths(string file, string text) =>
        from pair in text.Split('\n').Select((line, index) => (line, index))
        where MachinePath().IsMatch(pair.line)
        select $"{file}:{pair.index + 1} names a folder of somebody's machine: {MachinePath().Match(pair.line).Value}";

    // "analytics/<platform>/x" is known as far as "analytics"; what a command writes to "out" need not be there.
    private static string? KnownPart(string word)
    {
        var path = word.Trim(',', ';', ':', '(', ')', '"', '\'').TrimEnd('.');
        if (path.StartsWith("./", StringComparison.Ordinal)) path = path[2..];
        else if (!TopFolders.Any(folder => path.StartsWith(folder + "/", StringComparison.Ordinal))) return null;
        if (path.StartsWith("out/", StringComparison.Ordinal)) return null;
        path = path.TrimEnd('/');
        var open = path.IndexOfAny(['<', '*', '{', '…', '[', '$']);
        return open < 0 ? path : path[..Math.Max(0, path.LastIndexOf('/', open))] is { Length: > 0 } known ? known : null;
    }

    private static bool Exists(string path) =>
        path.Length == 0 || File.Exists(Path.Combine(Repository.Root, path)) || Directory.Exists(Path.Combine(Repository.Root, path));

    private static string Resolve(string folder, string link) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, folder, link))).Replace('\\', '/');

    [GeneratedRegex(@"(?<![\w./~*-])/(?:home|root|Users|work|workspaces?)/\S*|\b[A-Z]:\\Users\\\S*")]
    private static partial Regex MachinePath();
}
