using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>The findings, by device and app, the gravest first.</summary>
internal sealed class FindingsView(HtmlWriter html, IReadOnlyList<Finding> findings, FindingAnchors anchors, PlaybookView playbooks, bool isLazy)
{
    private readonly FindingView _finding = new(html, anchors, playbooks, isLazy);

    public void Write()
    {
        using var section = html.Open("section", ("id", "findings"), ("aria-labelledby", "h-findings"));
        html.Element("h2", "Findings", ("id", "h-findings"), ("tabindex", "-1"));
        if (findings.Count == 0)
        {
            html.Element("p", "There are none. Whether that means much is told by what could not be checked.", ("class", "lead"));
            return;
        }
        WriteTools();
        using (html.Open("div", ("id", "groups")))
        {
            // Findings come the gravest first, so a group stands where its gravest finding would.
            foreach (var device in findings.GroupBy(finding => finding.Device.Uid, StringComparer.Ordinal)) WriteDevice([.. device]);
        }
        html.Element("p", "No finding fits the filter.", ("id", "none"), ("hidden", ""), ("class", "lead"));
    }

    // Shown by the script: without it there is nothing that these could do.
    private void WriteTools()
    {
        using var tools = html.Open("form", ("id", "tools"), ("role", "search"), ("aria-label", "Filter the findings"), ("hidden", ""));
        using (html.Open("p", ("class", "field grow")))
        {
            html.Element("label", "Filter by app, device, host, file, hash, technique", ("for", "filter"));
            html.Empty("input", ("id", "filter"), ("type", "search"), ("autocomplete", "off"), ("spellcheck", "false"));
        }
        using (html.Open("fieldset"))
        {
            html.Element("legend", "Severity");
            foreach (var severity in findings.Select(finding => finding.Severity).Distinct().OrderDescending()) WriteChoice(severity);
        }
        using (html.Open("p", ("class", "field")))
        {
            html.Element("label", "Order", ("for", "order"));
            using var select = html.Open("select", ("id", "order"));
            html.Element("option", "gravest first", ("value", "gravity"));
            html.Element("option", "oldest first", ("value", "oldest"));
            html.Element("option", "newest first", ("value", "newest"));
        }
        html.Element("p", "", ("id", "shown"), ("role", "status"));
    }

    private void WriteChoice(Severity severity)
    {
        var level = FindingView.Level(severity);
        using var label = html.Open("label", ("class", "choice"));
        html.Empty("input", ("type", "checkbox"), ("name", "severity"), ("value", level), ("checked", ""));
        html.Text(severity.Caption());
    }

    private void WriteDevice(List<Finding> ofDevice)
    {
        var device = ofDevice[0].Device;
        using var section = html.Open("section", ("class", "device"));
        using (html.Open("h3", ("class", "u")))
        {
            html.Text(device.Name ?? device.Uid);
            html.Element("small", $" {(device.Name is null || device.Name == device.Uid ? "" : device.Uid + ", ")}{device.Platform.Name()}, {SinkWords.Count(ofDevice.Count, "finding")}");
        }
        foreach (var app in ofDevice.GroupBy(finding => finding.App ?? "", StringComparer.Ordinal))
        {
            using var group = html.Open("section", ("class", "app"));
            html.Element("h4", app.Key.Length > 0 ? app.Key : "The device itself", ("class", "u"));
            foreach (var finding in app) _finding.Write(finding);
        }
    }
}
