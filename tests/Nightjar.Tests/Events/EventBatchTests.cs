using System.Text;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Events;

public sealed class EventBatchTests
{
    private readonly EventBatch _batch = new(new SymbolTable());

    [Fact]
    public void Nothing_is_visible_before_it_is_committed()
    {
        Begin();
        _batch.Set(FieldId.Message, "m");
        Assert.Equal(0, _batch.Count);
        _batch.Commit();
        Assert.Equal(1, _batch.Count);
    }

    [Theory]
    [InlineData(FieldId.ProtocolName, "tcp")]
    [InlineData(FieldId.FilePath, "/data/user/0/x/../y")]
    [InlineData(FieldId.FilePath, "/var/mobile/x")]
    [InlineData(FieldId.DstHostname, "Host.Example.:443")]
    [InlineData(FieldId.DstHostname, "host.example")]
    [InlineData(FieldId.DstIp, "2001:DB8:0::1")]
    [InlineData(FieldId.DstIp, "203.0.113.7")]
    [InlineData(FieldId.DstIp, "no address")]
    [InlineData(FieldId.AnswerData, "203.0.113.7")]
    [InlineData(FieldId.Message, "kept with the event")]
    public void Text_whose_key_is_known_is_taken_the_same(FieldId field, string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        foreach (var withKey in (bool[])[false, true])
        {
            Begin();
            for (var i = 0; i < EventBatch.MaxListItems + 2; i++)
            {
                if (withKey && FieldCatalog.Of(field).Kind == FieldKind.SymbolList) _batch.Add(field, utf8, SymbolTable.KeyOf(utf8));
                else if (withKey) _batch.Set(field, utf8, SymbolTable.KeyOf(utf8));
                else _batch.Set(field, utf8);
            }
            _batch.Commit();
        }
        Assert.Equal(0, EventOrder.Compare(_batch[0], _batch[1], _batch.Symbols));
    }

    [Fact]
    public void Every_slot_field_is_read_back_in_its_kind()
    {
        Begin();
        foreach (var info in SlotFields()) SetSome(info, (int)info.Id);
        _batch.Commit();
        Begin();
        _batch.Commit();

        var full = _batch[0];
        var empty = _batch[1];
        foreach (var info in SlotFields())
        {
            Assert.True(full.Has(info.Id), info.Path);
            Assert.False(empty.Has(info.Id), info.Path);
            AssertSome(full, info, (int)info.Id);
        }
        Assert.Equal(0, empty.List(FieldId.Permissions).Count);
        Assert.Equal(Tri.Unknown, empty.Flag(FieldId.CertificateInvalid));
        Assert.False(empty.TryGetInteger(FieldId.DstPort, out _));
        Assert.False(empty.TryGetNumber(FieldId.FileEntropy, out _));
        Assert.Equal("", Encoding.UTF8.GetString(empty.Text(FieldId.Message)));
    }

    [Fact]
    public void Events_that_are_taken_over_say_the_same_until_the_batch_is_full()
    {
        for (var i = 0; i < 3; i++)
        {
            Begin();
            foreach (var info in SlotFields().Where(info => i < 2 || (int)info.Id % 3 == 0)) SetSome(info, (int)info.Id + i);
            _batch.Commit();
        }
        var other = new EventBatch(_batch.Symbols);
        Assert.Equal(2, other.TakeOver(_batch, 1, 2));
        Assert.Equal(1, other.TakeOver(_batch, 0, 1));
        _batch.Clear();
        foreach (var info in SlotFields())
        {
            AssertSome(other[0], info, (int)info.Id + 1);
            AssertSome(other[2], info, (int)info.Id);
            Assert.Equal((int)info.Id % 3 == 0, other[1].Has(info.Id));
        }
        for (var i = 0; i < EventBatch.Capacity; i++)
        {
            Begin();
            _batch.Commit();
        }
        Assert.Equal(EventBatch.Capacity - 3, other.TakeOver(_batch, 0, EventBatch.Capacity));
        Assert.True(other.IsFull);
    }

    [Fact]
    public void What_a_test_does_not_let_pass_is_gone_and_the_rest_stays_in_its_order()
    {
        foreach (var text in (string[])["a", "b", "c", "d"])
        {
            Begin();
            _batch.Set(FieldId.Message, text);
            _batch.Current.Position = text[0];
            _batch.Commit();
        }
        _batch.Retain((in EventHeader header) => header.Position is 'b' or 'd');
        Assert.Equal(2, _batch.Count);
        Assert.Equal("bd", Encoding.UTF8.GetString(_batch[0].Text(FieldId.Message)) + Encoding.UTF8.GetString(_batch[1].Text(FieldId.Message)));
    }

