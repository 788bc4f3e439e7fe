using System.Text;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Mapping.Records;
using Xunit;

namespace Nightjar.Tests.Sources.Mapping;

/// <summary>Records are found in any layout of JSON, one that is damaged costs itself only, and nothing is held whole.</summary>
public sealed class RecordLayoutTests
{
    private static readonly ISourceReader Plain = MappingText.Reader(MappingText.Of("message: m"));

    private static readonly ISourceReader Inner = MappingText.Reader(MappingText.Of("message: m\ndevice.name: ^.name", "records: items[]"));

    [Theory]
    [InlineData("{R1}\n{R2}\n{R3}\n")]
    [InlineData("{R1}{R2} {R3}")]
    [InlineData("{R1},\n{R2},\n{R3},\n")]
    [InlineData("[{R1},{R2},{R3}]")]
    [InlineData("[\n  {R1},\n  {R2},\n  {R3}\n]\n")]
    [InlineData("[{R1}]\n[{R2},{R3}]\n")]
    [InlineData("\r\n{R1}\r\n\r\n{R2}\r\n{R3}\r\n")]
    public void Any_layout_gives_the_same_records(string layout) => Assert.Equal(["one", "two", "three"], Messages(Plain, layout, 0));

    [Theory]
    [InlineData("{\"items\":[{R1},{R2},{R3}]}")]
    [InlineData("{\"a\":{\"items\":[1]},\"items\":[{R1}]}\n{\"items\":[{R2}],\"next\":[{}]}\n{\"items\":[{R3}]}")]
    [InlineData("[{\"items\":[{R1},{R2}]},{\"items\":[{R3}]}]")]
    [InlineData("{R1}\n{\"items\":[{R2}]}\n{R3}")]
    public void An_array_inside_an_object_is_found_and_an_object_without_it_is_a_record(string layout) => Assert.Equal(["one", "two", "three"], Messages(Inner, layout, 0));

    [Theory]
    [InlineData("{R1}\n{\"t\":17,\"dev\":\"a\"\n{R3}\n")]
    [InlineData("{R1}\n{\"t\":17,\"dev\":\"a}\n{R3}\n")]
    [InlineData("{R1}\n{\"t\":17,\"dev\":tru}\n{R3}\n")]
    [InlineData("{R1}\nnonsense\n{R3}\n")]
    [InlineData("{R1}\n[1,2]]]\n{R3}\n")]
    [InlineData("[{R1},{\"dev\":\"a\",\"t\":17 \"m\"},{R3}]")]
    [InlineData("[{R1},{\"dev\":\"a\",{R3}]")]
    [InlineData("[\n  {R1},\n  {\"dev\": \"a\n  {R3}\n]")]
    [InlineData("[\n{R1},\n{\"dev\": ]},\n{R3}\n]")]
    [InlineData("[{R1},7,{R3}]")]
    public void A_damaged_record_costs_itself_only(string layout)
    {
        var reading = Reading.Of(Plain, Filled(layout));
        Assert.Equal(["one", "three"], reading.Events.Select(item => item[FieldId.Message]));
        Assert.NotEmpty(reading.Of(AnomalyKind.Malformed));
    }

    [Fact]
    public void An_outer_attribute_may_stand_behind_its_records() =>
        Assert.Equal("shelf", Reading.Of(Inner, Filled("{\"items\":[{R1}],\"name\":\"shelf\"}")).Events[0][FieldId.DeviceName]);

    [Fact]
    public void What_one_outer_object_says_is_forgotten_at_the_next()
    {
        var events = Reading.Of(Inner, Filled("{\"name\":\"shelf\",\"items\":[{R1}]}\n{\"items\":[{R2}]}")).Events;
        Assert.Equal(["shelf", null], events.Select(item => item[FieldId.DeviceName]));
    }

    [Fact]
    public void An_outer_attribute_that_stands_too_far_behind_is_told()
    {
        var padding = new string(' ', JsonRecords.Lookahead);
        var reading = Reading.Of(Inner, Filled("{\"items\":[{R1},{R2}" + padding + "],\"other\":1,\"name\":\"shelf\"}\n{\"name\":\"box\",\"items\":[{R3}]}"));
        Assert.Equal([null, null, "box"], reading.Events.Select(item => item[FieldId.DeviceName]));
        Assert.Equal(2, Assert.Single(reading.Of(AnomalyKind.MissingField)).Position);
    }

