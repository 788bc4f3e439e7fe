using System.Text;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Events;

public sealed class EventOrderTests
{
    [Fact]
    public void Every_part_of_an_event_decides_when_all_before_it_are_equal()
    {
        // Each differs from a plain event in one part, and the plain one comes first.
        foreach (var (name, change) in Changes())
        {
            var symbols = new SymbolTable();
            // Interned in the opposite order of the texts, so that an order by symbols would be seen.
            foreach (var text in (string[])["zz", "b", "a"]) symbols.Intern(text);
            var batch = new EventBatch(symbols);
            Add(batch, _ => { });
            Add(batch, change);

            Assert.True(EventOrder.Compare(batch[0], batch[1], symbols) < 0, $"{name} does not count.");
            Assert.True(EventOrder.Compare(batch[1], batch[0], symbols) > 0, $"{name} counts in one direction only.");
        }
    }

    [Fact]
    public void Where_a_record_stands_does_not_count()
    {
        var symbols = new SymbolTable();
        var batch = new EventBatch(symbols);
        Add(batch, _ => { });
        Add(batch, item => (item.Current.File, item.Current.Position) = (99, 99));

        Assert.Equal(0, EventOrder.Compare(batch[0], batch[1], symbols));
    }

    private static IEnumerable<(string Name, Action<EventBatch> Change)> Changes() =>
    [
        ("time", batch => batch.Current.Time = new Instant(1001)),
        ("sequence", batch => batch.Current.Sequence = 1),
        ("id", batch => batch.Current.Id = 1),
        ("end", batch => batch.Current.End = new Instant(5000)),
        ("device", batch => batch.Current.Device = batch.Intern("b"u8)),
        ("class", batch => batch.Current.ClassUid++),
        ("activity", batch => batch.Current.Activity++),
        ("app", batch => batch.Current.App = batch.Intern("b"u8)),
        ("log name", batch => batch.Current.LogName = batch.Intern("b"u8)),
        ("platform", batch => batch.Current.Platform = Platform.Android),
        ("state", batch => batch.Current.State.IsHearsay = true),
        ("text", batch => batch.Set(FieldId.Message, "b")),
        ("symbol", batch => batch.Set(FieldId.LogTag, "b")),
        ("integer", batch => batch.SetInteger(FieldId.Count, 3)),
        ("number", batch => batch.SetNumber(FieldId.FileEntropy, 7.5)),
        ("presence", batch => batch.SetFlag(FieldId.CertificateInvalid, false)),
        ("list", batch => batch.Add(FieldId.Privileges, "zz"u8)),
    ];

    private static void Add(EventBatch batch, Action<EventBatch> change)
    {
        batch.Begin(EventClass.LogLine, 1, new Instant(1000), 1, 1);
        batch.Current.Device = batch.Current.App = batch.Current.LogName = batch.Intern("a"u8);
        batch.Set(FieldId.Message, "a");
        batch.Set(FieldId.LogTag, "a");
        batch.SetInteger(FieldId.Count, 2);
        batch.SetNumber(FieldId.FileEntropy, -1);
        batch.Add(FieldId.Privileges, "a"u8);
        change(batch);
        batch.Commit();
    }
}
