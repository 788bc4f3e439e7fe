using Nightjar.Tests.Sources.Sqlite;

namespace Nightjar.Tests.Sources.DataUsage;

/// <summary>Databases of an invented phone. Times are days after 2026-02-20T00:00:00Z.</summary>
internal static class DataUsageText
{
    // 2026-02-20T00:00:00Z in seconds since 2001.
    public const double Begin = 793_238_400;

    public const string Tables =
        "create table ZPROCESS (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZFIRSTTIMESTAMP TIMESTAMP, ZTIMESTAMP TIMESTAMP, ZBUNDLENAME VARCHAR, ZPROCNAME VARCHAR);"
        + "create table ZLIVEUSAGE (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZKIND INTEGER, ZMETADATA INTEGER, ZTAG INTEGER, ZHASPROCESS INTEGER, ZBILLCYCLEEND TIMESTAMP, ZTIMESTAMP TIMESTAMP, ZWIFIIN FLOAT, ZWIFIOUT FLOAT, ZWWANIN FLOAT, ZWWANOUT FLOAT);";

    public static string Process(int key, string? bundle, string name, double last = 3) =>
        FormattableString.Invariant($"insert into ZPROCESS values ({key}, 7, 1, {Begin}, {Begin + last * 86_400}, {(bundle is null ? "null" : $"'{bundle}'")}, '{name}');");

    public static string Usage(int key, int process, double day, string bytes = "1000.0, 200.0, 30.0, 4.0", int tag = 1) =>
        FormattableString.Invariant($"insert into ZLIVEUSAGE values ({key}, 5, 2, 0, 0, {tag}, {process}, null, {Begin + day * 86_400}, {bytes});");

    public static byte[] Database(params string[] rows) => SqliteFile.Of([Tables, .. rows]);
}
