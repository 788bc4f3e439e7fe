using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Xunit;

namespace Nightjar.Tests.Events;

public sealed class StoredEventTests
{
    private readonly EventBatch _batch = new(new SymbolTable());

    [Fact]
    public void A_kept_event_outlives_its_batch()
    {
        Commit("first", 3);
        Commit("second", 1);
        var expected = Describe(_batch[1]);
        var pool = new EventPool();
        var stored = pool.Keep(_batch[1]);
        _batch.Clear();
        Commit("something else entirely", 5);
        Commit("and more", 7);
        Assert.Equal(expected, Describe(stored.View));
        Assert.Equal(2, stored.Header.Position);
    }

    [Fact]
    public void A_reused_event_holds_nothing_of_the_one_before()
    {
        var pool = new EventPool();
        Commit(new string('x', 500), 40);
        Commit("short", 0);
        var first = pool.Keep(_batch[0]);
        pool.Release(first);
        var second = pool.Keep(_batch[1]);
        Assert.Same(first, second);
        Assert.Equal(Describe(_batch[1]), Describe(second.View));
        Assert.False(second.View.Has(FieldId.Permissions));
    }

    [Fact]
    public void An_event_goes_back_with_its_last_holder()
    {
        var pool = new EventPool();
        Commit("m", 1);
        var stored = EventPool.Hold(pool.Keep(_batch[0]));
        pool.Release(stored);
        Assert.Equal(1, pool.Lent);
        Assert.NotSame(stored, pool.Keep(_batch[0]));
        pool.Release(stored);
        Assert.Equal(1, pool.Lent);
        Assert.Same(stored, pool.Keep(_batch[0]));
    }

    [Fact]
    public void Releasing_once_too_often_throws()
    {
        var pool = new EventPool();
        Commit("m", 1);
        var stored = pool.Keep(_batch[0]);
        pool.Release(stored);
        Assert.Throws<InvalidOperationException>(() => pool.Release(stored));
        Assert.Equal(0, pool.Lent);
    }

    [Fact]
    public void A_large_event_is_not_hoarded()
    {
        var pool = new EventPool();
        Commit(new string('x', 10_000), 0);
        var large = pool.Keep(_batch[0]);
        Assert.InRange(large.Bytes, 10_000, 25_000);
        pool.Release(large);
        Assert.NotSame(large, pool.Keep(_batch[0]));
    }

    [Fact]
    public void Keeping_allocates_nothing_in_the_long_run()
    {
        var pool = new EventPool();
        Commit("message", 5);
        pool.Release(pool.Keep(_batch[0]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) pool.Release(pool.Keep(_batch[0]));
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private void Commit(string message, int permissions)
    {
        _batch.Begin(EventClass.LogLine, 1, Instant.FromMillis(1000 + _batch.Count), 1, _batch.Count + 1);
        _batch.Current.Device = _batch.Symbols.Intern("device");
        _batch.Set(FieldId.EventUid, "uid");
        _batch.Set(FieldId.Message, message);
        _batch.Set(FieldId.FileName, message.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        for (var i = 0; i < permissions; i++) _batch.Add(FieldId.Permissions, Encoding.UTF8.GetBytes($"p{i} of {message[0]}"));
        _batch.SetInteger(FieldId.Count, permissions);
        _batch.Commit();
    }

    private string Describe(EventView view)
    {
        var evidence = EvidenceEvent.From(view, _batch.Symbols, "somewhere");
        return evidence + string.Join(';', evidence.Fields.Select(field => $"{field.Field}={(field.Value is string[] list ? string.Join('|', list) : field.Value)}"));
    }
}
