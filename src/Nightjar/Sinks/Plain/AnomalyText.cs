using Nightjar.Events;

namespace Nightjar.Sinks.Plain;

/// <summary>Says what could not be taken of a file: "3 × cut off, first at 12: the line ends in a text".</summary>
public static class AnomalyText
{
    public static string Of(AnomalyAccount anomaly)
    {
        var place = anomaly.FirstPosition > 0 ? $", first at {SinkWords.Number(anomaly.FirstPosition)}" : "";
        return $"{SinkWords.Number(anomaly.Count)} × {anomaly.Kind.Say()}{place}: {VisibleText.Of(anomaly.FirstReason)}";
    }
}
