using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Reading;

/// <summary>A place in an author's file.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
internal readonly record struct YamlPlace(string File, int Line, int Column)
{
    public static YamlPlace Of(string file, YamlNode node) => new(file, (int)node.Start.Line, (int)node.Start.Column);
}
