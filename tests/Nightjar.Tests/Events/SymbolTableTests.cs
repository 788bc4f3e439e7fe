using System.Globalization;
using System.Text;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Events;

public sealed class SymbolTableTests
{
    [Fact]
    public void Equal_texts_have_equal_symbols_and_others_have_others()
    {
        var table = new SymbolTable();
        var symbol = table.Intern("com.example"u8);
        Assert.Equal(symbol, table.Intern("com.example"));
        Assert.NotEqual(symbol, table.Intern("com.exampl"));
        Assert.NotEqual(symbol, table.Intern("com.example\0"));
        Assert.Equal("com.example", table.Text(symbol));
        Assert.Equal("com.example"u8.ToArray(), table.Utf8(symbol).ToArray());
    }

    [Fact]
    public void A_key_that_was_reckoned_before_leads_to_the_same_symbol()
    {
        var table = new SymbolTable();
        for (var i = 0; i < 20_000; i++)
        {
            var text = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"text {i % 15_000}"));
            var key = SymbolTable.KeyOf(text);
            Assert.False(key.IsNone);
            _ = table.Fetch(key);
            Assert.Equal(table.Intern(text, key), table.Intern(text));
        }
        Assert.Equal(15_001, table.Count);
    }

    [Fact]
    public void The_empty_text_is_no_symbol()
    {
        var table = new SymbolTable();
        Assert.True(table.Intern("").IsNone);
        Assert.True(table.Intern(default(ReadOnlySpan<byte>)).IsNone);
        Assert.Equal("", table.Text(Symbol.None));
        Assert.Equal(0, table.Utf8(Symbol.None).Length);
    }

    [Fact]
    public void Finding_adds_nothing()
    {
        var table = new SymbolTable();
        Assert.True(table.Find("absent"u8).IsNone);
        Assert.Equal(1, table.Count);
        var symbol = table.Intern("present");
        Assert.Equal(symbol, table.Find("present"u8));
        Assert.Equal((2, 7L), (table.Count, table.Bytes));
    }

    [Fact]
    public void Symbols_stay_when_the_table_grows()
    {
        var table = new SymbolTable();
        var symbols = Enumerable.Range(0, 30_000).Select(i => table.Intern(Name(i))).ToArray();
        Assert.Equal(30_001, table.Count);
        Assert.Equal(symbols.Length, symbols.Distinct().Count());
        for (var i = 0; i < symbols.Length; i++)
        {
            Assert.Equal(Name(i), table.Text(symbols[i]));
            Assert.Equal(symbols[i], table.Intern(Name(i)));
        }
    }

    [Theory]
    [InlineData(511)]
    [InlineData(256 * 1024)]
    [InlineData(256 * 1024 + 1)]
    [InlineData(3 * 1024 * 1024)]
    public void Texts_of_any_length_are_held(int length)
    {
        var table = new SymbolTable();
        var long1 = new string('x', length);
        var long2 = long1 + "y";
        var before = table.Intern("before");
        var symbol = table.Intern(long1);
        var other = table.Intern(long2);
        Assert.Equal("after", table.Text(table.Intern("after")));
        Assert.Equal((long1, long2, "before"), (table.Text(symbol), table.Text(other), table.Text(before)));
        Assert.Equal(symbol, table.Intern(long1));
        Assert.Equal(symbol, table.Find(Encoding.UTF8.GetBytes(long1)));
    }

    [Fact]
    public void Texts_fill_their_chunks_to_the_last_byte()
    {
        var table = new SymbolTable();
        var quarter = Enumerable.Range(0, 9).Select(i => new string((char)('a' + i), 256 * 1024)).ToArray();
        var symbols = quarter.Select(text => table.Intern(text)).ToArray();
        Assert.Equal(quarter, symbols.Select(table.Text));
    }

    [Fact]
    public void Many_threads_agree_on_every_symbol()
    {
        const int Texts = 6000;
        var table = new SymbolTable();
        var seen = new Symbol[8][];
        Parallel.For(0, seen.Length, new ParallelOptions { MaxDegreeOfParallelism = seen.Length }, thread =>
        {
            var mine = new Symbol[Texts];
            // Each begins elsewhere, so that they meet while adding as well as while finding.
            for (var step = 0; step < Texts; step++)
            {
                var i = (step + thread * 751) % Texts;
                mine[i] = table.Intern(Name(i));
                if (table.Text(mine[i]) != Name(i)) throw new InvalidOperationException($"{Name(i)} reads {table.Text(mine[i])}");
            }
            seen[thread] = mine;
        });
        Assert.Equal(Texts + 1, table.Count);
        Assert.All(seen, mine => Assert.Equal(seen[0], mine));
        Assert.Equal(Enumerable.Range(0, Texts).Sum(i => Name(i).Length), table.Bytes);
    }

    [Fact]
    public void Known_texts_are_found_without_allocation()
    {
        var table = new SymbolTable();
        table.Intern("com.example.app"u8);
        table.Intern("com.example.app");
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            table.Intern("com.example.app"u8);
            table.Intern("com.example.app");
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"com.example.text{i}");
}
