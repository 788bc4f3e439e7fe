using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Conformance.Sources;

/// <summary>A file of real telemetry beside the repository. Tests that need one are skipped where there is none.</summary>
internal static class Sample
{
    /// <summary>The bytes of a sample, for example <c>logcat/real_dcl_lines.txt</c>.</summary>
    public static byte[] Bytes(string path) => File.ReadAllBytes(PathOf(path));

    /// <summary>Where a sample lies.</summary>
    public static string PathOf(string path)
    {
        var full = Path.Combine(Repository.Root, "..", "shared", "samples", path);
        Assert.SkipUnless(File.Exists(full), $"The sample {path} is not beside the repository.");
        return full;
    }

    /// <summary>Recognises the sample and reads it to its end.</summary>
    public static (string Reader, List<EvidenceEvent> Events, List<SourceAnomaly> Anomalies) Read(byte[] bytes, string path)
    {
        var head = new SourceHead(bytes.AsMemory(0, Math.Min(bytes.Length, SourceHead.Size)), bytes.Length <= SourceHead.Size, Path.GetFileName(path));
        var reader = SourceCatalog.Recognise(head);
        Assert.NotNull(reader);
        var file = new SourceFile(1, path, reader.Format.Id, reader.Format.PositionKind);
        using var session = reader.Open(new SourceInput
        {
            Stream = new MemoryStream(bytes), File = file, FileTime = Instant.From(new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero)),
        });
        var batch = new EventBatch(new SymbolTable());
        var events = new List<EvidenceEvent>();
        var anomalies = new List<SourceAnomaly>();
        for (var more = true; more;)
        {
            batch.Clear();
            more = session.Read(batch, TestContext.Current.CancellationToken);
            for (var i = 0; i < batch.Count; i++) events.Add(EvidenceEvent.From(batch[i], batch.Symbols, file.Locate(batch.HeaderAt(i).Position)));
            anomalies.AddRange(batch.Anomalies);
        }
        return (reader.Format.Id, events, anomalies);
    }
}
