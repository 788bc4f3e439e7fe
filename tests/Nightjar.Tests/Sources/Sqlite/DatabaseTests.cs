using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Nightjar.Sources.Sqlite;
using Xunit;

namespace Nightjar.Tests.Sources.Sqlite;

/// <summary>Holds the reader of database pages against SQLite itself.</summary>
public sealed class DatabaseTests
{
    private static readonly string[] Columns = ["k", "n", "r", "t", "later"];

    private static Database Open(byte[] bytes)
    {
        var image = new DatabaseImage();
        using var stream = new MemoryStream(bytes);
        while (image.Load(stream, out _))
        {
        }
        Assert.True(image.TryOpen());
        return Database.Of(image);
    }

    private static List<string> Rows(Database database, string table)
    {
        var found = new List<string>();
        for (var rows = new TableRows(database, database.Find(table)!, Columns); rows.Next();)
        {
            var n = rows.TryWhole(1, out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : "-";
            var r = rows.TryNumber(2, out var real) ? real.ToString("R", CultureInfo.InvariantCulture) : "-";
            found.Add($"{rows.WholeOrZero(0)}|{n}|{r}|{Encoding.UTF8.GetString(rows.Text(3))}|{Encoding.UTF8.GetString(rows.Text(4))}");
        }
        return found;
    }

    private static string Expected(object?[] row) => string.Join('|',
        row[0], row[1] ?? "-", row[2] is double real ? real.ToString("R", CultureInfo.InvariantCulture) : row[2] ?? "-", row[3] ?? "", row[4] ?? "");

    [Theory]
    [InlineData(512, "UTF-8", 1)]
    [InlineData(1024, "UTF-16le", 2)]
    [InlineData(4096, "UTF-16be", 3)]
    [InlineData(65536, "UTF-8", 4)]
    public void Rows_are_those_that_SQLite_finds(int pageSize, string encoding, int seed)
    {
        var expected = new List<string>();
        var bytes = SqliteFile.Of(pageSize, encoding, connection =>
        {
            Fill(connection, new Random(seed));
            expected.AddRange(SqliteFile.Query(connection, "select k, n, r, t, later from things order by k").Select(Expected));
        });
        var database = Open(bytes);
        Assert.Equal(expected, Rows(database, "THINGS"));
        Assert.NotEmpty(expected);
        Assert.Empty(database.Image.Faults);
    }

    // Numbers of every size, texts that fill pages and chains of pages, gaps from removed rows, and a column that came later.
    private static void Fill(SqliteConnection connection, Random random)
    {
        SqliteFile.Run(connection, "create table \"other, (one)\" (x); create table things (\"k\" integer primary key autoincrement, n int check (n <> 7), [r] float, t varchar(10) default ')', unique (k, n))");
        using (var transaction = connection.BeginTransaction())
        {
            for (var i = 0; i < 600; i++)
            {
                object? n = random.Next(9) switch { 0 => null, 1 => 0, 2 => 1, 3 => long.MinValue, 4 => long.MaxValue, var size => (random.NextInt64() >> size * 7) | 8 };
                object? r = random.Next(3) == 0 ? null : (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(20));
                var length = random.Next(20) switch { 0 => random.Next(20_000), < 4 => random.Next(600), _ => random.Next(20) };
                var text = string.Concat(Enumerable.Range(0, length).Select(_ => "aé漢😀"[random.Next(3)]));
                SqliteFile.Run(connection, "insert into things (n, r, t) values ($n, $r, $t)", ("$n", n), ("$r", r), ("$t", text));
            }
            transaction.Commit();
        }
        SqliteFile.Run(connection, "delete from things where k % 7 = 3; alter table things add column later text; insert into things (n, later) values (5, 'new')");
    }

    [Fact]
    public void A_database_that_points_in_circles_ends()
    {
        var bytes = SqliteFile.Of(512, "UTF-8", connection => Fill(connection, new Random(5)));
        var root = Open(bytes).Find("things")!.Root;
        var at = (int)(root - 1) * 512;
        Assert.Equal(5, bytes[at]);
        // The last child of the root is the root.
        bytes[at + 8] = bytes[at + 9] = 0;
        (bytes[at + 10], bytes[at + 11]) = ((byte)(root >> 8), (byte)root);
        var database = Open(bytes);
        Assert.NotEmpty(Rows(database, "things"));
        Assert.Contains(database.Image.Faults, fault => fault.Reason == "The page belongs to two places.");
    }

    [Fact]
    public void A_chain_that_two_rows_share_is_read_once()
    {
        // Two rows of a page of their own each, whose rests stand in chains; the last bytes of a row on its page name the first page of its chain.
        var bytes = SqliteFile.Of("create table things (k integer primary key, t text);", $"insert into things (t) values ('{new string('a', 3000)}'), ('{new string('b', 3000)}');");
        Assert.Equal([3000, 3000], Rows(Open(bytes), "things").Select(row => row.Split('|')[3].Length));
        var cells = Enumerable.Range(0, bytes.Length / 512).Where(page => bytes[page * 512] == 13 && page > 0).ToList();
        Assert.Equal(2, cells.Count);
        bytes.AsSpan(cells[0] * 512 + 508, 4).CopyTo(bytes.AsSpan(cells[1] * 512 + 508, 4));
        var database = Open(bytes);
        Assert.Single(Rows(database, "things"));
        Assert.Contains(database.Image.Faults, fault => fault.Reason == "The page belongs to two places.");
    }

    [Theory]
    [InlineData("a INTEGER PRIMARY KEY, \"b c\" TEXT, [d] INT, `e` REAL", "a|b c|d|e", 0)]
    [InlineData("a NUMERIC(3,2), b TEXT DEFAULT 'x,)y', CONSTRAINT c UNIQUE (a, b), FOREIGN KEY (a) REFERENCES z(b)", "a|b", -1)]
    [InlineData("\"primary\" INT, b", "primary|b", -1)]
    public void Columns_are_read_from_the_statement(string definitions, string names, int id)
    {
        var shape = TableShape.Of("t", 2, $"CREATE TABLE t ({definitions})");
        Assert.Equal(Enumerable.Range(0, names.Count(c => c == '|') + 1), names.Split('|').Select(shape.ColumnOf));
        Assert.Equal(id, shape.IdColumn);
    }

    [Fact]
    public void What_is_no_database_is_not_opened()
    {
        foreach (var bytes in (byte[][])[[], new byte[100], [.. "SQLite format 3\0"u8, .. new byte[84]], [.. "SQLite format 3\0"u8]])
        {
            var image = new DatabaseImage();
            using var stream = new MemoryStream(bytes);
            while (image.Load(stream, out _))
            {
            }
            Assert.False(image.TryOpen());
        }
    }
}
