using Nightjar.Events;
using Nightjar.Sources;
using Xunit;

namespace Nightjar.Tests.Sources;

/// <summary>The fast way to ids beside the plain one.</summary>
public sealed class RecordIdsTests
{
    [Fact]
    public void Records_of_every_length_get_the_ids_of_the_plain_way()
    {
        var random = new Random(7);
        var records = Enumerable.Range(0, 600).Concat(Enumerable.Range(0, 600).Select(_ => random.Next(0, 450)))
            .Select(length => { var record = new byte[length]; random.NextBytes(record); return record; }).ToList();
        var ids = new RecordIds();
        var batch = new EventBatch(new SymbolTable());
        foreach (var record in records)
        {
            batch.Begin(EventClass.LogLine, 1, default, 1, 1);
            batch.Commit();
            ids.Add(batch, record);
        }
        ids.Flush(batch);
        for (var i = 0; i < records.Count; i++)
            Assert.True(EventIds.FromRecord(records[i]) == batch.HeaderAt(i).Id, $"A record of {records[i].Length} bytes has another id.");
    }

    [Fact]
    public void A_second_batch_gets_its_own_ids()
    {
        var ids = new RecordIds();
        var batch = new EventBatch(new SymbolTable());
        foreach (var text in (string[])["one", "two and a little more", "three"])
        {
            batch.Clear();
            batch.Begin(EventClass.LogLine, 1, default, 1, 1);
            batch.Commit();
            ids.Add(batch, System.Text.Encoding.ASCII.GetBytes(text));
            ids.Flush(batch);
            Assert.Equal(EventIds.FromRecord(System.Text.Encoding.ASCII.GetBytes(text)), batch.HeaderAt(0).Id);
        }
    }
}
