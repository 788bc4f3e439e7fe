using Nightjar.Events;
using Nightjar.Sinks.Plain;

namespace Nightjar.Sinks.Html;

/// <summary>The head of a row that stands for devices: a few names, the platform, and the other names on demand.</summary>
internal static class DeviceNames
{
    private const int Shown = 3;

    public static void Write(HtmlWriter html, DeviceGroup group)
    {
        html.Text(string.Join(", ", group.Devices.Take(Shown).Select(TextExplanation.Name)));
        var platform = group.Platform == Platform.Unknown ? "platform unknown" : group.Platform.Name();
        html.Element("small", $"{platform}{(group.Devices.Count > 1 ? $", {SinkWords.Count(group.Devices.Count, "device")}" : "")}");
        if (group.Devices.Count <= Shown) return;
        using var rest = html.Open("details", ("class", "raw"));
        html.Element("summary", $"{SinkWords.Count(group.Devices.Count - Shown, "more device")}");
        using (html.Open("pre")) html.Lines(group.Devices.Skip(Shown).Select(TextExplanation.Name));
    }
}
