using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Where;
using Nightjar.Events;
using Nightjar.Knowledge;
using YamlDotNet.RepresentationModel;
using YamlNode = YamlDotNet.RepresentationModel.YamlNode;

namespace Nightjar.Analytics.Reading;

/// <summary>What can be checked only when the whole analytic is known.</summary>
internal static class AnalyticChecks
{
    public static void Check(Analytic analytic, Names names, IReadOnlyList<StageReading.Draft> drafts, YamlMap body, ReferenceData reference, Mistakes mistakes)
    {
        foreach (var tunable in analytic.Tunables.Where(tunable => !names.Used.Contains(tunable.Name)))
            mistakes.Add(Rules.UnusedTunable, body.At("tunables", tunable.Name), $"`{tunable.Name}` is used nowhere.");
        CheckStages(analytic, drafts, mistakes);
        foreach (var draft in drafts) PathChecks.Check(draft.Map, mistakes);
        foreach (var exception in (body.At("allow") as YamlSequenceNode)?.Children.OfType<YamlMappingNode>() ?? []) PathChecks.Check(new YamlMap(exception, mistakes), mistakes);
        CheckScore(analytic, body, mistakes);
        CheckText(analytic, analytic.Texts.Title, body.At("finding", "title"), mistakes);
        CheckText(analytic, analytic.Texts.Description, body.At("finding", "description"), mistakes);
        foreach (var step in analytic.Texts.NextSteps) CheckText(analytic, step, body.At("next_steps"), mistakes);
        AttackChecks.Check(analytic, body, reference, mistakes);
    }

    private static void CheckStages(Analytic analytic, IReadOnlyList<StageReading.Draft> drafts, Mistakes mistakes)
    {
        foreach (var stage in analytic.Stages)
        {
            var used = analytic.Chains.Any(chain => chain.Stages.Concat(chain.Blind).Concat(chain.Unless).Contains(stage.Index))
                || analytic.Measures.Any(measure => measure.Stage == stage.Index) || analytic.Absences.Any(absence => absence.Stage == stage.Index);
            if (!used) mistakes.Add(Rules.StageOutsideChains, drafts[stage.Index].Map.Node, $"`{stage.Id}` does nothing.");
        }
    }

    private static void CheckScore(Analytic analytic, YamlMap body, Mistakes mistakes)
    {
        var best = analytic.Chains.Count == 0 ? 0 : analytic.Chains.Max(chain => chain.Score) + analytic.Additions.Sum(addition => addition.Points);
        if (best < analytic.Thresholds.Low)
            mistakes.Add(Rules.ScoreUnreachable, body.At("score"), $"The highest score is {best}; reporting begins at {analytic.Thresholds.Low}.");
    }

    private static void CheckText(Analytic analytic, string text, YamlNode at, Mistakes mistakes)
    {
        foreach (var name in InBraces(text))
        {
            if (Placeholder.Plain.Contains(name) || Placeholder.Of(name).All(part => IsKnown(analytic, part))) continue;
            mistakes.Add(Rules.UnknownPlaceholder, at, $"`{{{name}}}` is no placeholder.", "Write {app}, {device}, {state}, {stage}, {stage.field} or several of stages with | between.");
        }
    }

    // Between braces, with no brace inside.
    private static IEnumerable<string> InBraces(string text)
    {
        foreach (var part in text.Split('{').Skip(1))
        {
            if (part.IndexOf('}', StringComparison.Ordinal) is >= 0 and var end) yield return part[..end];
        }
    }

    private static bool IsKnown(Analytic analytic, Placeholder part) =>
        analytic.Stages.Any(stage => stage.Id == part.Stage)
        && (part.Field is null || FieldCatalog.Find(part.Field) is not null || Names.Composites.Contains(part.Field));
}
