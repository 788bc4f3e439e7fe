using Nightjar.Events;
using Nightjar.Sources.Intake.Ordering;
using Xunit;

namespace Nightjar.Tests.Intake;

/// <summary>The buffer that puts events in order, beside the plainest form of the same: sort everything.</summary>
public sealed class ReorderBufferTests
{
    private const long Lateness = 1_000;

    private readonly SymbolTable _symbols = new();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 40)]
    [InlineData(4, 999)]
    public void Whatever_comes_late_within_the_lateness_is_given_in_order(int seed, int late)
    {
        for (var round = 0; round < 20; round++)
        {
            var random = new Random(seed * 100 + round);
            // Many share a time, so that ids, and for equal ids the content, decide.
            var arrivals = Enumerable.Range(0, 3_000)
                .Select(i => (Time: i / 3 * (long)random.Next(1, 3), Id: random.Next(200), Text: random.Next(3)))
                .OrderBy(item => item.Time + random.Next(late + 1)).ToList();
            var plain = arrivals.OrderBy(item => item.Time).ThenBy(item => item.Id).ThenBy(item => item.Text).Select(item => (item.Time, item.Id, item.Text));
            Assert.Equal(plain, Given(arrivals, random));
        }
    }

    [Fact]
    public void What_comes_later_than_that_is_refused()
    {
        var buffer = new ReorderBuffer(Lateness, new RecordOrder(_symbols, _ => ""));
        Assert.True(buffer.TryAdd(Block([(5_000, 1, 0), (4_000, 2, 0)])));
        Assert.False(buffer.TryAdd(Block([(3_999, 3, 0)])));
    }

    private List<(long Time, int Id, int Text)> Given(List<(long Time, int Id, int Text)> arrivals, Random random)
    {
        var buffer = new ReorderBuffer(Lateness, new RecordOrder(_symbols, _ => ""));
        var given = new List<(long, int, int)>();
        var batch = new EventBatch(_symbols);
        for (var at = 0; at < arrivals.Count;)
        {
            var count = Math.Min(random.Next(1, 700), arrivals.Count - at);
            Assert.True(buffer.TryAdd(Block(arrivals.GetRange(at, count))));
            at += count;
            while (buffer.HasRipe(ended: at == arrivals.Count))
            {
                batch.Clear();
                var (_, taken) = buffer.Give(batch, ended: at == arrivals.Count, long.MaxValue);
                Assert.Equal(taken, batch.Count);
                for (var i = 0; i < batch.Count; i++) given.Add((batch.HeaderAt(i).Time.Micros, (int)batch.HeaderAt(i).Id, batch[i].Text(FieldId.Message)[0] - '0'));
            }
        }
        return given;
    }

    private EventBlock Block(List<(long Time, int Id, int Text)> events)
    {
        var block = new EventBlock(_symbols);
        foreach (var (time, id, text) in events)
        {
            block.Batch.Begin(EventClass.LogLine, 1, new Instant(time), 1, 1);
            block.Batch.Current.Id = (UInt128)id;
            block.Batch.Set(FieldId.Message, text.ToString(System.Globalization.CultureInfo.InvariantCulture));
            block.Batch.Commit();
        }
        return block;
    }
}
