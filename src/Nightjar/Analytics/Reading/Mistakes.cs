using Nightjar.Knowledge;
using YamlDotNet.RepresentationModel;
using YamlNode = YamlDotNet.RepresentationModel.YamlNode;

namespace Nightjar.Analytics.Reading;

/// <summary>Collects every mistake of one file, so that nobody fixes ten errors in ten runs.</summary>
internal sealed class Mistakes(string file)
{
    private readonly List<Diagnostic> _all = [];

    public string File => file;

    public IReadOnlyList<Diagnostic> All => _all;

    public bool HasErrors => _all.Any(item => item.Severity == DiagnosticSeverity.Error);

    public void Add(DiagnosticRule rule, YamlNode? at, string reason, string hint = "") =>
        Add(rule, at is null ? new YamlPlace(file, 0, 0) : YamlPlace.Of(file, at), reason, hint);

    public void Add(DiagnosticRule rule, YamlPlace place, string reason, string hint = "") =>
        _all.Add(rule.At(place.File, place.Line, place.Column, reason, hint.Length > 0 ? hint : null));
}
