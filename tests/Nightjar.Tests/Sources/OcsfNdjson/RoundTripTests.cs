using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources.OcsfNdjson;
using Xunit;

namespace Nightjar.Tests.Sources.OcsfNdjson;

public sealed class RoundTripTests
{
    private static readonly OcsfNdjsonReader Reader = new();

    [Fact]
    public void What_is_written_reads_back_as_the_same_event() => Property.Holds(SomeEvent.Any(), some =>
    {
        var batch = new EventBatch(new SymbolTable());
        some.Put(batch);
        var view = batch[0];
        var written = Collector.Describe(in batch.HeaderAt(0), EvidenceEvent.From(in view, batch.Symbols, ""));
        var line = OcsfNdjsonWriter.Line(in view, batch.Symbols);
        var reading = Reading.Of(Reader, line);
        Assert.DoesNotContain('\n', line);
        Assert.Empty(reading.Anomalies);
        Assert.Equal(written, Assert.Single(reading.Lines));
        return true;
    });

    [Fact]
    public void A_line_has_the_shape_of_the_contract()
    {
        var batch = new EventBatch(new SymbolTable());
        batch.Begin(EventClass.ApplicationLifecycle, 1, Instant.FromMillis(1_772_366_400_000), 1, 1);
        ref var header = ref batch.Current;
        header.Device = batch.Symbols.Intern("d");
        header.App = batch.Symbols.Intern("com.example");
        header.LogName = batch.Symbols.Intern("android:MDMLog");
        header.Platform = Platform.Android;
        header.Sequence = 4;
        header.State.InstallSource = InstallSource.Sideload;
        header.State.IsManagedApp = Tri.False;
        batch.Set(FieldId.EventUid, "u");
        batch.Set(FieldId.AppVersion, "1 <é>");
        batch.Add(FieldId.Permissions, "P"u8);
        batch.Add(FieldId.FileHashes, "ab"u8);
        batch.Add(FieldId.DeviceGroups, "g"u8);
        batch.Commit();
        Assert.Equal(
            """
            {"class_uid":6002,"activity_id":1,"time":1772366400000,"metadata":{"uid":"u","log_name":"android:MDMLog","sequence":4},
            "device":{"uid":"d","os":{"type_id":201},"groups":[{"name":"g"}]},"file":{"hashes":[{"value":"ab"}]},"app":{"version":"1 <é>","uid":"com.example"},
            "permissions":["P"],"is_managed_app":false,"install_source":"sideload"}
            """.ReplaceLineEndings(""),
            OcsfNdjsonWriter.Line(batch[0], batch.Symbols));
    }

    [Fact]
    public void Microseconds_and_ends_are_not_lost()
    {
        var batch = new EventBatch(new SymbolTable());
        batch.Begin(EventClass.NetworkActivity, 6, new Instant(1_772_366_400_000_001), 1, 1);
        batch.Current.End = new Instant(1_772_366_401_500_000);
        batch.Commit();
        Assert.Equal("""{"class_uid":4001,"activity_id":6,"time":"2026-03-01T12:00:00.000001Z","end_time":1772366401500}""", OcsfNdjsonWriter.Line(batch[0], batch.Symbols));
    }

    [Theory]
    [InlineData("{\"a\":[1,{\"b\":null}]}", "{\"a\":[1,{\"b\":null}]}")]
    [InlineData("{\"a\":\n1}", "\"{\\\"a\\\":\\n1}\"")]
    [InlineData("{\"a\":1", "\"{\\\"a\\\":1\"")]
    [InlineData("7", "\"7\"")]
    [InlineData("x, y", "\"x, y\"")]
    public void Arguments_stay_json_where_they_are_json(string arguments, string written)
    {
        var batch = new EventBatch(new SymbolTable());
        batch.Begin(EventClass.ModuleActivity, 3, default, 1, 1);
        batch.Set(FieldId.ModuleArgs, arguments);
        batch.Commit();
        Assert.Contains("\"module\":{\"args\":" + written + "}", OcsfNdjsonWriter.Line(batch[0], batch.Symbols), StringComparison.Ordinal);
    }

    [Fact]
    public void Path_and_name_without_arguments_are_written_as_arguments()
    {
        var batch = new EventBatch(new SymbolTable());
        batch.Begin(EventClass.ModuleActivity, 3, default, 1, 1);
        batch.Set(FieldId.ModuleArgPath, "/data/data/a");
        batch.Set(FieldId.ModuleArgName, "n");
        batch.Commit();
        Assert.Contains("\"module\":{\"args\":{\"path\":\"/data/data/a\",\"name\":\"n\"}}", OcsfNdjsonWriter.Line(batch[0], batch.Symbols), StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_as_deep_as_they_may_be_still_fit_their_line()
    {
        foreach (var depth in Enumerable.Range(55, 12))
        {
            var batch = new EventBatch(new SymbolTable());
            batch.Begin(EventClass.ModuleActivity, 3, default, 1, 1);
            batch.Current.Device = batch.Symbols.Intern("d");
            batch.Set(FieldId.ModuleArgs, new string('[', depth) + new string(']', depth));
            batch.Commit();
            var reading = Reading.Of(Reader, OcsfNdjsonWriter.Line(batch[0], batch.Symbols));
            Assert.Equal(new string('[', depth) + new string(']', depth), Assert.Single(reading.Events)[FieldId.ModuleArgs]);
        }
    }

    [Fact]
    public void Text_that_is_not_utf_8_still_makes_a_valid_line()
    {
        var batch = new EventBatch(new SymbolTable());
        batch.Begin(EventClass.LogLine, 1, default, 1, 1);
        batch.Set(FieldId.Message, [0x61, 0xFF, 0xC3]);
        batch.Set(FieldId.LogTag, [0xED, 0xA0, 0x80]);
        batch.Set(FieldId.ModuleArgs, [(byte)'[', (byte)'"', 0xFF, (byte)'"', (byte)']']);
        batch.Commit();
        using var line = JsonDocument.Parse(OcsfNdjsonWriter.Line(batch[0], batch.Symbols));
        Assert.Equal("a\uFFFD\uFFFD", line.RootElement.GetProperty("message").GetString());
    }

    [Fact]
    public void Writing_allocates_nothing_per_event()
    {
        var batch = new EventBatch(new SymbolTable());
        foreach (var i in Enumerable.Range(1, 40)) SomeEvent.Numbered(i).Put(batch);
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        using var writer = new OcsfNdjsonWriter(buffer, batch.Symbols);
        Write();
        buffer.ResetWrittenCount();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Write();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(batch.Count, buffer.WrittenSpan.Count((byte)'\n'));

        void Write()
        {
            for (var i = 0; i < batch.Count; i++) writer.Write(batch[i]);
        }
    }
}
