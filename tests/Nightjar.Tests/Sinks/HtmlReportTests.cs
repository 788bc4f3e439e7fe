using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Playbooks;
using Nightjar.Sinks;
using Nightjar.Sinks.Html;
using Nightjar.Sinks.Plain;
using Xunit;

namespace Nightjar.Tests.Sinks;

/// <summary>What can be said of the page without a browser; the rest is in the browser tests.</summary>
public sealed class HtmlReportTests
{
    private static readonly string[] Void = ["meta", "link", "input", "br"];

    [Fact]
    public void Elements_are_closed_in_the_order_in_which_they_were_opened()
    {
        foreach (var result in (RunResult[])[SampleRun.Result(), SampleRun.Quiet(), SampleRun.Empty(), With(SampleFindings.Hostile()), With([.. SampleFindings.Many(HtmlReport.LazyFrom)])])
        {
            var open = new Stack<string>();
            var html = Regex.Replace(Html(result), "<(style|script)>.*?</\\1>", "", RegexOptions.Singleline);
            foreach (Match tag in Regex.Matches(html, "<(/?)([a-zA-Z][a-zA-Z0-9]*)(?:\\s[^>]*)?>"))
            {
                var name = tag.Groups[2].Value;
                if (tag.Groups[1].Length > 0) Assert.Equal(open.Pop(), name);
                else if (!Void.Contains(name)) open.Push(name);
            }
            Assert.Empty(open);
        }
    }

    [Fact]
    public void Nothing_is_loaded_from_anywhere()
    {
        var html = Html(With([.. SampleFindings.All(), SampleFindings.Hostile()]));
        Assert.DoesNotMatch("(?i)\\s(src|srcset|href|action|poster|data)=\"(?!#|data:,\")", html);
        Assert.DoesNotMatch("(?i)url\\(|@import|\\sstyle=|\\son[a-z]+=\"", html.Replace("onerror=alert", "", StringComparison.Ordinal));
    }

    [Fact]
    public void The_policy_allows_this_style_and_this_script_alone()
    {
        var html = Html(SampleRun.Result());
        var policy = Regex.Match(html, "Content-Security-Policy\" content=\"([^\"]*)\"").Groups[1].Value;
        Assert.StartsWith("default-src &#39;none&#39;;", policy, StringComparison.Ordinal);
        foreach (var part in (string[])["style", "script"])
        {
            var text = Regex.Match(html, $"<{part}>(.*?)</{part}>", RegexOptions.Singleline).Groups[1].Value;
            Assert.Contains($"{part}-src &#39;sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}&#39;", policy, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Hostile_text_stays_text()
    {
        var html = Html(With(SampleFindings.Hostile()));
        Assert.Single(Regex.Matches(html, "<script"));
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain(html, c => char.IsControl(c) && c != '\n' || c is >= '\u202A' and <= '\u202E');
    }

    [Fact]
    public void The_order_of_findings_given_does_not_show() =>
        Assert.Equal(Html(With([.. SampleFindings.All()])), Html(With([.. SampleFindings.All().Reverse()])));

    [Fact]
    public void Two_findings_of_one_uid_have_two_anchors()
    {
        var finding = SampleFindings.KeyExchange();
        var twin = finding with { Title = "Another." };
        var anchors = new FindingAnchors([finding, twin]);
        Assert.Equal("f-7c0011aa22bb33cc", anchors.Of(finding));
        Assert.Equal("f-7c0011aa22bb33cc-2", anchors.Of(twin));
        Assert.Null(anchors.Find("elsewhere"));
    }

    [Fact]
    public void Devices_with_the_same_checks_stand_together()
    {
        var summary = SampleRun.Summary();
        var twin = summary.Devices[1] with { Device = new DeviceReference("d-twin", Platform.Android) };
        var groups = DeviceGroup.Of(summary with { Devices = [.. summary.Devices, twin] });
        Assert.Equal(5, groups.Count);
        Assert.Equal(["d-7f3a1c", "d-twin"], groups[^1].Devices.Select(device => device.Uid));
        Assert.Empty(groups[0].Checks);
    }

    [Fact]
    public void In_a_large_report_the_text_of_a_playbook_stands_once_and_each_finding_has_its_values()
    {
        var html = Html(With([.. SampleFindings.Many(HtmlReport.LazyFrom)]));
        Assert.Single(Regex.Matches(html, "Suspend the app through the management"));
        Assert.Equal(HtmlReport.LazyFrom / 4, Regex.Count(html, "data-form=\"playbook-1\""));
        Assert.Contains("<dt>value 1</dt><dd><code class=\"u\">/data/data/com.example.torch/files/.c/banner-5.png</code></dd>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Suspend the app through the management", Html(With([SampleFindings.KeyExchange()])), StringComparison.Ordinal);
    }

    [Fact]
    public void What_all_findings_say_alike_is_no_blank_and_what_goes_together_is_one()
    {
        Playbook[] playbooks = [new("## Confirm\n\n- `a` then `x`, `x` and `same`"), new("## Confirm\n\n- `b` then `y`, `y` and `same`"), new("## Confirm\n\n- `b` then `z`, `z` and `same`")];
        var findings = playbooks.Select(playbook => SampleFindings.KeyExchange() with { Playbook = playbook }).ToList();
        var forms = new PlaybookForms(findings);
        var form = Assert.Single(forms.All);
        Assert.Equal([1, 2, 2, 0], Enumerable.Range(0, 4).Select(form.Blank));
        Assert.Equal(["b", "z"], form.Values([.. PlaybookParts.Of(playbooks[2].Sections, form.Ownership)]));
        Assert.Equal(2, new PlaybookForms([findings[0], findings[1] with { Playbook = new("## Confirm\n\n- `a` and then `x`, `x` and `same`") }]).All.Count);
    }

    private static RunResult With(params IReadOnlyList<Finding> findings) => SampleRun.Result() with { Findings = findings };

    private static string Html(RunResult result)
    {
        var writer = new StringWriter();
        HtmlReport.Write(result, writer);
        return writer.ToString();
    }
}
