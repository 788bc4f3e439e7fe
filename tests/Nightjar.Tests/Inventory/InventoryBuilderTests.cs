using Nightjar.Events;
using Nightjar.Inventory;
using Nightjar.Knowledge;
using Nightjar.Tests.Engine;
using Xunit;

namespace Nightjar.Tests.Inventory;

/// <summary>Which apps were on which devices, as of any moment.</summary>
public sealed class InventoryBuilderTests
{
    private const string App = "com.example.torch";

    private readonly SymbolTable _symbols = new();

    [Fact]
    public void An_app_is_told_as_it_was_at_each_moment()
    {
        Assert.Empty(At(-1).Entries);
        Assert.Equal(("1.0", "aa", null), State(At(0)));
        Assert.Equal(("1.1", "aa", null), State(At(15)));
        Assert.Equal((null, "aa", Time(20)), State(At(25)));
        Assert.Equal(("0.9", "bb", null), State(At(null)));
        Assert.Equal([DriftKind.Signer, DriftKind.Reinstalled, DriftKind.Version], Assert.Single(At(null).Entries).Drifts.Select(drift => drift.Kind));
        Assert.Empty(Assert.Single(At(25).Entries).Drifts);
    }

    [Fact]
    public void First_and_last_seen_are_of_any_event_that_names_the_app()
    {
        var entry = Assert.Single(At(null).Entries);
        Assert.Equal((Time(-0.5), Time(50)), (entry.FirstSeen, entry.LastSeen));
        Assert.Equal("Torch", entry.Label);
        Assert.Equal(InstallSource.Unknown, entry.Source);
        Assert.Null(entry.Permissions);
    }

    [Fact]
    public void Entries_stand_by_device_and_app_whatever_came_first()
    {
        var builder = new InventoryBuilder(_symbols, ReferenceData.Shipped.AppRoles);
        builder.Learn(new EventLine(_symbols)
            .Add("b", 0, EventClass.NetworkActivity, 6, "z", "").Add("b", 1, EventClass.NetworkActivity, 6, "a", "").Add("a", 2, EventClass.NetworkActivity, 6, "m", "").Batch());
        Assert.Equal(["a m", "b a", "b z"], builder.Build().Entries.Select(entry => $"{entry.Device} {entry.App}"));
    }

    [Fact]
    public void What_is_beyond_the_bound_is_counted_once_for_each_app()
    {
        var builder = new InventoryBuilder(_symbols, ReferenceData.Shipped.AppRoles, most: 2);
        var line = new EventLine(_symbols);
        for (var i = 0; i < 10; i++) line.Add(i, EventClass.NetworkActivity, 6, $"app{i % 5}", "");
        builder.Learn(line.Batch());
        var inventory = builder.Build();
        Assert.Equal((2, 2L), (inventory.Entries.Count, inventory.LeftOut));
    }

    [Fact]
    public void Of_very_many_drifts_the_latest_are_held()
    {
        var builder = new InventoryBuilder(_symbols, ReferenceData.Shipped.AppRoles);
        var line = new EventLine(_symbols);
        for (var i = 0; i < 200; i++) line.Add(i, EventClass.SoftwareInfo, 2, App, "", (FieldId.AppSigner, i % 2 == 0 ? "aa" : "bb"));
        builder.Learn(line.Batch());
        var drifts = Assert.Single(builder.Build().Entries).Drifts;
        Assert.Equal(InventoryBuilder.MostDrifts, drifts.Count);
        Assert.Equal(Time(199), drifts[^1].Time);
    }

    private AppInventory At(double? seconds)
    {
        var builder = new InventoryBuilder(_symbols, ReferenceData.Shipped.AppRoles, seconds is { } known ? Time(known) : null);
        builder.Learn(new EventLine(_symbols)
            .Add(-0.5, EventClass.NetworkActivity, 6, App, "")
            .Add(0, EventClass.ApplicationLifecycle, 1, App, "", (FieldId.AppVersion, "1.0"), (FieldId.AppSigner, "aa"), (FieldId.AppName, "Torch"))
            .Add(10, EventClass.ApplicationLifecycle, 8, App, "", (FieldId.AppVersion, "1.1"))
            .Add(20, EventClass.ApplicationLifecycle, 2, App, "")
            .Add(30, EventClass.ApplicationLifecycle, 1, App, "", (FieldId.AppVersion, "0.9"), (FieldId.AppSigner, "bb"))
            .Add(50, EventClass.NetworkActivity, 6, App, "").Batch());
        var all = builder.Build();
        return all with { Entries = [.. all.Entries.Where(entry => entry.FirstSeen != entry.LastSeen || entry.Version is not null)] };
    }

    private static (string? Version, string? Signer, Instant? Removed) State(AppInventory inventory)
    {
        var entry = Assert.Single(inventory.Entries);
        return (entry.Version, entry.Signer, entry.Removed);
    }

    private static Instant Time(double seconds) => EventLine.Start + TimeSpan.FromSeconds(seconds);
}
