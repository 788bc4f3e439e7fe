using Nightjar.Tests.Sources.Sqlite;

namespace Nightjar.Tests.Sources.Powerlog;

/// <summary>Power logs of an invented phone, whose own clock begins at 1,000,000.</summary>
internal static class PowerlogText
{
    public const string Offsets = "create table PLStorageOperator_EventForward_TimeOffset (ID INTEGER PRIMARY KEY AUTOINCREMENT, timestamp REAL, baseband REAL, kernel REAL, system REAL);";

    private const string Tables = Offsets
        + "create table PLSpringBoardAgent_EventForward_SBLock (ID INTEGER PRIMARY KEY AUTOINCREMENT, timestamp REAL, Locked INTEGER);"
        + "create table PLProcessNetworkAgent_EventInterval_UsageDiff (ID INTEGER PRIMARY KEY AUTOINCREMENT, timestamp REAL, timestampEnd REAL, BundleName TEXT, CellIn INTEGER, CellOut INTEGER, ProcessName TEXT, WifiIn INTEGER, WifiOut INTEGER);"
        + "create table PLApplicationAgent_EventForward_Application (ID INTEGER PRIMARY KEY AUTOINCREMENT, timestamp REAL, Identifier TEXT, Reason INTEGER, State INTEGER, pid INTEGER);";

    // 2026-02-20T00:00:00Z less the million at which the log's clock stands.
    public const long Correction = 1_770_545_600;

    public static string Correct(double from, double seconds) => FormattableString.Invariant($"insert into PLStorageOperator_EventForward_TimeOffset (timestamp, system) values ({from}, {seconds});");

    public static string Lock(double time, int locked) => FormattableString.Invariant($"insert into PLSpringBoardAgent_EventForward_SBLock (timestamp, Locked) values ({time}, {locked});");

    public static byte[] Log(params string[] rows) => SqliteFile.Of([Tables, .. rows]);
}
