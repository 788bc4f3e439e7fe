using System.Buffers.Binary;
using System.Collections;

namespace Nightjar.Sources.Sqlite;

/// <summary>Goes through the rows of one table in the order of their ids. What is damaged is a fault of the image, and the rest is read.</summary>
/// <remarks>No page is looked at twice, so a database that points in circles, or at one page from many places, takes no longer than a good one.</remarks>
internal sealed class TableCursor
{
    private const byte Interior = 5;
    private const byte Leaf = 13;
    private const int MaxDepth = 32;

    /// <summary>The longest row that is read.</summary>
    public const int MaxRowBytes = 1 << 20;

    private readonly DatabaseImage _image;
    private readonly BitArray _seen;
    private readonly Stack<Place> _path = new();
    private byte[] _row = [];
    private long _rowPage;
    private int _rowAt;
    private int _rowLength;

    public TableCursor(DatabaseImage image, long root)
    {
        _image = image;
        _seen = new BitArray((int)image.PageCount + 1);
        Enter(root);
    }

    /// <summary>The id of the row.</summary>
    public long RowId { get; private set; }

    /// <summary>Where the row begins in the file.</summary>
    public long Offset { get; private set; }

    /// <summary>The row's record; valid until the next row.</summary>
    public ReadOnlySpan<byte> Record => _rowPage > 0 && _image.TryPage(_rowPage, out var page) ? page.Slice(_rowAt, _rowLength) : _row.AsSpan(0, _rowLength);

    /// <summary>Goes to the next row; false at the end.</summary>
    public bool Next()
    {
        while (_path.TryPop(out var place))
        {
            if (!_image.TryPage(place.Page, out var page)) continue;
            if (place.Cell > place.Cells || place.Cell == place.Cells && !place.IsInterior) continue;
            _path.Push(place with { Cell = place.Cell + 1 });
            if (place.IsInterior) EnterChild(page, place);
            else if (TryCell(page, place)) return true;
        }
        return false;
    }

    private void Enter(long number)
    {
        if (!_image.TryPage(number, out var page)) return;
        if (_path.Count >= MaxDepth || !TryVisit(number)) return;
        var header = number == 1 ? page[100..] : page;
        if (header[0] is not (Interior or Leaf))
        {
            _image.Report(_image.OffsetOf(number), "The page is none of a table.");
            return;
        }
        var isInterior = header[0] == Interior;
        var start = page.Length - header.Length + (isInterior ? 12 : 8);
        var cells = BinaryPrimitives.ReadUInt16BigEndian(header[3..]);
        var room = (_image.Usable - start) / 2;
        if (cells > room) _image.Report(_image.OffsetOf(number), "The page claims more rows than it has room for.");
        _path.Push(new Place(number, isInterior, start, Math.Min(cells, room), 0));
    }

    private bool TryVisit(long number)
    {
        if (_seen[(int)number])
        {
            _image.Report(_image.OffsetOf(number), "The page belongs to two places.");
            return false;
        }
        return _seen[(int)number] = true;
    }

    private void EnterChild(ReadOnlySpan<byte> page, in Place place)
    {
        var isLast = place.Cell == place.Cells;
        var at = isLast ? place.Start - 4 : CellAt(page, place);
        if (at + 4 > _image.Usable) _image.Report(_image.OffsetOf(place.Page), "A row begins outside its page.");
        else Enter(BinaryPrimitives.ReadUInt32BigEndian(page[at..]));
    }

    private static int CellAt(ReadOnlySpan<byte> page, in Place place) => BinaryPrimitives.ReadUInt16BigEndian(page[(place.Start + place.Cell * 2)..]);

    private bool TryCell(ReadOnlySpan<byte> page, in Place place)
    {
        var at = CellAt(page, place);
        Offset = _image.OffsetOf(place.Page) + at;
        var body = page[.._image.Usable];
        if (!Varint.TryRead(body, ref at, out var length) || !Varint.TryRead(body, ref at, out var id) || length is < 0 or > MaxRowBytes)
        {
            _image.Report(Offset, "The row has no length that can be.");
            return false;
        }
        RowId = id;
        _rowLength = (int)length;
        var here = LocalBytes(_rowLength);
        if (at + here > body.Length)
        {
            _image.Report(Offset, "The row ends outside its page.");
            return false;
        }
        _rowPage = here == _rowLength ? place.Page : 0;
        _rowAt = at;
        return _rowPage > 0 || TryGather(body, at, here);
    }

    // How much of a row stands on its own page; the rest is in a chain of others.
    private int LocalBytes(int length)
    {
        var most = _image.Usable - 35;
        if (length <= most) return length;
        var least = (_image.Usable - 12) * 32 / 255 - 23;
        var some = least + (length - least) % (_image.Usable - 4);
        return some <= most ? some : least;
    }

    private bool TryGather(ReadOnlySpan<byte> body, int at, int here)
    {
        if (at + here + 4 > body.Length)
        {
            _image.Report(Offset, "The row ends outside its page.");
            return false;
        }
        if (_row.Length < _rowLength) _row = new byte[Math.Max(_rowLength, 4096)];
        body.Slice(at, here).CopyTo(_row);
        long next = BinaryPrimitives.ReadUInt32BigEndian(body[(at + here)..]);
        for (var have = here; have < _rowLength;)
        {
            if (!_image.TryPage(next, out var page) || !TryVisit(next)) return false;
            var part = Math.Min(_rowLength - have, _image.Usable - 4);
            page.Slice(4, part).CopyTo(_row.AsSpan(have));
            have += part;
            next = BinaryPrimitives.ReadUInt32BigEndian(page);
        }
        return true;
    }

    private readonly record struct Place(long Page, bool IsInterior, int Start, int Cells, int Cell);
}
