using Nightjar.Events;
using Nightjar.Findings;
using Xunit;

namespace Nightjar.Tests.Sources;

/// <summary>What holds of every reading of every input, whole or broken.</summary>
internal static class ReadingRules
{
    public static void Check(Reading reading, string what)
    {
        foreach (var evidence in reading.Events) Check(evidence, what);
        foreach (var anomaly in reading.Anomalies) Check(anomaly, what);
    }

    private static void Check(EvidenceEvent evidence, string what)
    {
        Assert.True(evidence.End >= evidence.Time, $"{what}: an event ends before it begins ({evidence.Provenance})");
        Assert.True(evidence.Time >= Instant.Min && evidence.End <= Instant.Max, $"{what}: a time outside the calendar ({evidence.Provenance})");
        Assert.True(evidence.Class == EventClasses.FromUid(evidence.ClassUid), $"{what}: class {evidence.Class} has number {evidence.ClassUid}");
        Assert.True(evidence.Uid != EventIds.Text(0), $"{what}: an event without an id ({evidence.Provenance})");
        foreach (var field in evidence.Fields)
        {
            if (field.Value is string[] list) Assert.InRange(list.Length, 0, EventBatch.MaxListItems);
            if (field.Value is double number) Assert.True(double.IsFinite(number), $"{what}: {field.Field} is not finite");
        }
    }

    private static void Check(SourceAnomaly anomaly, string what)
    {
        Assert.True(anomaly.File == Reading.FileNumber, $"{what}: an anomaly of another file: {anomaly}");
        Assert.True(anomaly.Position >= 0, $"{what}: an anomaly before the file: {anomaly}");
        Assert.False(string.IsNullOrWhiteSpace(anomaly.Reason), $"{what}: an anomaly without a reason");
        Assert.True(anomaly.Reason.Length <= 300, $"{what}: a reason too long: {anomaly}");
    }
}