    [Fact]
    public void Of_a_field_set_twice_the_last_value_counts_and_slots_of_others_stay()
    {
        Begin();
        _batch.Set(FieldId.FileName, "a");
        _batch.Set(FieldId.Message, "one");
        _batch.SetInteger(FieldId.StatusId, 7);
        _batch.Set(FieldId.Message, "two");
        _batch.Set(FieldId.FileName, "b");
        _batch.Commit();
        var view = _batch[0];
        Assert.Equal("b", _batch.Symbols.Text(view.Symbol(FieldId.FileName)));
        Assert.Equal("two", Encoding.UTF8.GetString(view.Text(FieldId.Message)));
        Assert.True(view.TryGetInteger(FieldId.StatusId, out var status) && status == 7);
    }

    [Fact]
    public void The_event_under_way_can_be_asked()
    {
        Begin();
        Assert.False(_batch.IsSet(FieldId.FileName));
        Assert.True(_batch.CurrentSymbol(FieldId.FileName).IsNone);
        Assert.True(_batch.CurrentText(FieldId.Message).IsEmpty);
        _batch.Set(FieldId.FileName, "a");
        _batch.Set(FieldId.Message, "m");
        _batch.SetInteger(FieldId.DstPort, 443);
        Assert.Equal("a", _batch.Symbols.Text(_batch.CurrentSymbol(FieldId.FileName)));
        Assert.Equal(443, _batch.CurrentInteger(FieldId.DstPort));
        Assert.Equal("m", Encoding.UTF8.GetString(_batch.CurrentText(FieldId.Message)));
        _batch.Unset(FieldId.FileName);
        _batch.Unset(FieldId.StatusId);
        Assert.False(_batch.IsSet(FieldId.FileName));
        _batch.Commit();
        Assert.False(_batch[0].Has(FieldId.FileName));
        Assert.True(_batch[0].Has(FieldId.Message));
    }

    [Fact]
    public void Empty_text_is_an_absent_value()
    {
        Begin();
        _batch.Set(FieldId.Message, "");
        _batch.Set(FieldId.FileName, (string?)null);
        _batch.Set(FieldId.DstHostname, ".");
        _batch.Set(FieldId.DstIp, "nowhere");
        _batch.Set(FieldId.Permissions, "");
        _batch.SetNumber(FieldId.FileEntropy, double.NaN);
        _batch.Commit();
        Assert.DoesNotContain(SlotFields(), info => _batch[0].Has(info.Id));
    }

    [Fact]
    public void Text_is_brought_to_the_form_of_its_kind()
    {
        Begin();
        _batch.Set(FieldId.FilePath, "/sdcard/./a");
        _batch.Set(FieldId.DstHostname, "CDN.Example.:443");
        _batch.Set(FieldId.DstIp, "::FFFF:10.0.0.1");
        _batch.Set(FieldId.FileName, "/SdCard/./A");
        _batch.Commit();
        Assert.Equal("/storage/emulated/0/a cdn.example 10.0.0.1 /SdCard/./A",
            string.Join(' ', new[] { FieldId.FilePath, FieldId.DstHostname, FieldId.DstIp, FieldId.FileName }.Select(field => TextOf(field))));
    }

    [Theory]
    [InlineData(FieldId.Message)]
    [InlineData(FieldId.FileName)]
    [InlineData(FieldId.FilePath)]
    [InlineData(FieldId.Permissions)]
    public void Long_text_is_cut_at_a_character_and_the_cut_is_marked(FieldId field)
    {
        foreach (var shift in Enumerable.Range(0, 4))
        {
            Begin();
            _batch.Set(field, new string('a', shift) + string.Concat(Enumerable.Repeat("😀", EventBatch.MaxTextBytes / 4)) + "end");
            _batch.Commit();
            var text = TextOf(field, _batch.Count - 1);
            Assert.EndsWith("😀…", text, StringComparison.Ordinal);
            Assert.InRange(Encoding.UTF8.GetByteCount(text), EventBatch.MaxTextBytes - 7, EventBatch.MaxTextBytes);
        }
    }

    [Fact]
    public void Text_of_the_greatest_length_is_kept_whole()
    {
        Begin();
        _batch.Set(FieldId.Message, new string('m', EventBatch.MaxTextBytes));
        _batch.Commit();
        Assert.Equal(new string('m', EventBatch.MaxTextBytes), Encoding.UTF8.GetString(_batch[0].Text(FieldId.Message)));
    }

