namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Notes where the values of a line stand while it is walked, so that a mould can be made of it.</summary>
internal sealed class MouldMaker
{
    /// <summary>Values in a line; of one with more no mould is made.</summary>
    public const int MaxSteps = 96;

    private readonly MouldStep[] _steps = new MouldStep[MaxSteps];
    private int _count;
    private int _end;
    private bool _isOdd;

    /// <summary>The pieces of the line; their fixed bytes are places in the line.</summary>
    public Span<MouldStep> Steps => _steps.AsSpan(0, _count);

    /// <summary>True when the line is none of those that a mould can be made of.</summary>
    public bool IsOdd => _isOdd;

    /// <summary>Begins a line.</summary>
    public void Begin()
    {
        _count = _end = 0;
        _isOdd = false;
    }

    /// <summary>Something stands in the line for which there is no form.</summary>
    public void Refuse() => _isOdd = true;

    /// <summary>A text, by its first and its last quote.</summary>
    public void Text(AttributeNode node, int first, int last) => Add(MouldForm.Text, node, first + 1, last);

    /// <summary>A number.</summary>
    public void Number(AttributeNode node, ReadOnlySpan<byte> line, int start, int end)
    {
        var number = line[start..end];
        var isPlain = number.Length <= MouldScan.MaxDigits && !number.ContainsAnyExceptInRange((byte)'0', (byte)'9') && (number.Length == 1 || number[0] != (byte)'0');
        Add(isPlain && (node.Kind is AttributeKind.Quiet or >= AttributeKind.Integer) ? MouldForm.Digits : MouldForm.Number, node, start, end);
    }

    /// <summary>One of the three words.</summary>
    public void Word(AttributeNode node, int start, int end) => Add(MouldForm.Word, node, start, end);

    /// <summary>The first byte inside a list.</summary>
    public void List(AttributeNode node, int start) => Add(MouldForm.List, node, start, start);

    /// <summary>An object or an array that is taken as a whole.</summary>
    public void Whole(AttributeNode node, ReadOnlySpan<byte> line, int start, int end, int levels)
    {
        Add(line[start] == (byte)'{' ? MouldForm.WholeObject : MouldForm.WholeArray, node, start, end);
        if (!_isOdd) _steps[_count - 1].Levels = levels;
    }

    /// <summary>A value of an attribute that is not known.</summary>
    public void Unknown(AttributeNode parent, int name, int nameLength, int start, int end, int levels)
    {
        Add(MouldForm.Any, null, start, end);
        if (_isOdd) return;
        ref var step = ref _steps[_count - 1];
        (step.Parent, step.NameBack, step.NameLength, step.Levels) = (parent, start - name, nameLength, levels);
    }

    /// <summary>The end of the line.</summary>
    public void End(int end) => Add(MouldForm.End, null, end, end);

    private void Add(MouldForm form, AttributeNode? node, int start, int end)
    {
        if (_count == MaxSteps) _isOdd = true;
        if (_isOdd) return;
        _steps[_count++] = new MouldStep
        {
            Fixed = _end,
            Length = start - _end,
            Form = form,
            Node = node,
            IsInterned = form == MouldForm.Text && node!.IsInterned,
            IsSilent = form == MouldForm.End || node?.Kind == AttributeKind.Quiet,
        };
        _end = end;
    }
}
