using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Mapping;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Sources.Mapping;

/// <summary>Every mapping that comes with Nightjar, with its samples. There is no list.</summary>
/// <remarks><c>NIGHTJAR_APPROVE=1 ./test unit ShippedMappings</c> takes the present events over; then read the difference and commit it.</remarks>
public sealed class ShippedMappingsTests
{
    public static TheoryData<string> Names => [.. ShippedMappings.Names];

    [Fact]
    public void None_has_a_mistake() => Complaints.None(MappingLoader.Load(MappingLoader.Shipped).Diagnostics.Select(item => item.ToString()));

    [Fact]
    public void All_come_with_the_program() =>
        Assert.Equal(ShippedMappings.Names, SourceCatalog.All.Where(reader => reader.Format.IsMapping).Select(reader => reader.Format.Id).Order(StringComparer.Ordinal));

    // Each is read by itself, when something is asked of it; so none may depend on having been loaded beside the others.
    [Fact]
    public void They_are_as_if_they_were_loaded_at_once() =>
        Assert.Equal(MappingLoader.Load(MappingLoader.Shipped).Readers.Select(reader => (reader.Format.Id, reader.MostCertain)), MappingLoader.LoadShipped().Readers.Select(reader => (reader.Format.Id, reader.MostCertain)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Its_samples_are_read_as_written_down(string name)
    {
        var samples = ShippedMappings.Samples(name);
        Assert.NotEmpty(samples);
        foreach (var result in MappingSuite.Run(samples, SourceCatalog.All))
        {
            if (Approval.IsAsked && result.IsOnlyGolden) File.WriteAllText(result.Sample.Path + MappingSample.GoldenSuffix, result.Text);
            else if (result.Failures.Count > 0) Assert.Fail($"{result.Sample.Path}: {string.Join('\n', result.Failures)}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_sample_shows_every_class_that_it_yields(string name)
    {
        var told = ShippedMappings.Samples(name).SelectMany(sample => Reading.Of(ShippedMappings.Reader(name), sample.Bytes).Events).Select(item => item.Class);
        Assert.Equal(ShippedMappings.Reader(name).Format.Yields, told.Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_that_comes_twice_gives_each_event_the_same_id(string name)
    {
        foreach (var sample in ShippedMappings.Samples(name))
        {
            var once = Reading.Of(ShippedMappings.Reader(name), sample.Bytes).Events.Select(item => item.Uid).ToList();
            Assert.Equal(once, Reading.Of(ShippedMappings.Reader(name), sample.Bytes).Events.Select(item => item.Uid));
            var byDevice = Reading.Of(ShippedMappings.Reader(name), sample.Bytes).Events.Select(item => (item.Uid, item.Device)).ToList();
            Assert.Equal(byDevice.Count, byDevice.Distinct().Count());
        }
    }
}
