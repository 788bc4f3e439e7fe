using System.Buffers;
using Nightjar.Events;
using Nightjar.Simulation;
using Nightjar.Tests.Sinks;
using Xunit;

namespace Nightjar.Tests.Simulation;

/// <summary>What a simulated fleet tells, and how findings are held against what was planted.</summary>
public sealed class FleetSimulationTests
{
    [Fact]
    public void The_same_seed_gives_the_same_bytes_and_another_seed_others()
    {
        Assert.Equal(Day(new SimulationSpec(), 3), Day(new SimulationSpec(), 3));
        Assert.NotEqual(Day(new SimulationSpec(), 3), Day(new SimulationSpec { Seed = 2 }, 3));
    }

    [Fact]
    public void Attacks_are_planted_on_devices_of_their_platform_and_only_those_that_were_asked_for()
    {
        var labels = new FleetSimulation(new SimulationSpec()).Labels;
        Assert.Equal(FleetSimulation.AttackNames.Order(StringComparer.Ordinal), labels.Select(label => label.Name).Order(StringComparer.Ordinal));
        Assert.All(labels, label => Assert.StartsWith(label.Analytics[0] is "AN1771" or "AN1678" or "AN1849" or "AN1763" ? "iphone" : "android", label.Device, StringComparison.Ordinal));
        Assert.Equal(["ingress"], new FleetSimulation(new SimulationSpec { Attacks = ["ingress"] }).Labels.Select(label => label.Name));
        Assert.Empty(new FleetSimulation(new SimulationSpec { Attacks = [] }).Labels);
    }

    [Fact]
    public void Days_without_room_for_an_attack_are_told()
    {
        var fleet = new FleetSimulation(new SimulationSpec { Days = 20 });
        Assert.Equal(["relay-poisoned", "relay-poisoned-ios"], fleet.WithoutRoom);
        Assert.Empty(new FleetSimulation(new SimulationSpec { Days = SimulationSpec.DaysForAll }).WithoutRoom);
        Assert.Throws<ArgumentOutOfRangeException>(() => new FleetSimulation(new SimulationSpec { Attacks = ["none such"] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FleetSimulation(new SimulationSpec { Devices = 1 }));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void The_smallest_fleets_have_both_platforms(int devices) =>
        Assert.Equal([Platform.Android, Platform.IOS], new FleetSimulation(new SimulationSpec { Devices = devices }).Devices.Select(device => device.Platform).Distinct());

    [Fact]
    public void Labels_read_back_as_they_were_written()
    {
        var labels = new FleetSimulation(new SimulationSpec()).Labels;
        using var stream = new MemoryStream();
        LabelFile.Write(new SimulationSpec(), labels, stream);
        Assert.Equal(labels.Select(Text), LabelFile.Read(stream.ToArray()).Select(Text));
        Assert.Throws<InvalidDataException>(() => LabelFile.Read("{"u8.ToArray()));
        Assert.Empty(LabelFile.Read("{\"attacks\":[3,{},{\"name\":\"x\"}]}"u8.ToArray()));

        static string Text(AttackLabel label) => $"{label.Name} {label.Title} {string.Join(',', label.Analytics)} {label.Device} {label.App} {label.From} {label.To}";
    }

    [Fact]
    public void Precision_and_recall_come_from_device_app_and_time()
    {
        var finding = SampleFindings.All()[0];
        var right = new AttackLabel("right", "", [finding.Analytic.Uid], finding.Device.Uid, finding.App!, finding.Start, finding.End);
        var late = right with { Name = "late", From = finding.End + TimeSpan.FromSeconds(1), To = finding.End + TimeSpan.FromSeconds(2) };
        var elsewhere = right with { Name = "elsewhere", Device = "another" };
        var score = Assert.Single(Scorecard.Of([right, late, elsewhere], [finding], null).Analytics);
        Assert.Equal((1, 0, 1d), (score.OnAttacks, score.OnInnocent, score.Precision));
        Assert.Equal(["late", "elsewhere"], score.Missed);
        Assert.Equal(1 / 3d, score.Recall);
        Assert.Equal(0, Assert.Single(Scorecard.Of([late], [finding], null).Analytics).Precision);
        Assert.Equal(["late"], Scorecard.Of([right, late], [finding], (finding.Start, finding.End)).LeftOut);
    }

    private static byte[] Day(SimulationSpec spec, int day)
    {
        var buffer = new ArrayBufferWriter<byte>();
        new FleetSimulation(spec).Write(day, buffer);
        return buffer.WrittenSpan.ToArray();
    }
}
