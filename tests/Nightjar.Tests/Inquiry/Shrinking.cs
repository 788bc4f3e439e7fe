namespace Nightjar.Tests.Inquiry;

/// <summary>Smaller cases, the boldest cut first. What is left out of an analytic is left out of all that names it.</summary>
internal static class Shrinking
{
    public static IEnumerable<CaseModel> Of(CaseModel item) =>
        Streams(item.Stream).Select(stream => item with { Stream = stream })
            .Concat(Analytics(item.Analytic).Select(analytic => item with { Analytic = analytic }))
            .Concat(Simpler(item.Stream).Select(stream => item with { Stream = stream }));

    private static IEnumerable<StreamModel> Streams(StreamModel stream)
    {
        for (var size = stream.Events.Length / 2; size >= 1; size /= 2)
        {
            for (var at = 0; at + size <= stream.Events.Length; at += size)
                yield return stream with { Events = [.. stream.Events[..at], .. stream.Events[(at + size)..]], SaveAt = stream.SaveAt > at ? Math.Max(0, stream.SaveAt - size) : stream.SaveAt };
        }
        if (stream.Shards > 1) yield return stream with { Shards = 1 };
        if (stream.SaveAt >= 0) yield return stream with { SaveAt = -1 };
        if (stream.MaxEvidence < 100) yield return stream with { MaxEvidence = 100 };
    }

    private static IEnumerable<AnalyticModel> Analytics(AnalyticModel model)
    {
        foreach (var stages in Without(model.Stages)) yield return model with { Stages = stages };
        foreach (var chains in Without(model.Chains)) yield return model with { Chains = chains };
        foreach (var additions in Without(model.Additions)) yield return model with { Additions = additions };
        foreach (var conditions in Without(model.Conditions)) yield return model with { Conditions = conditions };
        foreach (var allow in Without(model.Allow)) yield return model with { Allow = allow };
        for (var i = 0; i < model.Stages.Length; i++)
        {
            foreach (var stage in Simpler(model.Stages[i])) yield return model with { Stages = [.. model.Stages[..i], stage, .. model.Stages[(i + 1)..]] };
        }
        for (var i = 0; i < model.Chains.Length; i++)
        {
            foreach (var chain in Simpler(model.Chains[i])) yield return model with { Chains = [.. model.Chains[..i], chain, .. model.Chains[(i + 1)..]] };
        }
        for (var i = 0; i < model.Additions.Length; i++)
        {
            foreach (var measure in Simpler(model.Additions[i])) yield return model with { Additions = [.. model.Additions[..i], measure, .. model.Additions[(i + 1)..]] };
        }
        if (model.Select != "first") yield return model with { Select = "first" };
        if (model.Partials < 64) yield return model with { Partials = 64 };
        if (!model.PerApp) yield return model with { PerApp = true };
    }

    private static IEnumerable<StageModel> Simpler(StageModel stage)
    {
        if (stage.Join is not null) yield return stage with { Join = null };
        if (stage.Where.Length > 0) yield return stage with { Where = [] };
        if (stage.App != "same") yield return stage with { App = "same" };
        if (stage.Absent is not (null or (null, null))) yield return stage with { Absent = (null, null) };
        if (stage.Optional is { } measure)
        {
            foreach (var simpler in Simpler(measure)) yield return stage with { Optional = simpler };
        }
    }

    private static IEnumerable<ChainModel> Simpler(ChainModel chain)
    {
        if (chain.Stages.Length > 1)
        {
            foreach (var stages in Without(chain.Stages)) yield return chain with { Stages = stages };
        }
        if (chain.Blind.Length > 0) yield return chain with { Blind = [] };
        if (chain.Unless.Length > 0) yield return chain with { Unless = [] };
        if (chain.Require.Length > 0) yield return chain with { Require = [] };
        if (!chain.Ordered) yield return chain with { Ordered = true };
    }

    private static IEnumerable<MeasureModel> Simpler(MeasureModel measure)
    {
        foreach (var keys in Without(measure.Keys)) yield return measure with { Keys = keys };
        if (measure.After is not null) yield return measure with { After = null };
        if (measure.Before is not null) yield return measure with { Before = null };
    }

    private static IEnumerable<StreamModel> Simpler(StreamModel stream)
    {
        for (var i = 0; i < stream.Events.Length; i++)
        {
            var item = stream.Events[i];
            foreach (var simpler in new[]
            {
                item with { Length = 0 }, item with { Sequence = 0 }, item with { Log = "" }, item with { Connection = "" }, item with { Version = "" }, item with { Permission = "" }, item with { Delay = 0 }, item with { Device = "d1" }, item with { App = "com.a" },
                item with { State = Nightjar.Events.AppState.Unknown }, item with { At = item.At / 1_000_000 * 1_000_000 },
            })
            {
                if (simpler != item) yield return stream with { Events = [.. stream.Events[..i], simpler, .. stream.Events[(i + 1)..]] };
            }
        }
    }

    private static IEnumerable<T[]> Without<T>(T[] items) => items.Select((_, i) => (T[])[.. items[..i], .. items[(i + 1)..]]);
}
