using System.Text;

namespace Nightjar.Sources.Pcapdroid;

/// <summary>The columns of the export.</summary>
internal enum CsvColumn
{
    IPProto, SrcIP, SrcPort, DstIP, DstPort, Uid, App, PackageName, Proto, Status, Info,
    BytesSent, BytesRcvd, PktsSent, PktsRcvd, FirstSeen, LastSeen, Malicious,
}

/// <summary>Finds the values of a row. Nothing is quoted, so a comma in a name shifts what follows; both ends of the row are safe.</summary>
internal sealed class CsvColumns
{
    private const int MaxColumns = 64;
    private const int Count = (int)CsvColumn.Malicious + 1;

    private readonly int[] _index = new int[Count];
    private readonly Range[] _parts = new Range[MaxColumns];
    private readonly (int First, int Last)[] _places = new (int, int)[Count];
    private int _width;
    private int _parted;

    /// <summary>True for the first line of an export of any version.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> line) =>
        line.StartsWith("IPProto,"u8) && line.IndexOf(",SrcPort,"u8) > 0 && line.IndexOf(",BytesSent,"u8) > 0 && line.IndexOf(",FirstSeen,"u8) > 0;

    /// <summary>Takes the header.</summary>
    /// <returns>False when the columns that hold texts do not stand together as in every known version.</returns>
    public bool TryTakeHeader(ReadOnlySpan<byte> line)
    {
        Array.Fill(_index, -1);
        _width = 0;
        foreach (var range in line.Split((byte)','))
        {
            if (Enum.TryParse<CsvColumn>(Encoding.UTF8.GetString(line[range]), ignoreCase: true, out var column) && Enum.IsDefined(column)) _index[(int)column] = _width;
            _width++;
        }
        return _width <= MaxColumns && At(CsvColumn.App) >= 0 && At(CsvColumn.Info) == At(CsvColumn.App) + Texts - 1 && At(CsvColumn.FirstSeen) > At(CsvColumn.Info);
    }

    /// <summary>Finds the columns of a row; false when it has too few or too many.</summary>
    public bool TryTakeRow(ReadOnlySpan<byte> row)
    {
        _parted = 0;
        foreach (var range in row.Split((byte)','))
        {
            if (_parted == MaxColumns) return false;
            _parts[_parted++] = range;
        }
        if (_parted < _width) return false;
        var extra = _parted - _width;
        for (var column = 0; column < Count; column++)
        {
            var at = _index[column];
            _places[column] = at < 0 ? (-1, -1) : at > At(CsvColumn.Info) ? (at + extra, at + extra) : (at, at);
        }
        if (extra > 0) PlaceTexts(row, extra);
        return true;
    }

    /// <summary>A value of the row; empty when there is none.</summary>
    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> row, CsvColumn column)
    {
        var (first, last) = _places[(int)column];
        return first < 0 ? default : row[_parts[first].Start.Value.._parts[last].End.Value].Trim((byte)' ');
    }

    // App, perhaps PackageName, Proto, Status, Info.
    private int Texts => At(CsvColumn.PackageName) >= 0 ? 5 : 4;

    private int At(CsvColumn column) => _index[(int)column];

    // The name of the app ends before what can only be a package or, without that column, a protocol; the rest of the commas are in Info.
    private void PlaceTexts(ReadOnlySpan<byte> row, int extra)
    {
        var app = At(CsvColumn.App);
        var inName = 0;
        for (var more = 0; more <= extra; more++)
        {
            if (!EndsName(row[_parts[app + more + 1]])) continue;
            inName = more;
            break;
        }
        _places[(int)CsvColumn.App] = (app, app + inName);
        foreach (var column in (ReadOnlySpan<CsvColumn>)[CsvColumn.PackageName, CsvColumn.Proto, CsvColumn.Status])
            if (At(column) >= 0) _places[(int)column] = (At(column) + inName, At(column) + inName);
        _places[(int)CsvColumn.Info] = (At(CsvColumn.Info) + inName, At(CsvColumn.Info) + extra);
    }

    private bool EndsName(ReadOnlySpan<byte> part)
    {
        if (At(CsvColumn.PackageName) >= 0)
            return part.Contains((byte)'.') && part[0] != (byte)'.' && !part.ContainsAnyExcept("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._"u8);
        return part.Length is >= 2 and <= 16 && !part.ContainsAnyExcept("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-/"u8);
    }
}
