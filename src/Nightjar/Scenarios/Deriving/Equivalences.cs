using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Scenarios.Running;
using Nightjar.Scenarios.Telling;

namespace Nightjar.Scenarios.Deriving;

/// <summary>The same behaviour told differently. The findings must be the same.</summary>
/// <param name="Name">What was changed.</param>
/// <param name="Run">Gives the findings and the time that theirs count from.</param>
/// <param name="Restore">Takes the changed names out of their text.</param>
internal sealed record Equivalence(string Name, Func<(IReadOnlyList<Finding> Findings, Instant Start)> Run, Func<string, string> Restore)
{
    /// <summary>The findings as text, with the names as they were.</summary>
    public string Text()
    {
        var (findings, start) = Run();
        return Restore(FindingsText.Write(findings, start));
    }
}

/// <summary>Derives equivalences: shifted in time, renamed, with noise, repeated, in another order, from two sources, stopped and continued.</summary>
/// <param name="stand">Where to run.</param>
/// <param name="twin">The same analytics compiled against another table of texts.</param>
/// <param name="analytic">The analytic, of <paramref name="stand"/>.</param>
/// <param name="trial">The scenario.</param>
internal sealed class Equivalences(Stand stand, Stand twin, Analytic analytic, Trial trial)
{
    private const string Mark = "renamed.";
    private const string SecondSource = ":second";
    private const int MaxCuts = 40;

    public IEnumerable<Equivalence> All()
    {
        var events = trial.Events;
        yield return Of("shifted in time", trial with { Start = trial.Start + TimeSpan.FromDays(400) - TimeSpan.FromMicroseconds(1) });
        yield return Of("device renamed", With(events.Select(item => item with { Device = Mark + item.Device })), Mark);
        yield return Of("noise mixed in", trial with { Events = Noise.Among(events, analytic.IsPerApp) });
        yield return Of("every event twice", With(events.Concat(events)));
        yield return Of("arrived backwards", With(events.Reverse()));
        yield return Of("from two sources", With(events.Select((item, i) => i % 2 == 0 ? item : item with { Log = item.Log + SecondSource })), SecondSource);
        foreach (var cut in Cuts(events.Count))
            yield return new Equivalence($"saved and restored before event {cut + 1}", () => (Stopped(cut), trial.Start), text => text);
    }

    private Trial With(IEnumerable<ScenarioEvent> events) => trial with { Events = [.. events] };

    private Equivalence Of(string name, Trial changed, string mark = "") =>
        new(name, () => (stand.Run(changed, analytic), changed.Start), text => mark.Length == 0 ? text : text.Replace(mark, "", StringComparison.Ordinal));

    private static IEnumerable<int> Cuts(int count)
    {
        var step = Math.Max(1, (count + MaxCuts - 1) / MaxCuts);
        for (var cut = 0; cut < count; cut += step) yield return cut;
    }

    // The second half has other symbols, as in another run.
    private List<Finding> Stopped(int cut)
    {
        var later = twin.Analytics.First(item => item.Uid == analytic.Uid);
        var ordered = trial.Events.OrderBy(item => item.Offset).ThenBy(item => item.Sequence).ThenBy(item => EventIds.FromUid(System.Text.Encoding.UTF8.GetBytes(item.Id))).ToList();
        var first = stand.Begin(trial, analytic);
        first.Process(stand.Batch(With(ordered.Take(cut)), analytic));
        var findings = first.TakeFindings().ToList();
        using var saved = new MemoryStream();
        first.Save(saved);
        saved.Position = 0;
        var second = twin.Begin(trial, later);
        second.Restore(saved);
        second.Process(twin.Batch(With(ordered.Skip(cut)), later));
        second.Complete();
        findings.AddRange(second.TakeFindings());
        return findings;
    }
}
