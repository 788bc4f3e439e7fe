using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Xunit;

namespace Nightjar.Tests.Events;

public sealed class EventArenaTests
{
    private readonly EventBatch _batch = new(new SymbolTable());
    private readonly EventArena _arena = new();

    [Fact]
    public void A_copy_says_what_the_event_said()
    {
        var places = new List<(int Place, string Told)>();
        for (var i = 0; i < 3000; i++)
        {
            _batch.Clear();
            Commit(new string((char)('a' + i % 26), 1 + i * 7 % 400), i % 9);
            places.Add((_arena.Add(_batch[0]), Describe(_batch[0])));
        }
        _batch.Clear();
        Commit("something else", 5);
        Assert.All(places, item => Assert.Equal(item.Told, Describe(_arena[item.Place])));
    }

    [Fact]
    public void What_nobody_holds_makes_room_for_others()
    {
        Commit("some text of a log", 3);
        var held = new Queue<int>();
        for (var i = 0; i < 50_000; i++)
        {
            held.Enqueue(_arena.Add(_batch[0]));
            if (held.Count > 1000) _arena.Release(held.Dequeue());
        }
        Assert.Equal(1000, _arena.Held);
        Assert.True(_arena.Bytes < 2 << 20, $"{_arena.Bytes} bytes");
    }

    [Fact]
    public void An_event_is_there_as_long_as_anybody_holds_it()
    {
        Commit("kept", 2);
        var told = Describe(_batch[0]);
        var place = _arena.Add(_batch[0]);
        _arena.Hold(place);
        _arena.Release(place);
        for (var i = 0; i < 5000; i++) _arena.Release(_arena.Add(_batch[0]));
        Assert.Equal(told, Describe(_arena[place]));
    }

    [Fact]
    public void What_is_too_large_is_not_taken()
    {
        Commit(new string('x', EventArena.MostBytes), 0);
        Assert.Equal(-1, _arena.Add(_batch[0]));
        Assert.Equal(0, _arena.Held);
    }

    private void Commit(string message, int permissions)
    {
        _batch.Begin(EventClass.LogLine, 1, Instant.FromMillis(1000 + _batch.Count), 1, _batch.Count + 1);
        _batch.Current.Device = _batch.Symbols.Intern("device");
        _batch.Set(FieldId.Message, message);
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
