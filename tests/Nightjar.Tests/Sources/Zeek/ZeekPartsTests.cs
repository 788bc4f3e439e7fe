using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Identity;
using Nightjar.Sources.Zeek;
using Xunit;

namespace Nightjar.Tests.Sources.Zeek;

public class ZeekPartsTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\\x2cb\\x09", "a,b\\x09")]
    [InlineData("\\\\x41", "\\x41")]
    [InlineData("\\xc3\\xa9", "é")]
    [InlineData("\\xc3\\x28", "\\xc3(")]
    [InlineData("\\xf0\\x9f\\x98\\x84!", "😄!")]
    [InlineData("\\xe2\\x80", "\\xe2\\x80")]
    [InlineData("end\\", "end\\")]
    [InlineData("\\x4", "\\x4")]
    public void Escapes_are_undone_where_text_comes_out(string written, string text) => Assert.Equal(text, Unescape(written));

    [Fact]
    public void There_is_a_bit_for_each_field() => Assert.InRange((int)ZeekField.Count, 1, 64);

    [Fact]
    public void What_is_unescaped_is_never_longer_and_always_text() => Prop.ForAll(
        ArbMap.Default.ArbFor<int[]>(), numbers =>
        {
            string[] pieces = ["\\x", "\\", "c3", "a9", "ff", "07", "é", "x", "4", "\\x41", "\\xe2", "\\x82", "\\xac"];
            var written = string.Concat(numbers.Select(number => pieces[(number & 0x7FFF_FFFF) % pieces.Length]));
            var bytes = Encoding.UTF8.GetBytes(written);
            var to = new byte[bytes.Length];
            var length = ZeekText.Unescape(bytes, to);
            return System.Text.Unicode.Utf8.IsValid(to.AsSpan(0, length));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Columns_end_where_the_plain_search_finds_it() => Prop.ForAll(
        ArbMap.Default.ArbFor<byte[]>(), ArbMap.Default.ArbFor<byte>(), (row, expected) =>
        {
            var narrow = row.SelectMany(b => new[] { (byte)(b % 3), (byte)(b % 5) }).ToArray();
            var fast = new int[expected % 40];
            var plain = new int[expected % 40];
            var found = ColumnEnds.TryFind(narrow, [0], fast);
            return found == ColumnEnds.TryFindPlain(narrow, [0], plain) && (!found || fast.AsSpan().SequenceEqual(plain));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("a|b||c", "|", 3, true)]
    [InlineData("a|b||c", "||", 1, true)]
    [InlineData("a|b||c", "|", 2, false)]
    [InlineData("a|b||c", "|", 4, false)]
    [InlineData("", "|", 0, true)]
    public void A_row_has_as_many_columns_as_its_header_or_is_refused(string row, string separator, int separators, bool fits) =>
        Assert.Equal(fits, ColumnEnds.TryFind(Encoding.UTF8.GetBytes(row), Encoding.UTF8.GetBytes(separator), new int[separators]));

    [Fact]
    public void Every_field_is_found_by_its_name()
    {
        for (var field = ZeekField.Path; field < ZeekField.Count; field++)
            Assert.Equal(field, ZeekFieldNames.Find(Encoding.ASCII.GetBytes(ZeekFieldNames.NameOf(field))));
        Assert.Equal(ZeekField.None, ZeekFieldNames.Find("id.vlan"u8));
        Assert.True((int)ZeekField.Count <= 64);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_record_costs_no_allocation(bool isJson, bool isAttributed)
    {
        var text = Encoding.UTF8.GetBytes(isJson ? ManyInJson() : ManyInColumns());
        ISourceReader reader = isJson ? new ZeekJsonReader() : new ZeekTsvReader();
        var file = new SourceFile(1, "conn.log", reader.Format.Id, PositionKind.Line);
        var batch = new EventBatch(new SymbolTable());
        using var stream = new MemoryStream(text);
        using var map = new StringReader("device,ip,name,group\np1,10.20.0.7,Anna,sales\n");
        var session = reader.Open(new SourceInput { Stream = stream, File = file });
        if (isAttributed) session = new AttributingSession(session, file, reader.Format, "conn.log", new DeviceDirectory(DeviceMap.Read(map)));
        session.Read(batch, CancellationToken.None);
        batch.Clear();
        var before = GC.GetAllocatedBytesForCurrentThread();
        session.Read(batch, CancellationToken.None);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(EventBatch.Capacity, batch.Count);
        session.Dispose();
    }

    private static string ManyInColumns() => ZeekLogText.Tsv(
        "conn", "ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration orig_bytes resp_bytes conn_state local_orig local_resp",
        [.. Enumerable.Range(0, EventBatch.Capacity * 2).Select(i =>
            $"1772352000.{i:D6} Cabcdefgh{i % 100} 10.20.0.{i % 50} {40000 + i} 2001:db8::{i % 40} 443 tcp 2.5 1200 {i} SF T F")]);

    private static string ManyInJson() => string.Concat(Enumerable.Range(0, EventBatch.Capacity * 2).Select(i =>
        $"{{\"ts\":1772352000.{i:D6},\"uid\":\"Cabcdefgh{i % 100}\",\"id.orig_h\":\"10.20.0.{i % 50}\",\"query\":\"h{i % 9}.example.net\",\"answers\":[\"a.example.net\",\"198.51.100.{i % 9}\"]}}\n"));

    private static string Unescape(string written)
    {
        var bytes = Encoding.UTF8.GetBytes(written);
        var to = new byte[bytes.Length];
        return Encoding.UTF8.GetString(to.AsSpan(0, ZeekText.Unescape(bytes, to)));
    }
}
