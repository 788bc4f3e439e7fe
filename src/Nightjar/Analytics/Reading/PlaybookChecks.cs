using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Where;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Playbooks;

namespace Nightjar.Analytics.Reading;

/// <summary>Reads the playbook beside an analytic, and checks that every finding can fill it.</summary>
internal sealed class PlaybookChecks
{
    private const string FileName = "playbook.md";

    private readonly Analytic _analytic;
    private readonly PlaybookMistakes _mistakes;

    private PlaybookChecks(Analytic analytic, PlaybookMistakes mistakes) => (_analytic, _mistakes) = (analytic, mistakes);

    /// <summary>The analytic with its playbook, or without it when that has a mistake: what is looked for does not depend on what is done then.</summary>
    public static Analytic? Attach(Analytic? analytic, AnalyticSource source, List<Diagnostic> diagnostics)
    {
        if (analytic is null || source.Playbook is null) return analytic;
        var folder = source.Path.LastIndexOf('/') + 1;
        var mistakes = new PlaybookMistakes(source.Path[..folder] + FileName);
        var template = PlaybookTemplate.Read(source.Playbook, mistakes);
        if (template is not null) new PlaybookChecks(analytic, mistakes).Check(template);
        diagnostics.AddRange(mistakes.All);
        return mistakes.All.Count > 0 ? analytic : analytic with { Playbook = template };
    }

    private void Check(PlaybookTemplate template)
    {
        var stages = template.Sections.SelectMany(section => section.Blocks).Select(block => block.When.Stage).Where(stage => stage.Length > 0);
        foreach (var stage in stages.Distinct().Where(stage => !IsStage(stage)))
            _mistakes.Add(PlaybookRules.BadBlock, 0, 0, $"A block is about `{stage}`, which is no stage.", Nearest.Hint(stage, _analytic.Stages.Select(item => item.Id)));
        foreach (var (placeholder, when) in template.Placeholders) Check(placeholder, when);
    }

    private void Check(PlaybookSpan placeholder, PlaybookCondition when)
    {
        var (values, otherwise) = PlaybookPlaceholder.Of(placeholder.Text);
        if (PlaybookPlaceholder.Plain.Contains(values)) return;
        var parts = Placeholder.Of(values).ToList();
        foreach (var part in parts.Where(part => !IsKnown(part)))
            _mistakes.Add(PlaybookRules.UnknownPlaceholder, placeholder.Place.Line, placeholder.Place.Column, $"`{{{placeholder.Text}}}`: there is no `{part.Stage}{(part.Field is null ? "" : "." + part.Field)}`.", Hint(part));
        if (parts.Exists(part => !IsKnown(part)) || otherwise is not null || IsAlwaysSeen(parts, when)) return;
        _mistakes.Add(PlaybookRules.PerhapsUnseen, placeholder.Place.Line, placeholder.Place.Column, $"`{{{placeholder.Text}}}`: not every finding has seen {Listed(parts)}.");
    }

    private bool IsAlwaysSeen(List<Placeholder> parts, PlaybookCondition when)
    {
        if (when.Kind == PlaybookConditionKind.Seen && parts.Exists(part => part.Stage == when.Stage)) return true;
        return _analytic.Chains.All(chain => parts.Exists(part => chain.Stages.Any(stage => _analytic.Stages[stage].Id == part.Stage)));
    }

    private bool IsKnown(Placeholder part) =>
        IsStage(part.Stage)
        && (part.Field is null or Placeholder.Time or Placeholder.Event || FieldCatalog.Find(part.Field) is not null || Names.Composites.Contains(part.Field));

    private bool IsStage(string id) => _analytic.Stages.Any(stage => stage.Id == id);

    private string Hint(Placeholder part) => IsStage(part.Stage)
        ? Nearest.Hint(part.Field ?? "", FieldCatalog.All.Select(field => field.Path).Concat(Names.Composites))
        : Nearest.Hint(part.Stage, _analytic.Stages.Select(stage => stage.Id).Concat(PlaybookPlaceholder.Plain));

    private static string Listed(List<Placeholder> parts) => string.Join(" or ", parts.Select(part => $"`{part.Stage}`").Distinct());
}
