using System.Text;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Conformance.Sources;

/// <summary>Reads events that were checked against the published OCSF schema, each written on one line.</summary>
public sealed class OcsfExampleTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "..", "shared", "ocsf", "examples");

    [Fact]
    public void Valid_ocsf_events_are_recognised_and_read_without_complaint()
    {
        Assert.SkipUnless(Directory.Exists(Folder), "The OCSF examples are not at hand.");
        foreach (var path in Directory.EnumerateFiles(Folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var line = JsonSerializer.SerializeToUtf8Bytes(document.RootElement);
            var reader = SourceCatalog.Recognise(new SourceHead(line, true, "events"));
            Assert.Equal("ocsf-ndjson", reader?.Format.Id);
            AssertRead(Read(reader!, line), document.RootElement, Path.GetFileName(path));
        }
    }

    private static void AssertRead(EventBatch batch, JsonElement written, string name)
    {
        var complaints = batch.Anomalies.Where(anomaly => anomaly.Kind != AnomalyKind.UnknownField).ToList();
        // OCSF lets an event be about no device; Nightjar assesses devices.
        if (!written.TryGetProperty("device", out _))
        {
            Assert.Equal(AnomalyKind.MissingField, Assert.Single(complaints).Kind);
            return;
        }
        Assert.Empty(complaints);
        Assert.True(batch.Count == 1, $"{name} gave {batch.Count} events");
        var header = batch.HeaderAt(0);
        Assert.Equal(written.GetProperty("class_uid").GetInt32(), header.ClassUid);
        Assert.Equal(written.GetProperty("time").GetInt64(), header.Time.Millis);
        Assert.Equal(written.GetProperty("device").GetProperty("uid").GetString(), batch.Symbols.Text(header.Device));
        Assert.Equal(EventIds.FromUid(Encoding.UTF8.GetBytes(written.GetProperty("metadata").GetProperty("uid").GetString()!)), header.Id);
        Assert.NotEqual(Platform.Unknown, header.Platform);
    }

    private static EventBatch Read(ISourceReader reader, byte[] line)
    {
        var batch = new EventBatch(new SymbolTable());
        using var session = reader.Open(new SourceInput
        {
            Stream = new MemoryStream(line), File = new SourceFile(1, "events", reader.Format.Id, reader.Format.PositionKind),
        });
        Assert.False(session.Read(batch, TestContext.Current.CancellationToken));
        return batch;
    }
}
