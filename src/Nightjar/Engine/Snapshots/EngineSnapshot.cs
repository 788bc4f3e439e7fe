using Nightjar.Context;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Engine.Snapshots;

/// <summary>Writes the parts of an engine's state and reads them back. The two sides of each part stand together.</summary>
internal static class EngineSnapshot
{
    public static void Write(SnapshotWriter to, DeviceContext context)
    {
        to.Number((long)context.IsLocked);
        to.Number((long)context.IsScreenOn);
        to.Number((long)context.IsManaged);
        to.Number((long)context.IsSupervised);
        to.Time(context.LockTold);
        to.Time(context.LastInteraction);
    }

    public static void Read(SnapshotReader from, DeviceContext context) =>
        context.Restore((Tri)from.Number(), (Tri)from.Number(), (Tri)from.Number(), (Tri)from.Number(), from.Time(), from.Time());

    public static void Write(SnapshotWriter to, ApplicationContext context)
    {
        to.Number((long)context.State);
        to.Time(context.StateTold);
        Write(to, in context.Facts);
    }

    public static void Read(SnapshotReader from, ApplicationContext context)
    {
        context.Restore((AppState)from.Number(), from.Time());
        context.Facts = ReadFacts(from);
    }

    private static void Write(SnapshotWriter to, in InstallationFacts facts)
    {
        to.Number((long)facts.IsManaged);
        to.Number((long)facts.Source);
        to.Symbol(facts.Installer);
        Write(to, facts.Category);
        to.Symbol(facts.Version);
        to.Symbol(facts.Signer);
        to.Time(facts.Installed);
        Write(to, facts.KnownVersion);
        to.Symbol(facts.KnownSigner);
        to.Flag(facts.IsReplaced);
        to.Flag(facts.Seldom is not null);
        if (facts.Seldom is { } seldom) Write(to, seldom);
    }

    private static void Write(SnapshotWriter to, SeldomTold seldom)
    {
        to.Permissions(seldom.Permissions);
        to.Symbol(seldom.PermissionsBy);
        to.Time(seldom.Updated);
        to.Time(seldom.Removed);
        to.Drifts(seldom.Drifts);
    }

    private static InstallationFacts ReadFacts(SnapshotReader from) => new()
    {
        IsManaged = (Tri)from.Number(),
        Source = (InstallSource)from.Number(),
        Installer = from.Symbol(),
        Category = ReadTold(from),
        Version = from.Symbol(),
        Signer = from.Symbol(),
        Installed = from.Time(),
        KnownVersion = ReadTold(from),
        KnownSigner = from.Symbol(),
        IsReplaced = from.Flag(),
        Seldom = from.Flag() ? ReadSeldom(from) : null,
    };

    private static SeldomTold ReadSeldom(SnapshotReader from) => new()
    {
        Permissions = from.Permissions(),
        PermissionsBy = from.Symbol(),
        Updated = from.Time(),
        Removed = from.Time(),
        Drifts = from.Drifts() ?? Drifts.None,
    };

    private static void Write(SnapshotWriter to, Told told)
    {
        to.Symbol(told.Value);
        to.Symbol(told.By);
    }

    private static Told ReadTold(SnapshotReader from) => new(from.Symbol(), from.Symbol());

    public static void Write(SnapshotWriter to, RecentEvents recent)
    {
        (Symbol Device, UInt128 Id, Instant Time)[] all = [.. recent.All];
        to.Number(all.Length);
        foreach (var (device, id, time) in all)
        {
            to.Symbol(device);
            to.Id(id);
            to.Time(time);
        }
    }

    public static void Read(SnapshotReader from, RecentEvents recent)
    {
        for (var rest = from.Count(); rest > 0; rest--) recent.Restore(from.Symbol(), from.Wide(), from.Time());
    }

    public static void Write(SnapshotWriter to, SightingList list)
    {
        to.Number(list.FirstNumber);
        to.Number(list.Count);
        for (var i = 0; i < list.Count; i++) to.Sighting(in list[i]);
    }

    public static void Write(SnapshotWriter to, Match match, IReadOnlyList<Analytics.Plan.Chain> chains)
    {
        to.Number(chains.ToList().IndexOf(match.Chain));
        foreach (var stage in match.Chain.Stages) to.Sighting(in match.Assigned[stage]);
        to.Time(match.Decided);
        to.Number(match.Score);
        to.Number(match.Contributions.Count);
        foreach (var item in match.Contributions)
        {
            to.Text(item.Name);
            to.Number(item.Points);
            to.Number((long)item.State);
            to.Text(item.Reason);
        }
        to.Number(match.Supporting.Count);
        foreach (var (stage, stored) in match.Supporting)
        {
            to.Number(stage);
            to.Event(stored);
        }
    }

    public static Match ReadMatch(SnapshotReader from, Analytics.Analytic analytic)
    {
        var chain = analytic.Chains[(int)from.Number()];
        var assigned = new Sighting[analytic.Stages.Count];
        foreach (var stage in chain.Stages) assigned[stage] = from.Sighting(_ => analytic);
        var match = new Match { Chain = chain, Assigned = assigned, Decided = from.Time(), Score = (int)from.Number() };
        for (var rest = from.Count(); rest > 0; rest--)
            match.Contributions.Add(new Contribution(from.Text(), (int)from.Number(), (Tri)from.Number(), from.Text()));
        for (var rest = from.Count(); rest > 0; rest--) match.Supporting.Add(((int)from.Number(), from.Event()));
        return match;
    }
}