    [Fact]
    public void Lists_keep_their_order_up_to_their_limit()
    {
        Begin();
        for (var i = 0; i < EventBatch.MaxListItems + 10; i++) _batch.Add(FieldId.Permissions, Encoding.UTF8.GetBytes($"p{i}"));
        _batch.Add(FieldId.Privileges, "v"u8);
        _batch.Commit();
        var list = _batch[0].List(FieldId.Permissions);
        Assert.Equal(EventBatch.MaxListItems, list.Count);
        for (var i = 0; i < list.Count; i++) Assert.Equal($"p{i}", _batch.Symbols.Text(list[i]));
        Assert.Equal("v", _batch.Symbols.Text(_batch[0].List(FieldId.Privileges)[0]));
    }

    [Fact]
    public void A_list_taken_back_begins_anew()
    {
        Begin();
        _batch.Add(FieldId.Permissions, "old"u8);
        _batch.Unset(FieldId.Permissions);
        Assert.False(_batch.IsSet(FieldId.Permissions));
        _batch.Add(FieldId.Permissions, "new"u8);
        _batch.Commit();
        Assert.Equal("new", TextOf(FieldId.Permissions));
        Assert.Equal(1, _batch[0].List(FieldId.Permissions).Count);
    }

    [Fact]
    public void An_abandoned_event_leaves_nothing_behind()
    {
        Begin();
        _batch.Set(FieldId.Message, "kept");
        _batch.Add(FieldId.Permissions, "kept"u8);
        _batch.Commit();
        for (var i = 0; i < 50_000; i++)
        {
            Begin();
            _batch.Set(FieldId.Message, new string('x', 100));
            _batch.Add(FieldId.Permissions, "gone"u8);
            _batch.Abandon();
        }
        Assert.False(_batch.IsFull);
        Begin();
        _batch.Set(FieldId.Message, "next");
        _batch.Commit();
        Assert.Equal(2, _batch.Count);
        Assert.Equal(("kept", "kept", "next"), (TextOf(FieldId.Message), TextOf(FieldId.Permissions), TextOf(FieldId.Message, 1)));
        Assert.False(_batch[1].Has(FieldId.Permissions));
    }

    [Fact]
    public void An_event_never_ends_before_it_begins()
    {
        Begin();
        _batch.Current.End = new Instant(5);
        _batch.Commit();
        Assert.Equal(_batch.HeaderAt(0).Time, _batch.HeaderAt(0).End);
    }

    [Fact]
    public void A_batch_is_full_by_events_by_text_or_by_anomalies()
    {
        while (!_batch.IsFull) Commit(FieldId.FileName, "x");
        Assert.Equal(EventBatch.Capacity, _batch.Count);

        _batch.Clear();
        while (!_batch.IsFull) Commit(FieldId.Message, new string('m', EventBatch.MaxTextBytes));
        Assert.InRange(_batch.Count, 2, EventBatch.Capacity / 8);

        _batch.Clear();
        while (!_batch.IsFull) _batch.Report(AnomalyKind.Malformed, 1, 1, "r");
        Assert.Equal(EventBatch.Capacity, _batch.Anomalies.Count);
        _batch.Clear();
        Assert.Equal((0, 0, false), (_batch.Count, _batch.Anomalies.Count, _batch.IsFull));
    }

    [Fact]
    public void A_batch_that_is_full_still_takes_the_rest_of_a_record()
    {
        while (!_batch.IsFull) Commit(FieldId.Message, "m");
        for (var i = 0; i < EventBatch.Capacity; i++) Commit(FieldId.Message, $"more {i}");
        Assert.Equal(2 * EventBatch.Capacity, _batch.Count);
        Assert.Equal("more 9", TextOf(FieldId.Message, EventBatch.Capacity + 9));
        Assert.Equal("m", TextOf(FieldId.Message, 7));
    }

    [Fact]
    public void A_reason_is_never_longer_than_promised()
    {
        _batch.Report(AnomalyKind.BadValue, 1, 2, new string('r', 1000));
        Assert.Equal(300, _batch.Anomalies[0].Reason.Length);
    }

    [Fact]
    public void Events_are_taken_over_from_another_batch_whole()
    {
        Begin();
        foreach (var info in SlotFields()) SetSome(info, (int)info.Id);
        _batch.Current.State.AppState = AppState.Background;
        _batch.Commit();
        var other = new EventBatch(_batch.Symbols);
        other.Begin(EventClass.LogLine, 0, default, 1, 1);
        other.Set(FieldId.Message, "something before, so that offsets differ");
        other.Add(FieldId.Privileges, "v"u8);
        other.Commit();
        other.CopyFrom(_batch[0]);
        _batch.Clear();
        foreach (var info in SlotFields()) AssertSome(other[1], info, (int)info.Id);
        Assert.Equal((EventClass.FileActivity, AppState.Background, 9L), (other[1].Header.Class, other[1].Header.State.AppState, other[1].Header.Position));
    }

