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

    /// <summary>More kinds of event than the arena tells by number, and numbers at their ends.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void All_that_a_header_says_comes_back(int seed)
    {
        var random = new Random(seed);
        var (places, headers) = (new List<int>(), new List<EventHeader>());
        for (var i = 0; i < EventShapes.Most * 2; i++)
        {
            _batch.Clear();
            Commit("m", 0);
            ref var header = ref _batch.HeaderAt(0);
            (header.File, header.Position, header.Sequence) = (random.Next(2) == 0 ? i : -random.Next(9), (long)Far(random), (long)Far(random));
            (header.Class, header.ClassUid, header.Activity, header.Platform) = ((EventClass)random.Next(EventClasses.Count), random.Next(), (ushort)random.Next(100), (Platform)random.Next(4));
            (header.Device, header.App, header.LogName) = (new Symbol(random.Next(1 << 29)), new Symbol(random.Next(9)), new Symbol(random.Next(3)));
            (header.Id, header.State.Packed) = (new UInt128(Far(random), Far(random)), (uint)random.Next());
            header.Time = new Instant(random.NextInt64(1L << 55));
            header.End = new Instant(header.Time.Micros + (random.Next(2) == 0 ? 0 : random.NextInt64(1L << 50)));
            places.Add(_arena.Add(_batch[0]));
            headers.Add(header);
        }
        for (var i = 0; i < places.Count; i++) Assert.Equal(Said(headers[i]), Said(_arena[places[i]].Header));
    }

    private static ulong Far(Random random) => (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);

    private static string Said(EventHeader header) => string.Join(' ', [
        header.Time, header.End, header.Sequence, header.Id, header.Device.Id, header.App.Id, header.LogName.Id, header.File, header.Position,
        header.ClassUid, header.Activity, header.Class, header.Platform, header.State.Packed, header.MaskLow, header.MaskHigh]);

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
