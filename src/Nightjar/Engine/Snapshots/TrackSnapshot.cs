using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Context;
using Nightjar.Events;

namespace Nightjar.Engine.Snapshots;

/// <summary>Writes and reads what the engine holds of devices and apps.</summary>
internal sealed class TrackSnapshot(IReadOnlyList<Analytic> analytics, IPolicyInForce policy, SymbolTable symbols, AppIndex apps, KeyPool keys)
{
    private readonly ILookup<DeviceTrack, AppTrack> _appsOf = apps.All.ToLookup(app => app.Device);

    public void Write(SnapshotWriter to, DeviceTrack device)
    {
        to.Symbol(device.Device);
        to.Number((long)device.Platform);
        to.Symbol(device.Name);
        to.Number(device.Groups.Length);
        foreach (var group in device.Groups) to.Text(group);
        EngineSnapshot.Write(to, device);
        foreach (var time in device.LastSeen) to.Time(time);
        var named = _appsOf[device].OrderBy(app => symbols.Text(app.App), StringComparer.Ordinal);
        AppTrack[] all = device.Unnamed is { } unnamed ? [unnamed, .. named] : [.. named];
        to.Number(all.Length);
        foreach (var app in all) Write(to, app);
        to.Number(device.Waiting?.Count ?? 0);
        foreach (var draft in device.Waiting ?? []) Write(to, draft, IndexOf(draft.Analytic));
    }

    public DeviceTrack ReadDevice(SnapshotReader from)
    {
        var device = new DeviceTrack(from.Symbol(), apps) { Platform = (Platform)from.Number(), Name = from.Symbol() };
        device.Groups = new string[from.Count()];
        for (var i = 0; i < device.Groups.Length; i++) device.Groups[i] = from.Text();
        EngineSnapshot.Read(from, device);
        var lastSeen = new Instant[DataComponentNames.Count];
        for (var i = 0; i < lastSeen.Length; i++) lastSeen[i] = from.Time();
        device.RestoreSeen(lastSeen);
        for (var rest = from.Count(); rest > 0; rest--) ReadApp(from, device);
        for (var rest = from.Count(); rest > 0; rest--) (device.Waiting ??= []).Add(ReadDraft(from, device));
        return device;
    }

    private static void Write(SnapshotWriter to, AppTrack app)
    {
        to.Symbol(app.App);
        EngineSnapshot.Write(to, app);
        KeyTrack[] active = [.. app.ActiveKeys];
        to.Number(active.Length);
        foreach (var key in active)
        {
            to.Number(key.Index);
            foreach (var list in key.Stages) EngineSnapshot.Write(to, list);
            to.Number(key.Drafts?.Count ?? 0);
            foreach (var draft in key.Drafts ?? []) Write(to, draft, key.Index);
        }
    }

    private void ReadApp(SnapshotReader from, DeviceTrack device)
    {
        var app = device.App(from.Symbol());
        EngineSnapshot.Read(from, app);
        for (var rest = from.Count(); rest > 0; rest--)
        {
            var index = (int)from.Number();
            var key = keys.Of(app, index);
            for (var stage = 0; stage < key.Stages.Length; stage++)
            {
                key.Stages[stage].BeginAt(from.Number());
                for (var sightings = from.Count(); sightings > 0; sightings--)
                {
                    var sighting = from.Sighting(name => policy.Variant(index, name));
                    key.Add(stage, in sighting);
                    key.Open += sighting.IsOpen ? 1 : 0;
                }
            }
            for (var drafts = from.Count(); drafts > 0; drafts--) (key.Drafts ??= []).Add(ReadDraft(from, device));
        }
    }

    private int IndexOf(Analytic variant) => analytics.Select(item => item.Uid).ToList().IndexOf(variant.Uid);

    private static void Write(SnapshotWriter to, FindingDraft draft, int index)
    {
        to.Number(index);
        to.Text(draft.Analytic.VariantKey);
        to.Symbol(draft.AppName);
        to.Id(draft.FirstEvent);
        to.Number(draft.HiddenBy.Count);
        foreach (var id in draft.HiddenBy) to.Text(id);
        EngineSnapshot.Write(to, draft.Best, draft.Analytic.Chains);
        draft.Write(to);
    }

    private FindingDraft ReadDraft(SnapshotReader from, DeviceTrack device)
    {
        var analytic = policy.Variant((int)from.Number(), from.Text());
        var name = from.Symbol();
        var first = from.Wide();
        var hiddenBy = new string[from.Count()];
        for (var i = 0; i < hiddenBy.Length; i++) hiddenBy[i] = from.Text();
        var draft = new FindingDraft(analytic, device.App(name), name, first, hiddenBy);
        draft.Read(EngineSnapshot.ReadMatch(from, analytic), from);
        return draft;
    }
}
