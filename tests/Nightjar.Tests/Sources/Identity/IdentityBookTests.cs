using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Identity;
using Xunit;

namespace Nightjar.Tests.Sources.Identity;

public class IdentityBookTests
{
    [Fact]
    public void What_is_held_does_not_depend_on_the_order_in_which_it_was_told()
    {
        var leases = Enumerable.Range(0, 60).Select(i => new AddressLease($"10.0.0.{i % 7}", $"aa:bb:cc:00:00:{i % 5:x2}", $"h{i % 3}", new(i % 20), new(i % 20 + 5))).ToArray();
        var sorted = Book(leases, 10);
        for (var seed = 0; seed < 20; seed++)
        {
            var shuffled = leases.Concat(leases).ToArray();
            new Random(seed).Shuffle(shuffled);
            var book = Book(shuffled, 10);
            Assert.Equal(sorted.Leases(), book.Leases());
            Assert.True(book.IsLimitReached);
        }
    }

    [Fact]
    public void The_same_lease_told_twice_is_held_once()
    {
        var lease = new AddressLease("10.0.0.1", "aa:bb:cc:00:00:01", null, new(1), null);
        var book = Book([lease, lease with { }], 1);
        Assert.Equal([lease], book.Leases());
        Assert.False(book.IsLimitReached);
    }

    private static IdentityBook Book(IEnumerable<AddressLease> leases, int limit)
    {
        var book = new IdentityBook(limit);
        foreach (var lease in leases) book.Add(lease);
        return book;
    }
}
