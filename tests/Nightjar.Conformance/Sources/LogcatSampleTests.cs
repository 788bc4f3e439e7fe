using System.Text;
using System.Text.RegularExpressions;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Conformance.Sources;

/// <summary>Real lines of Android's log, counted independently of the reader.</summary>
public sealed class LogcatSampleTests
{
    [Theory]
    [InlineData("logcat/plaso_android_logcat.log")]
    [InlineData("logcat/real_dcl_lines.txt")]
    public void Every_line_but_the_dividers_is_read(string path)
    {
        var bytes = Sample.Bytes(path);
        var (reader, events, anomalies) = Sample.Read(bytes, path);
        Assert.Equal("android-logcat", reader);
        Assert.Empty(anomalies);
        var lines = Lines(bytes).Select((line, index) => (line, number: index + 1)).Where(item => !item.line.StartsWith("-----", StringComparison.Ordinal));
        Assert.Equal(lines.Select(item => item.number), events.Select(item => int.Parse(item.Provenance.Split(' ')[^1], null)).Distinct());
    }

    [Fact]
    public void Messages_and_times_of_the_printing_formats_are_found()
    {
        var bytes = Sample.Bytes("logcat/plaso_android_logcat.log");
        var events = Sample.Read(bytes, "plaso_android_logcat.log").Events;
        var messages = Lines(bytes).Select(line => Regex.Match(line, ": (test of .*)$", RegexOptions.NonBacktracking)).Where(match => match.Success).Select(match => match.Groups[1].Value);
        Assert.Equal(messages, events.Select(item => (string)item[FieldId.Message]!));
        var zoned = Lines(bytes).Where(line => line.Contains(" +1000 ", StringComparison.Ordinal))
            .Select(line => DateTimeOffset.Parse(Regex.Match(line, "^\\S+ \\S+ \\+1000", RegexOptions.NonBacktracking).Value.Replace(" +1000", " +10:00", StringComparison.Ordinal), null));
        Assert.Equal(zoned.Select(Instant.From), events.Where(item => item.State.TimeBasis == TimeBasis.Stated && item.Time.Micros % 1000 != 0).Select(item => item.Time));
    }

    [Fact]
    public void Lines_of_dynamic_code_loading_tell_their_facts()
    {
        var bytes = Sample.Bytes("logcat/real_dcl_lines.txt");
        var events = Sample.Read(bytes, "real_dcl_lines.txt").Events;
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Equal(Regex.Count(text, "avc:"), events.Count(item => item.Class == EventClass.KernelDecision));
        Assert.Equal(Regex.Count(text, "dex-file=/data/user|granted \\{ execute \\}"), events.Count(item => item.Class == EventClass.ModuleActivity));
        Assert.Equal(1, events.Count(item => item.Class == EventClass.ProcessActivity));
        var native = Assert.Single(events, item => item.Class == EventClass.ModuleActivity && (string)item[FieldId.ModuleType]! == "so");
        Assert.Contains(native.App!, (string)native[FieldId.ModulePath]!, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Lines(byte[] bytes) => Encoding.UTF8.GetString(bytes).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0);
}
