using Nightjar.Sources;
using Nightjar.Sources.Mapping;
using Nightjar.Sources.Mapping.Plan;
using Nightjar.Sources.OcsfNdjson;
using Xunit;

namespace Nightjar.Tests.Sources;

/// <summary>Who is asked whether a content is of its format.</summary>
public sealed class RecognitionTests
{
    private static readonly ISourceReader[] Readers = [new OcsfNdjsonReader(), new MappedReader(new Lazy<MappingPlan>(() => throw new InvalidOperationException("It was read.")))];

    [Fact]
    public void A_mapping_is_not_read_where_it_could_not_win() =>
        Assert.Same(Readers[0], SourceCatalog.Recognise(Head("""{"class_uid":4001,"time":1767571200000}"""), Readers));

    [Fact]
    public void A_mapping_is_read_where_it_could() =>
        Assert.Throws<InvalidOperationException>(() => SourceCatalog.Recognise(Head("""{"flow":1}"""), Readers));

    [Fact]
    public void Of_readers_that_are_as_sure_the_earlier_wins() =>
        Assert.Same(Readers[0], SourceCatalog.Recognise(Head("""{"class_uid":4001,"time":1767571200000}"""), [Readers[0], new OcsfNdjsonReader()]));

    private static SourceHead Head(string content) => new(System.Text.Encoding.UTF8.GetBytes(content), true, "x");
}
