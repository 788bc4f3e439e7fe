using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Says what could not be taken as it stood. A record may be as long as a line, so its complaints are limited.</summary>
internal sealed partial class OcsfRecord
{
    private const int MaxReports = 8;

    private int _reports;

    /// <summary>An object, an array or a plain value where the format has something of another shape.</summary>
    public void WrongShape(AttributeNode node, string shape)
    {
        MarkUnusable(node);
        Report(AnomalyKind.BadValue, $"{node.Path} is {shape}, which it cannot be; the rest of the record was read.");
    }

    /// <summary>An item of a list that is neither a text nor an object where those are expected.</summary>
    public void WrongItem(AttributeNode node) =>
        Report(AnomalyKind.BadValue, $"{node.Path}[] holds an item of the wrong type; the others were read.");

    /// <summary>A text that holds half a character; the half was replaced.</summary>
    public void BrokenText(AttributeNode node) =>
        Report(AnomalyKind.InvalidText, $"{node.Path} holds an incomplete escaped character, which was replaced.");

    private void WrongType(AttributeNode node, ReadOnlySpan<byte> value)
    {
        if (_reports < MaxReports) Report(AnomalyKind.BadValue, $"{node.Path} is of the wrong type: {Excerpt.Of(value)}");
    }

    private void Unusable(AttributeNode node, long value, string reason) =>
        Unusable(node, System.Text.Encoding.ASCII.GetBytes(value.ToString(System.Globalization.CultureInfo.InvariantCulture)), reason);

    private void Unusable(AttributeNode node, ReadOnlySpan<byte> value, string reason)
    {
        MarkUnusable(node);
        var kind = node.Kind == AttributeKind.Time ? AnomalyKind.BadTime : AnomalyKind.BadValue;
        if (_reports < MaxReports) Report(kind, $"{node.Path} {reason}: {Excerpt.Of(value)}");
    }

    // A required attribute that is there but useless has been reported and is not called missing as well.
    private void MarkUnusable(AttributeNode node) => _unusable |= node.Kind switch
    {
        AttributeKind.Time => Required.Time,
        AttributeKind.ClassUid => Required.ClassUid,
        AttributeKind.Activity => Required.Activity,
        AttributeKind.Device => Required.Device,
        _ => Required.None,
    };

    private void Report(AnomalyKind kind, string reason)
    {
        if (_reports++ < MaxReports) _batch.Report(kind, input.File.Number, _line, reason);
    }
}
