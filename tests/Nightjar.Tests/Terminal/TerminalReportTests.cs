using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks;
using Nightjar.Tests.Sinks;
using Xunit;

namespace Nightjar.Tests.Terminal;

public sealed class TerminalReportTests
{
    [Fact]
    public void It_leads_with_the_sentence()
    {
        var lines = Print(SampleRun.Result()).Split('\n');
        Assert.Equal("4 findings on 3 of 5 devices: 1 high, 2 medium, 1 low.", lines[0]);
        Assert.StartsWith("The gravest: com.example.torch", lines[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(132)]
    public void It_fits_the_width_and_every_finding_is_there(int width)
    {
        var text = Print(SampleRun.Result(), width: width);
        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        foreach (var finding in SampleFindings.All()) Assert.Contains(finding.Uid, text, StringComparison.Ordinal);
        foreach (var word in (string[])["High", "score 100", "com.example.torch", "pixel-8-field-04", "AN1677", "blind", "signs", "DC0039", "not assessed", "logs/vault.zip"])
            Assert.Contains(word, text, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_colour_it_is_plain_text() =>
        Assert.DoesNotContain(Print(SampleRun.Result()), c => char.IsControl(c) && c != '\n');

    [Fact]
    public void Colour_adds_nothing_but_colour()
    {
        var coloured = Print(SampleRun.Result(), color: true);
        Assert.Contains("\u001b[", coloured, StringComparison.Ordinal);
        Assert.Equal(Print(SampleRun.Result()), System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[[0-9;]*m", ""));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(132)]
    public void A_long_name_goes_on_in_the_next_line(int width)
    {
        var name = "com.example." + string.Concat(Enumerable.Range(0, 120).Select(i => $"{(char)('a' + i % 26)}{i}"));
        var finding = SampleFindings.IosRetrieval() with { App = name, Title = "It did something." };
        var text = Print(SampleRun.Quiet() with { Findings = [finding] }, width: width);
        // The pieces of the name stand below one another in one column.
        var rest = name;
        foreach (var line in text.Split('\n'))
        {
            foreach (var piece in line.Split("  ", StringSplitOptions.RemoveEmptyEntries).Select(piece => piece.Trim()))
            {
                if (piece.Length > 1 && rest.StartsWith(piece, StringComparison.Ordinal)) rest = rest[piece.Length..];
            }
        }
        Assert.Equal("", rest);
    }

    [Fact]
    public void Hostile_text_is_neither_markup_nor_escape()
    {
        var text = Print(SampleRun.Result() with { Findings = [SampleFindings.Hostile()] }, width: 400);
        Assert.DoesNotContain(text, c => c != '\n' && (char.IsControl(c) || c is >= '\u202A' and <= '\u202E'));
        Assert.Contains(@"\u{202E}gpj.exe\u{001B}[31m[red]\u{0007}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Silence_is_explained()
    {
        Assert.StartsWith("Nothing was found on 1 device.\nEvery analytic could see all it needs on every device.\n", Print(SampleRun.Quiet()), StringComparison.Ordinal);
        Assert.StartsWith("Nothing was checked: no event could be read.\n", Print(SampleRun.Empty()), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_devices_that_lack_the_same_are_one_row()
    {
        var summary = SampleRun.Quiet().Summary with
        {
            Devices = [.. Enumerable.Range(0, 40).Select(i => new DeviceAccount(
                new DeviceReference($"d-{i:00}", Platform.Android), 1, 1, DataComponents.None, [new DeviceCheck("AN1677", CheckState.Blind, ["load"], DataComponents.ModuleLoad, 0)]))],
        };
        var text = Print(new RunResult(summary, []));
        Assert.Contains("and 28 more", string.Join(' ', text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Equal(1, text.Split('\n').Count(line => line.Contains(" blind ", StringComparison.Ordinal)));
    }

    private static string Print(RunResult result, bool color = false, int width = 80)
    {
        var output = new StringWriter { NewLine = "\n" };
        TerminalReport.Write(result, ReportConsole.Create(output, color, width));
        return output.ToString();
    }
}
