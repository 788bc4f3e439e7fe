using Nightjar.Events;
using Nightjar.Sources.Identity.Joining;
using Xunit;

namespace Nightjar.Tests.Sources.Identity;

/// <summary>The ring of contacts against the plain form: a list for each place.</summary>
public sealed class RecentContactsTests
{
    private const int MostOfPlace = 32;

    [Theory]
    [InlineData(3, 600)]
    [InlineData(40, 600)]
    [InlineData(5000, 3000)]
    public void It_finds_what_lists_find(int places, int reach)
    {
        for (var seed = 1; seed <= 12; seed++) Compare(new Random(seed), places, reach, mostPlaces: int.MaxValue);
    }

    [Theory]
    [InlineData(40, 7)]
    [InlineData(5000, 900)]
    public void Places_beyond_the_most_are_left_out(int places, int mostPlaces)
    {
        for (var seed = 1; seed <= 12; seed++) Compare(new Random(seed), places, reach: 3000, mostPlaces);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(5000)]
    public void Beyond_the_most_the_earliest_are_forgotten(int places)
    {
        for (var seed = 1; seed <= 12; seed++) Compare(new Random(seed), places, reach: 5000, mostPlaces: int.MaxValue, most: 1024);
    }

    private static void Compare(Random random, int places, int reach, int mostPlaces, int most = 1 << 20)
    {
        var (ring, plain) = (new RecentContacts(mostPlaces, most), new PlainContacts(mostPlaces, most));
        var time = 0L;
        for (var i = 0; i < 8000; i++)
        {
            if (random.Next(3000) == 0)
            {
                ring.Clear();
                plain.Clear();
                time = 0;
            }
            // Now and then nothing comes for longer than anything is remembered.
            time += random.Next(1000) == 0 ? reach * 2 : random.Next(3);
            ring.Forget(new Instant(time - reach));
            plain.Forget(new Instant(time - reach));
            var key = new ContactKey(new Symbol(1 + random.Next(3)), new Symbol(1 + random.Next(places)), random.Next(4) == 0 ? 443 : -1);
            var clock = (byte)(random.Next(20) == 0 ? 1 : 0);
            var told = new RecentContacts.Told(new Instant(time), new Symbol(1 + clock), (ushort)random.Next(5), clock);
            Assert.Equal(plain.Add(key, told), ring.Add(in key, in told).ToArray().Where(other => other.Clock != clock));
        }
    }

    /// <summary>A list for each place. Gives those of other clocks only, since the ring gives none where there is no other.</summary>
    private sealed class PlainContacts(int mostPlaces, int most)
    {
        private readonly Dictionary<ContactKey, List<RecentContacts.Told>> _places = [];

        private readonly List<ContactKey> _inOrder = [];

        public RecentContacts.Told[] Add(ContactKey key, RecentContacts.Told told)
        {
            if (_inOrder.Count == most) ForgetFirst();
            if (!_places.ContainsKey(key) && _places.Count >= mostPlaces) return [];
            if (!_places.TryGetValue(key, out var place)) _places[key] = place = [];
            RecentContacts.Told[] found = [.. place.TakeLast(MostOfPlace).Where(other => other.Clock != told.Clock)];
            place.Add(told);
            _inOrder.Add(key);
            return found;
        }

        public void Forget(Instant least)
        {
            while (_inOrder.Count > 0 && _places[_inOrder[0]][0].Time < least) ForgetFirst();
        }

        public void Clear()
        {
            _places.Clear();
            _inOrder.Clear();
        }

        private void ForgetFirst()
        {
            var place = _places[_inOrder[0]];
            place.RemoveAt(0);
            if (place.Count == 0) _places.Remove(_inOrder[0]);
            _inOrder.RemoveAt(0);
        }
    }
}
