using System.Buffers;
using System.Text;

namespace Nightjar.Sources.Mapping.Records;

/// <summary>Finds the records in JSON of any layout: one object a line, objects one after the other, an array of them, or an array inside an
/// object. Keeps one record at a time, so that an array of any length is read in bounded memory.</summary>
/// <remarks>A damaged record is passed over up to the next place where one begins: a line that begins with a record, as far in as the others of
/// the array, or, in an array on one line, the brace and first name with which the others begin.</remarks>
internal sealed class JsonRecords : IRecordFinder
{
    /// <summary>So far an outer object is looked through before its records are read, so that the order of its attributes does not matter.</summary>
    public const int Lookahead = 4 * 1024 * 1024;

    private const int MaxIndent = 64;
    private const int MaxSignature = 120;

    private static readonly SearchValues<byte> MayBegin = SearchValues.Create("\n{"u8);

    private readonly ByteWindow _window;
    private readonly JsonStructure _structure;
    private readonly byte[][] _path;
    private readonly JsonValues? _outer;
    private readonly Stack<Frame> _frames = new();
    private readonly byte[] _signature = new byte[MaxSignature];
    private int _signatureLength;
    private int _indent = -1;
    private int _objects;
    private bool _isOuterWhole;
    private bool _hasGiven;

    /// <param name="stream">The input.</param>
    /// <param name="path">The names that lead from an outer object to the array of records; empty for records of their own.</param>
    /// <param name="outer">Takes what the outer object says beside; null when nobody asks. Asked for the path of the records too.</param>
    public JsonRecords(Stream stream, IReadOnlyList<string> path, JsonValues? outer)
    {
        _window = new ByteWindow(stream);
        _structure = new JsonStructure(_window);
        _path = [.. path.Select(Encoding.UTF8.GetBytes)];
        _outer = outer;
    }

    public long BytesRead => _window.BytesRead;

    public long Number { get; private set; }

    public long Line { get; private set; }

    public ReadOnlySpan<byte> Record => _window.Kept;

    public RecordFound Next(CancellationToken cancellation)
    {
        _window.CancelBy(cancellation);
        _window.Release();
        while (true)
        {
            var found = !_frames.TryPeek(out var frame) ? AtTop() : frame == Frame.Array ? InArray() : InObject(_objects - 1);
            if (found != RecordFound.Nothing) return found;
        }
    }

    public void Dispose() => _window.Dispose();

    // An array at the top may hold outer objects instead.
    private bool IsAtRecords => _objects == _path.Length;

    private RecordFound AtTop()
    {
        var next = Blank();
        switch (next)
        {
            case < 0:
                return RecordFound.End;
            case ',':
                _window.Skip();
                return RecordFound.Nothing;
            case '[':
                _window.Skip();
                Enter(Frame.Array);
                return RecordFound.Nothing;
            default:
                return next == '{' ? BeginDocument() : Stray();
        }
    }

    private RecordFound InArray()
    {
        var next = Blank();
        switch (next)
        {
            case < 0:
                return CutOff();
            case ']':
                _window.Skip();
                Leave();
                return RecordFound.Nothing;
            case ',':
                _window.Skip();
                return RecordFound.Nothing;
            default:
                if (IsAtRecords) return TakeRecord(next);
                return next == '{' ? BeginDocument() : Stray();
        }
    }

    private RecordFound InObject(int depth)
    {
        switch (Blank())
        {
            case < 0:
                return CutOff();
            case '}':
                _window.Skip();
                Leave();
                return RecordFound.Nothing;
            case ',':
                _window.Skip();
                return RecordFound.Nothing;
            case '"':
                return InAttribute(depth);
            default:
                return Stray();
        }
    }

    private RecordFound InAttribute(int depth)
    {
        _window.Mark();
        if (!_structure.SkipText()) return Stray();
        var isOnPath = !_window.IsOver && _window.Kept[1..^1].SequenceEqual(_path[depth]);
        var name = _outer is null || _isOuterWhole || _window.IsOver ? "" : Encoding.UTF8.GetString(_window.Kept[1..^1]);
        _window.Release();
        if (Blank() != ':') return Stray();
        _window.Skip();
        var next = Blank();
        var isLast = depth == _path.Length - 1;
        if (isOnPath && next == (isLast ? '[' : '{'))
        {
            _window.Skip();
            Enter(isLast ? Frame.Array : Frame.Object);
            return RecordFound.Nothing;
        }
        _window.Mark();
        if (!_structure.SkipValue()) return next < 0 || _window.Peek() < 0 ? CutOff() : Stray();
        var isLate = name.Length > 0 && !_window.IsOver && TakeOuter(depth, name) && _hasGiven;
        _window.Release();
        return isLate ? RecordFound.Late : RecordFound.Nothing;
    }