    [Fact]
    public void Header_fields_are_asked_for_like_others()
    {
        Begin();
        ref var header = ref _batch.Current;
        header.Device = _batch.Symbols.Intern("d");
        header.End = header.Time + TimeSpan.FromSeconds(2);
        header.Platform = Platform.Android;
        header.State.IsDeviceLocked = Tri.False;
        _batch.Commit();
        var view = _batch[0];
        Assert.True(view.Has(FieldId.DeviceUid) && view.Has(FieldId.IsDeviceLocked) && view.Has(FieldId.EndTime) && view.Has(FieldId.OsTypeId));
        Assert.False(view.Has(FieldId.AppUid) || view.Has(FieldId.IsScreenOn) || view.Has(FieldId.AppStateName) || view.Has(FieldId.InstallSourceName));
        Assert.Equal(("d", Tri.False, Tri.Unknown), (_batch.Symbols.Text(view.Symbol(FieldId.DeviceUid)), view.Flag(FieldId.IsDeviceLocked), view.Flag(FieldId.IsScreenOn)));
        Assert.True(view.TryGetInteger(FieldId.DurationMillis, out var duration) && duration == 2000);
        Assert.True(view.TryGetNumber(FieldId.ClassUid, out var uid) && uid == 1001);
        Assert.False(view.TryGetInteger(FieldId.IsScreenOn, out _));
    }

    private static IEnumerable<FieldInfo> SlotFields() => FieldCatalog.All.Where(info => info.Id < FieldCatalog.FirstHeaderField);

    private void Begin() => _batch.Begin(EventClass.FileActivity, 1, Instant.FromMillis(1_772_366_400_000), 3, 9);

    private void Commit(FieldId field, string text)
    {
        Begin();
        _batch.Set(field, text);
        _batch.Commit();
    }

    private string TextOf(FieldId field) => TextOf(field, 0);

    private string TextOf(FieldId field, int index) => FieldCatalog.Of(field).Kind switch
    {
        FieldKind.Text => Encoding.UTF8.GetString(_batch[index].Text(field)),
        FieldKind.SymbolList => _batch.Symbols.Text(_batch[index].List(field)[0]),
        _ => _batch.Symbols.Text(_batch[index].Symbol(field)),
    };

    private void SetSome(FieldInfo info, int seed)
    {
        switch (info.Kind)
        {
            case FieldKind.Integer: _batch.SetInteger(info.Id, -seed); break;
            case FieldKind.Number: _batch.SetNumber(info.Id, seed + 0.5); break;
            case FieldKind.Flag: _batch.SetFlag(info.Id, seed % 2 == 0); break;
            case FieldKind.SymbolList:
                _batch.Add(info.Id, "first"u8);
                _batch.Add(info.Id, Encoding.UTF8.GetBytes($"second{seed}"));
                break;
            case FieldKind.Address: _batch.Set(info.Id, $"10.0.0.{seed}"); break;
            case FieldKind.Path: _batch.Set(info.Id, $"/p/{seed}"); break;
            default: _batch.Set(info.Id, $"text{seed}"); break;
        }
    }

    private void AssertSome(EventView view, FieldInfo info, int seed)
    {
        switch (info.Kind)
        {
            case FieldKind.Integer:
                Assert.True(view.TryGetInteger(info.Id, out var integer) && integer == -seed, info.Path);
                break;
            case FieldKind.Number:
                Assert.True(view.TryGetNumber(info.Id, out var number) && number == seed + 0.5, info.Path);
                break;
            case FieldKind.Flag:
                Assert.Equal(TriLogic.Of(seed % 2 == 0), view.Flag(info.Id));
                break;
            case FieldKind.SymbolList:
                Assert.Equal(("first", $"second{seed}"), (_batch.Symbols.Text(view.List(info.Id)[0]), _batch.Symbols.Text(view.List(info.Id)[1])));
                break;
            case FieldKind.Text:
                Assert.Equal($"text{seed}", Encoding.UTF8.GetString(view.Text(info.Id)));
                break;
            default:
                var expected = info.Kind switch { FieldKind.Address => $"10.0.0.{seed}", FieldKind.Path => $"/p/{seed}", _ => $"text{seed}" };
                Assert.Equal(expected, _batch.Symbols.Text(view.Symbol(info.Id)));
                break;
        }
    }
}
