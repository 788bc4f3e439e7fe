using Nightjar.Events;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Reading;

/// <summary>Finds paths by a name that no event has, because the paths of events are brought to their canonical name first.</summary>
internal static class PathChecks
{
    /// <summary>Looks at the <c>detection</c> and the <c>where</c> of a stage or an exception.</summary>
    public static void Check(YamlMap map, Mistakes mistakes)
    {
        if (map.Node.Children.TryGetValue(new YamlScalarNode("detection"), out var detection)) Walk(detection, false, mistakes);
        if (!map.Node.Children.TryGetValue(new YamlScalarNode("where"), out var where)) return;
        foreach (var node in where is YamlSequenceNode list ? list.Children : [where])
        {
            foreach (var path in Quoted((node as YamlScalarNode)?.Value ?? "")) One(path, node, mistakes);
        }
    }

    // What begins with a slash behind a quotation mark and ends before the next of the same kind.
    private static IEnumerable<string> Quoted(string text)
    {
        for (var i = 0; i < text.Length - 1; i++)
        {
            if (text[i] is not ('\'' or '"') || text[i + 1] != '/' || text.IndexOf(text[i], i + 1) is not (> 0 and var end)) continue;
            yield return text[(i + 1)..end];
            i = end;
        }
    }

    // In a selection a whole path and its beginning are brought to the canonical name; a part of one cannot be. What stands behind |re is no path.
    private static void Walk(YamlNode node, bool isPart, Mistakes mistakes)
    {
        switch (node)
        {
            case YamlScalarNode { Value: ['/', ..] path } when isPart:
                One(path, node, mistakes);
                break;
            case YamlSequenceNode list:
                foreach (var item in list.Children) Walk(item, isPart, mistakes);
                break;
            case YamlMappingNode map:
                foreach (var (key, value) in map.Children) Walk(value, IsPart((key as YamlScalarNode)?.Value ?? ""), mistakes);
                break;
            default:
                break;
        }
    }

    private static bool IsPart(string key) => key.Contains("|contains", StringComparison.Ordinal) || key.Contains("|endswith", StringComparison.Ordinal);

    private static void One(string path, YamlNode at, Mistakes mistakes)
    {
        var plain = path.IndexOfAny(['*', '?']) is >= 0 and var wild ? path[..wild] : path;
        var canonical = CanonicalPath.Of(plain);
        if (canonical.TrimEnd('/') == plain.TrimEnd('/')) return;
        if (plain.EndsWith('/')) canonical += "/";
        mistakes.Add(Rules.OtherPathName, at, $"`{path}` is called `{canonical}` in every event.", $"Write {canonical}.");
    }
}
