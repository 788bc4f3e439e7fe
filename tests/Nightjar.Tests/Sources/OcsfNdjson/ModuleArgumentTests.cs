using Nightjar.Events;
using Nightjar.Sources.OcsfNdjson;
using Xunit;

namespace Nightjar.Tests.Sources.OcsfNdjson;

public sealed class ModuleArgumentTests
{
    [Theory]
    [InlineData("""{"path":"/p"}""", "/p", null)]
    [InlineData("""{"dexPath":"/p"}""", "/p", null)]
    [InlineData("""{"file":"/p"}""", "/p", null)]
    [InlineData("""{"filename":"/p"}""", "/p", null)]
    [InlineData("""{"fileName":"/p"}""", "/p", null)]
    [InlineData("""{"libraryPath":"/p"}""", "/p", null)]
    [InlineData("""{"source":"relative.js"}""", "relative.js", null)]
    [InlineData("""{"source":"/last","libraryPath":"/later","path":"/first","file":"/late"}""", "/first", null)]
    [InlineData("""{"other":"/fallback","source":"/known"}""", "/known", null)]
    [InlineData("""{"a":"x","b":["y",{"c":"/first"}],"d":"/second"}""", "/first", null)]
    [InlineData("""{"a":{"path":"inner"},"b":"/outer"}""", "/outer", null)]
    [InlineData("""{"path":"/one","path":"/two"}""", "/two", null)]
    [InlineData("""{"dexPath":"/a/x.dex:/b/y.dex"}""", "/a/x.dex", null)]
    [InlineData("""{"path":"","file":"/f"}""", "/f", null)]
    [InlineData("""{"path":7}""", null, null)]
    [InlineData("""{"name":"n"}""", null, "n")]
    [InlineData("""{"objectName":"o","interfaceName":"i"}""", null, "i")]
    [InlineData("""{"name":"/n"}""", "/n", "/n")]
    [InlineData("""["x","/y"]""", "/y", null)]
    [InlineData("""{}""", null, null)]
    [InlineData("""{"p\u0061th":"/ignored?"}""", "/ignored?", null)]
    [InlineData("""{"path":"\/e\u0073c"}""", "/esc", null)]
    public void Path_and_name_are_found_in_the_arguments(string args, string? path, string? name)
    {
        var seen = Read(args);
        Assert.Equal(args, seen[FieldId.ModuleArgs]);
        Assert.Equal((path, name), (seen[FieldId.ModuleArgPath], seen[FieldId.ModuleArgName]));
    }

    [Theory]
    [InlineData("\"/data/local/tmp/x\"", "/data/local/tmp/x", "/data/local/tmp/x")]
    [InlineData("\"a \\\"b\\\"\"", "a \"b\"", null)]
    public void Arguments_in_one_text_are_kept_as_that_text(string args, string text, string? path)
    {
        var seen = Read(args);
        Assert.Equal((text, path), (seen[FieldId.ModuleArgs], seen[FieldId.ModuleArgPath]));
    }

    [Fact]
    public void The_path_is_canonical() => Assert.Equal("/data/data/a", Read("""{"path":"/data/user/0/x/../a"}""")[FieldId.ModuleArgPath]);

    [Fact]
    public void Arguments_given_twice_leave_nothing_of_the_first()
    {
        var seen = Read("""{"path":"/a","name":"n"},"args":{"b":1}""");
        Assert.Equal(("{\"b\":1}", null, null), (seen[FieldId.ModuleArgs], seen[FieldId.ModuleArgPath], seen[FieldId.ModuleArgName]));
    }

    private static Findings.EvidenceEvent Read(string args)
    {
        var reading = Reading.Of(new OcsfNdjsonReader(),
            "{\"class_uid\":1005,\"activity_id\":3,\"time\":1,\"device\":{\"uid\":\"d\"},\"module\":{\"args\":" + args + "}}");
        Assert.Empty(reading.Anomalies);
        return Assert.Single(reading.Events);
    }
}
