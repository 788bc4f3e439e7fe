using System.Text;
using System.Text.RegularExpressions;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Sinks;

/// <summary>The example of the guide is code that runs.</summary>
public sealed class AddASinkGuideTests
{
    [Fact]
    public void Its_sink_stands_in_the_tests_as_it_stands_in_the_guide()
    {
        var code = Regex.Match(Repository.Read("docs/guides/add-a-sink.md"), "```csharp\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        Assert.NotEmpty(code);
        Assert.EndsWith(code, Repository.Read("tests/Nightjar.Tests/Sinks/CountsSink.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_sink_counts()
    {
        using var output = new MemoryStream();
        new CountsSink().Write(SampleRun.Result(), output);
        Assert.Equal("analytic,findings\nAN1677,1\nAN1762,1\nAN1770,1\nAN1849,1\n", Encoding.UTF8.GetString(output.ToArray()));
    }
}
