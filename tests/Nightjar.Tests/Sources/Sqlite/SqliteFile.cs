using Microsoft.Data.Sqlite;

namespace Nightjar.Tests.Sources.Sqlite;

/// <summary>Makes databases with SQLite itself, so that the reader is held against files that it did not help to write.</summary>
internal static class SqliteFile
{
    static SqliteFile() => SQLitePCL.Batteries_V2.Init();

    /// <summary>The bytes of a database in which some statements were run.</summary>
    public static byte[] Of(params IEnumerable<string> statements) => Of(512, "UTF-8", connection =>
    {
        using var transaction = connection.BeginTransaction();
        foreach (var statement in statements) Run(connection, statement);
        transaction.Commit();
    });

    /// <summary>The bytes of a database that was filled so.</summary>
    public static byte[] Of(int pageSize, string encoding, Action<SqliteConnection> fill, string journal = "delete")
    {
        var path = Path.Combine(Path.GetTempPath(), $"nightjar-test-{Guid.NewGuid():N}.sqlite");
        try
        {
            using (var connection = Open(path, readOnly: false))
            {
                Run(connection, $"pragma page_size={pageSize}; pragma encoding='{encoding}'; pragma journal_mode={journal}; pragma synchronous=off;");
                fill(connection);
            }
            return File.ReadAllBytes(path);
        }
        finally
        {
            foreach (var suffix in (string[])["", "-wal", "-shm", "-journal"]) File.Delete(path + suffix);
        }
    }

    /// <summary>What SQLite itself answers.</summary>
    public static List<object?[]> Query(string path, string sql)
    {
        using var connection = Open(path, readOnly: true);
        return Query(connection, sql);
    }

    /// <summary>What SQLite itself answers.</summary>
    public static List<object?[]> Query(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[reader.FieldCount];
            for (var i = 0; i < row.Length; i++) row[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            rows.Add(row);
        }
        return rows;
    }

    public static void Run(SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string path, bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = readOnly ? $"file:{path}?immutable=1" : path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
        connection.Open();
        return connection;
    }
}