    // True when somebody asks for it.
    private bool TakeOuter(int depth, string name)
    {
        var path = string.Join('.', _path.Take(depth).Select(Encoding.UTF8.GetString).Append(name));
        _outer!.Add(path, _window.Kept);
        return _outer.Asks(path);
    }

    // Either a record of its own, or an object that holds an array of them.
    private RecordFound BeginDocument()
    {
        if (_path.Length == 0) return TakeRecord('{');
        _outer?.Clear();
        _isOuterWhole = _hasGiven = false;
        _window.Mark();
        if (_outer is not null && _structure.SkipValue(Lookahead) && !_window.IsOver)
        {
            _isOuterWhole = _outer.TryRead(_window.Kept);
            _window.Rewind();
            if (_isOuterWhole && !_outer.Has(0)) return TakeRecord('{');
        }
        else if (_outer is not null && !_window.Rewind())
        {
            return Resume(RecordFound.TooLong);
        }
        _window.Release();
        _window.Skip();
        Enter(Frame.Object);
        return RecordFound.Nothing;
    }

    private RecordFound TakeRecord(int first)
    {
        Begin();
        _window.Mark();
        if (!_structure.SkipValue()) return _window.Peek() < 0 ? CutOff() : Damaged();
        if (_window.IsOver) return RecordFound.TooLong;
        if (first != '{') return RecordFound.NoObject;
        Remember(_window.Kept);
        _hasGiven = true;
        return RecordFound.Record;
    }

    private RecordFound Damaged()
    {
        var begin = _window.Offset - _window.KeptLength;
        _window.Rewind(1);
        return Resume(RecordFound.Damaged, begin);
    }

    // Something that belongs nowhere.
    private RecordFound Stray()
    {
        Begin();
        var begin = _window.Offset;
        _window.Release();
        if (_window.Peek() >= 0) _window.Skip();
        return Resume(RecordFound.Damaged, begin);
    }

    private RecordFound CutOff()
    {
        if (Line == 0 || _window.KeptLength == 0) Begin();
        LeaveAll();
        return RecordFound.Truncated;
    }

    private RecordFound Resume(RecordFound found, long begin = long.MaxValue)
    {
        SkipToRecord();
        return _window.Offset - begin > ByteWindow.MaxKept ? RecordFound.TooLong : found;
    }

    private void SkipToRecord()
    {
        while (_window.SkipTo(MayBegin) is var next and >= 0)
        {
            var inArray = _frames.TryPeek(out var frame) && frame == Frame.Array && IsAtRecords;
            if (next == '{')
            {
                if (inArray && _indent < 0 && HasSignature()) return;
                _window.Skip();
                continue;
            }
            _window.Skip();
            var indent = Indent();
            next = _window.Peek();
            if (next == '{' && inArray && indent == _indent) return;
            if (indent > 0 || next is not ('{' or '[')) continue;
            LeaveAll();
            return;
        }
        LeaveAll();
    }

    private int Indent()
    {
        var indent = 0;
        for (; indent < MaxIndent && _window.Peek() is ' ' or '\t'; indent++) _window.Skip();
        return indent;
    }

    private bool HasSignature()
    {
        if (_signatureLength == 0) return false;
        _window.Mark();
        for (var i = 0; i < _signatureLength; i++)
        {
            if (_window.Peek() != _signature[i])
            {
                _window.Rewind();
                return false;
            }
            _window.Skip();
        }
        return _window.Rewind();
    }

    // How the records of this array begin: what tells the next one when one is damaged.
    private void Remember(ReadOnlySpan<byte> record)
    {
        if (_signatureLength > 0 || _frames.Count == 0) return;
        var open = record.IndexOf((byte)'"');
        var length = open < 0 ? -1 : record[(open + 1)..].IndexOf((byte)'"');
        if (length < 0 || open + length + 2 > MaxSignature) return;
        _signatureLength = open + length + 2;
        record[.._signatureLength].CopyTo(_signature);
    }

    private int Blank()
    {
        int next;
        var indent = -1;
        while ((next = _window.Peek()) is ' ' or '\t' or '\r' or '\n')
        {
            indent = next == '\n' ? 0 : indent < 0 ? -1 : indent + 1;
            _window.Skip();
        }
        if (next == '{' && indent >= 0) _indent = indent;
        return next;
    }

    private void Begin()
    {
        Number++;
        Line = _window.Line;
    }

    private void Enter(Frame frame)
    {
        _frames.Push(frame);
        if (frame == Frame.Object) _objects++;
        _signatureLength = 0;
        _indent = -1;
    }

    private void Leave()
    {
        if (_frames.Pop() == Frame.Object) _objects--;
        _signatureLength = 0;
        _indent = -1;
    }

    private void LeaveAll()
    {
        _frames.Clear();
        _objects = 0;
    }

    private enum Frame : byte
    {
        Array,
        Object,
    }
}
