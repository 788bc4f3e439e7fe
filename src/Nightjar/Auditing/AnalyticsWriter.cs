using System.Text.Json;
using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Nightjar.Sinks.Records;

namespace Nightjar.Auditing;

/// <summary>Writes by what was judged: <c>analytics.json</c> and <c>tunables.csv</c>.</summary>
internal static class AnalyticsWriter
{
    private static readonly string[] TunableColumns = ["analytic", "tunable", "applies_to", "value", "default", "origin"];

    public static void Write(EvidencePack pack, Stream output) => JsonLayout.WritePage(output, json =>
    {
        json.WriteStartObject();
        json.WriteOrigin();
        json.WriteObjects("analytics", pack.Analytics, analytic => Write(json, pack, analytic));
        json.WriteRows("reference", pack.Reference.Files, WriteReference);
        json.WriteEndObject();
    });

    /// <summary>A row for each value that holds for all, followed by those that the policy sets for some.</summary>
    public static void WriteTunables(EvidencePack pack, Stream output) => CsvText.Write(output, TunableColumns, pack.Analytics.SelectMany(analytic => Rows(pack, analytic)));

    private static IEnumerable<IReadOnlyList<string?>> Rows(EvidencePack pack, Analytic analytic)
    {
        foreach (var tunable in analytic.Tunables)
        {
            yield return [analytic.Uid, tunable.Name, "all", tunable.Value.ToString(), tunable.Default.ToString(), tunable.Origin];
            var scoped = pack.Policy?.Settings.Where(item => item.Analytic == analytic.Uid && item.Tunable == tunable.Name && !item.Entry.Scope.IsEverything) ?? [];
            foreach (var setting in scoped.OrderBy(item => item.Number))
                yield return [analytic.Uid, tunable.Name, setting.Entry.Scope.ToString(), setting.Value.ToString(), tunable.Default.ToString(), setting.Origin];
        }
    }

    private static void Write(Utf8JsonWriter json, EvidencePack pack, Analytic analytic)
    {
        json.WriteString("uid", analytic.Uid);
        json.WriteString("name", analytic.Title);
        json.WriteString("version", analytic.Version);
        json.WriteString("status", analytic.Status);
        json.WriteTexts("platforms", [.. analytic.Platforms.Select(platform => platform.Name())]);
        if (analytic.Attack.Strategy is { } strategy) json.WriteString("strategy", strategy);
        json.WriteString("attack_version", analytic.Attack.Release);
        json.WriteTexts("techniques", [.. analytic.Attack.Techniques]);
        var catalogue = pack.Reference.AttackReleases.Find(analytic.Attack.Release);
        json.WriteRows("attack_objects", ObjectsOf(catalogue, analytic), (row, item) =>
        {
            row.WriteString("uid", item.Id);
            row.WriteString("version", item.Identity.Version);
            row.WriteString("sha256", item.Identity.Sha256);
        });
        json.WriteRows("files", FilesOf(pack, analytic), (row, file) =>
        {
            row.WriteString("path", file.Path);
            row.WriteString("sha256", file.Hash);
        });
    }

    private static List<AttackObject> ObjectsOf(AttackCatalog? catalogue, Analytic analytic) =>
        [.. new[] { analytic.Uid, analytic.Attack.Strategy ?? "" }.Concat(analytic.Attack.Techniques).Distinct(StringComparer.Ordinal).Select(id => catalogue?.Find(id)).OfType<AttackObject>()];

    private static List<(string Path, string Hash)> FilesOf(EvidencePack pack, Analytic analytic)
    {
        var files = new List<(string Path, string Hash)>();
        foreach (var source in pack.Content.Analytics.Where(source => source.Path == analytic.File))
        {
            files.Add((source.Path, EvidencePack.Hash(source.Text)));
            if (source.Playbook is { } playbook) files.Add((source.Path[..(source.Path.LastIndexOf('/') + 1)] + "playbook.md", EvidencePack.Hash(playbook)));
        }
        var folder = ScenarioPaths.FolderOf(analytic.File);
        files.AddRange(pack.Content.Scenarios.Where(file => ScenarioPaths.FolderOf(file.Path) == folder).Select(file => (file.Path, EvidencePack.Hash(file.Text))));
        return files;
    }

    private static void WriteReference(Utf8JsonWriter json, ReferenceFile file)
    {
        json.WriteString("path", file.Path);
        if (file.Origin is not null) json.WriteString("origin", file.Origin);
        if (file.Version is not null) json.WriteString("version", file.Version);
        if (file.Date is not null) json.WriteString("date", file.Date);
        if (file.Licence is not null) json.WriteString("licence", file.Licence);
        json.WriteString("sha256", file.Sha256);
    }
}
