using Nightjar.Knowledge;
using YamlDotNet.RepresentationModel;
using YamlNode = YamlDotNet.RepresentationModel.YamlNode;

namespace Nightjar.Analytics.Reading;

/// <summary>Collects every mistake of one file, so that nobody fixes ten errors in ten runs.</summary>
/// <param name="file">Its name.</param>
/// <param name="document">The document of the file that is read; a node that stands in no file is told at its beginning.</param>
internal sealed class Mistakes(string file, YamlNode? document = null)
{
    private readonly List<Diagnostic> _all = [];

    public string File => file;

    public IReadOnlyList<Diagnostic> All => _all;

    public bool HasErrors => _all.Any(item => item.Severity == DiagnosticSeverity.Error);

    public void Add(DiagnosticRule rule, YamlNode? at, string reason, string hint = "") =>
        Add(rule, at is null ? new YamlPlace(file, 0, 0) : Place(at), reason, hint);

    public void AddRange(IEnumerable<Diagnostic> others) => _all.AddRange(others);

    public YamlPlace Place(YamlNode at) => YamlPlace.Of(file, at.Start.Index == 0 && document is not null ? document : at);

    public void Add(DiagnosticRule rule, YamlPlace place, string reason, string hint = "") =>
        _all.Add(rule.At(place.File, place.Line, place.Column, reason, hint.Length > 0 ? hint : null));
}
