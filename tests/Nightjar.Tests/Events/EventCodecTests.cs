using System.Text;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Events;

public sealed class EventCodecTests
{
    private readonly SymbolTable _symbols = new();

    [Fact]
    public void An_event_with_every_field_comes_back_as_it_was()
    {
        var batch = new EventBatch(_symbols);
        Begin(batch);
        foreach (var info in FieldCatalog.All.Where(info => info.Id < FieldCatalog.FirstHeaderField)) Fill(batch, info);
        batch.Commit();

        var copy = ThroughBytes(batch);

        Assert.Equal(FieldCatalog.SlotCount, copy[0].Values.Length);
        AssertSame(batch, copy);
    }

    [Fact]
    public void An_event_without_any_field_comes_back_as_it_was()
    {
        var batch = new EventBatch(_symbols);
        batch.Begin(EventClass.Other, 0, Instant.Min, 0, 0);
        batch.Commit();

        AssertSame(batch, ThroughBytes(batch));
    }

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void Numbers_at_the_ends_of_their_range_come_back(long value)
    {
        var batch = new EventBatch(_symbols);
        Begin(batch);
        batch.Current.Sequence = value;
        batch.SetInteger(FieldId.BytesIn, value);
        batch.SetNumber(FieldId.FileEntropy, BitConverter.Int64BitsToDouble(value));
        batch.Commit();

        AssertSame(batch, ThroughBytes(batch));
    }

    [Fact]
    public void The_longest_texts_and_lists_come_back()
    {
        var batch = new EventBatch(_symbols);
        Begin(batch);
        batch.Set(FieldId.Message, new string('m', EventBatch.MaxTextBytes));
        batch.Set(FieldId.UrlText, "");
        for (var i = 0; i < EventBatch.MaxListItems + 5; i++) batch.Add(FieldId.Permissions, Encoding.UTF8.GetBytes($"permission {i}"));
        batch.Commit();

        var copy = ThroughBytes(batch);

        AssertSame(batch, copy);
        Assert.Equal(EventBatch.MaxListItems, copy[0].List(FieldId.Permissions).Count);
        Assert.False(copy[0].Has(FieldId.UrlText));
    }

    [Fact]
    public void Records_are_in_the_order_of_their_events()
    {
        var batch = new EventBatch(_symbols);
        (long Time, long Sequence, UInt128 Id)[] keys = [(-5, 0, 1), (1, -2, 9), (1, 2, 0), (1, 2, UInt128.MaxValue), (long.MaxValue, 0, 0)];
        foreach (var (time, sequence, id) in keys)
        {
            batch.Begin(EventClass.LogLine, 1, new Instant(time), 1, 1);
            batch.Current.Sequence = sequence;
            batch.Current.Id = id;
            batch.Commit();
        }
        var records = Enumerable.Range(0, batch.Count).Select(i => Record(batch[i])).ToList();

        for (var a = 0; a < records.Count; a++)
        {
            for (var b = 0; b < records.Count; b++) Assert.Equal(a.CompareTo(b), EventCodec.Compare(records[a], records[b]));
        }
    }

    [Fact]
    public void File_and_position_do_not_count_as_content_and_everything_else_does()
    {
        var batch = new EventBatch(_symbols);
        for (var i = 0; i < 3; i++)
        {
            Begin(batch);
            batch.Current.File = i;
            batch.Current.Position = i * 1000;
            batch.Set(FieldId.Message, i == 2 ? "another" : "same");
            batch.Commit();
        }

        Assert.True(EventCodec.HaveSameContent(Record(batch[0]), Record(batch[1])));
        Assert.False(EventCodec.HaveSameContent(Record(batch[0]), Record(batch[2])));
        Assert.Equal((1, 1000L), (EventCodec.FileOf(Record(batch[1])), EventCodec.PositionOf(Record(batch[1]))));
    }

    private static void Begin(EventBatch batch)
    {
        batch.Begin(EventClass.FileActivity, 3, new Instant(1_700_000_000_123_456), 17, 1L << 40);
        ref var current = ref batch.Current;
        current.End = new Instant(1_700_000_900_000_001);
        current.Sequence = -77;
        current.Id = UInt128.MaxValue - 5;
        current.Device = batch.Intern("phone"u8);
        current.App = batch.Intern("com.example.app"u8);
        current.LogName = batch.Intern("MobileEDR:telemetry"u8);
        current.ClassUid = -1;
        current.Activity = ushort.MaxValue;
        current.Platform = Platform.IPadOS;
        current.State.AppState = AppState.ForegroundService;
        current.State.DeviceBasis = DeviceBasis.Folder;
    }

    private static void Fill(EventBatch batch, FieldInfo info)
    {
        switch (info.Kind)
        {
            case FieldKind.Integer:
                batch.SetInteger(info.Id, (int)info.Id * -1_000_000_007L);
                break;
            case FieldKind.Number:
                batch.SetNumber(info.Id, 7.9521);
                break;
            case FieldKind.Flag:
                batch.SetFlag(info.Id, false);
                break;
            case FieldKind.SymbolList:
                for (var i = 0; i < 3; i++) batch.Add(info.Id, Encoding.UTF8.GetBytes($"{info.Path} {i}"));
                break;
            case FieldKind.Address:
                batch.Set(info.Id, "2001:db8::" + (int)info.Id);
                break;
            default:
                batch.Set(info.Id, $"/value/of/{info.Path}");
                break;
        }
    }

    private EventBatch ThroughBytes(EventBatch batch)
    {
        var copy = new EventBatch(_symbols);
        for (var i = 0; i < batch.Count; i++) EventCodec.Read(Record(batch[i]), copy);
        return copy;
    }

    private static byte[] Record(in EventView view)
    {
        var limit = EventCodec.SizeLimit(in view);
        var bytes = new byte[limit];
        var length = EventCodec.Write(in view, bytes);
        Assert.InRange(length, EventCodec.PrefixSize, limit);
        Assert.Equal(length, EventCodec.LengthOf(bytes));
        return bytes[..length];
    }

    private void AssertSame(EventBatch expected, EventBatch actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(0, EventOrder.Compare(expected[i], actual[i], _symbols));
            var (a, b) = (expected.HeaderAt(i), actual.HeaderAt(i));
            Assert.Equal((a.Time, a.End, a.Sequence, a.Id, a.File, a.Position), (b.Time, b.End, b.Sequence, b.Id, b.File, b.Position));
            Assert.Equal((a.Device, a.App, a.LogName, a.Class, a.ClassUid, a.Activity), (b.Device, b.App, b.LogName, b.Class, b.ClassUid, b.Activity));
            Assert.Equal((a.Platform, a.State, a.MaskLow, a.MaskHigh), (b.Platform, b.State, b.MaskLow, b.MaskHigh));
        }
    }
}