    [Fact]
    public void A_record_over_the_limit_is_reported_and_the_rest_is_read()
    {
        var text = Filled("[{R1},{\"dev\":\"a\",\"t\":1772440000,\"m\":\"" + new string('x', ByteWindow.MaxKept) + "\"},{R3}]");
        foreach (var chunk in (int[])[1 << 16, int.MaxValue])
        {
            using var stream = new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk);
            var reading = Reading.Of(Plain, stream);
            Assert.Equal(["one", "three"], reading.Events.Select(item => item[FieldId.Message]));
            Assert.Equal(2, Assert.Single(reading.Of(AnomalyKind.TooLong)).Position);
        }
    }

    [Fact]
    public void An_array_of_any_length_is_read_in_bounded_memory()
    {
        const int records = 400_000;
        using var endless = new RepeatingStream("{\"name\":\"shelf\",\"items\":["u8.ToArray(), Encoding.UTF8.GetBytes(Filled("{R1},")), records, Encoding.UTF8.GetBytes(Filled("{R2}]}")));
        using var session = Inner.Open(new SourceInput { Stream = endless, File = new SourceFile(1, "a", "a", PositionKind.Record) });
        var batch = new EventBatch(new SymbolTable());
        var before = GC.GetAllocatedBytesForCurrentThread();
        long events = 0;
        for (var more = true; more; batch.Clear())
        {
            more = session.Read(batch, TestContext.Current.CancellationToken);
            events += batch.Count;
            if (batch.Count > 0) Assert.False(batch[0].Header.Device.IsNone);
        }
        Assert.Equal(records + 1, events);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 40L << 20);
    }

    [Fact]
    public void A_record_with_very_many_items_is_handed_on_in_batches()
    {
        var reader = MappingText.Reader(MappingText.Head +
            """
            events:
            - for-each: list
              class: log_line
              activity: 1
              set: {time: {from: t, format: epoch}, device.uid: dev, message: item}
            """);
        var text = "{\"dev\":\"a\",\"t\":1772440000,\"list\":[" + string.Join(',', Enumerable.Range(0, 10_000)) + "]}";
        var reading = Reading.Of(reader, text);
        Assert.Equal(10_000, reading.Events.Count);
        Assert.Equal(10_000, reading.Events.Select(item => item.Uid).Distinct().Count());
        Assert.InRange(reading.LargestBatch, 1, EventBatch.Capacity);
    }

    [Fact]
    public void Unmapped_attributes_are_counted_by_name()
    {
        var reading = Reading.Of(Plain, "{\"dev\":\"a\",\"t\":1772440000,\"x\":{\"y\":1,\"z\":[1,2]}}\n{\"dev\":\"a\",\"t\":1772440001,\"x\":{\"y\":null}}");
        var remark = Assert.Single(reading.Of(AnomalyKind.UnknownField));
        Assert.Equal("2 attributes are not mapped; most often: x.z (2), x.y (1).", remark.Reason);
    }

    private static IEnumerable<object?> Messages(ISourceReader reader, string layout, int anomalies)
    {
        var reading = Reading.Of(reader, Filled(layout));
        Assert.Equal(anomalies, reading.Of(AnomalyKind.Malformed).Count());
        return reading.Events.Select(item => item[FieldId.Message]);
    }

    private static string Filled(string layout) => layout
        .Replace("{R1}", """{"dev":"a","t":1772440000,"m":"one"}""", StringComparison.Ordinal)
        .Replace("{R2}", """{"dev":"a","t":1772440001,"m":"two"}""", StringComparison.Ordinal)
        .Replace("{R3}", """{"dev":"a","t":1772440002,"m":"three"}""", StringComparison.Ordinal);

    /// <summary>Bytes that come many times over without being held.</summary>
    private sealed class RepeatingStream(byte[] first, byte[] again, int times, byte[] last) : Stream
    {
        private byte[] _now = first;
        private int _at;
        private int _left = times;
        private bool _isLast;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var written = 0;
            while (written < count && Advance())
            {
                var length = Math.Min(count - written, _now.Length - _at);
                _now.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset + written));
                _at += length;
                written += length;
            }
            return written;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        private bool Advance()
        {
            if (_at < _now.Length) return true;
            if (_left-- > 0) _now = again;
            else if (_isLast) return false;
            else (_now, _isLast) = (last, true);
            _at = 0;
            return true;
        }
    }
}
