using System.Text;
using Nightjar.Sources;
using Nightjar.Sources.OcsfNdjson;
using Xunit;

namespace Nightjar.Tests.Sources.OcsfNdjson;

public sealed class OcsfNdjsonRecognitionTests
{
    [Theory]
    [InlineData("""{"class_uid":4001,"time":1}""", 95)]
    [InlineData("""{"class_uid":4001,"x":1}""", 60)]
    [InlineData("garbage\n\n{\"time\":1,\"device\":{},\"class_uid\":1}", 95)]
    [InlineData("""{"time":1,"device":{"class_uid":1}}""", 0)]
    [InlineData("""[{"class_uid":4001,"time":1}]""", 0)]
    [InlineData("""{"ts":1,"uid":"C1","id.orig_h":"10.0.0.1"}""", 0)]
    [InlineData("class_uid time device", 0)]
    public void It_is_known_by_its_class_number(string content, int certainty) =>
        Assert.Equal(certainty, new OcsfNdjsonReader().Recognise(new SourceHead(Encoding.UTF8.GetBytes(content), true, "any")));

    [Fact]
    public void A_record_longer_than_the_head_is_known_by_its_beginning()
    {
        var bytes = Encoding.UTF8.GetBytes("{\"class_uid\":1,\"time\":1,\"message\":\"" + new string('x', 2 * SourceHead.Size));
        Assert.Equal(95, new OcsfNdjsonReader().Recognise(new SourceHead(bytes.AsMemory(0, SourceHead.Size), false, "any")));
    }
}
