using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Intake;
using Nightjar.Tests.Intake;
using Xunit;

namespace Nightjar.Tests.Sources.AppPrivacyReport;

/// <summary>Two weekly exports that overlap, read as one input.</summary>
public sealed class AppPrivacyReportOverlapTests : IDisposable
{
    private readonly IntakeBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("a.ndjson", "b.ndjson")]
    [InlineData("b.ndjson", "a.ndjson")]
    public void Of_a_record_in_both_the_larger_count_comes_first_under_the_same_id(string older, string newer)
    {
        _bench.Write(older, Record(5, "2026-02-21T21:32:14.726+02:00"));
        _bench.Write(newer, Record(9, "2026-02-24T21:32:14.726+02:00"));
        var options = _bench.Options() with { Recognise = SourceCatalog.Recognise };
        using var intake = new EventIntake(options, new SymbolTable());
        var seen = new List<(UInt128 Id, long Count)>();
        foreach (var step in intake.Read(TestContext.Current.CancellationToken))
        {
            if (step.Batch is not { } batch) continue;
            for (var i = 0; i < batch.Count; i++) seen.Add((batch[i].Header.Id, batch[i].TryGetInteger(FieldId.Count, out var count) ? count : 0));
        }
        Assert.Equal([9L, 5L], seen.Select(item => item.Count));
        Assert.Equal(seen[0].Id, seen[1].Id);
    }

    private static string Record(int hits, string last) =>
        $$"""{"timeStamp":"{{last}}","initiatedType":"AppInitiated","context":"","domain":"api.courier.example","type":"networkActivity","domainType":2,"firstTimeStamp":"2026-02-18T22:31:47.355+02:00","bundleID":"com.example.courier","domainOwner":"","hits":{{hits}},"domainClassification":1}""" + "\n";
}
