using System.Runtime.CompilerServices;
using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>What lines have in common: the bytes between their values. A line that fits is read by comparing them, without a look at each name and sign.</summary>
/// <remarks>The moulds of a session form a tree, because lines begin alike. Their number is bounded: where the lines have too many forms for it, most are
/// walked as if there were no moulds. Every byte of a line is compared or belongs to a value whose form was tested, so nothing fits that the walker would take for
/// something else. With <see cref="RecentTexts"/> they took a fifth to a quarter off the reader. What works with vectors of 256 bits cannot be compiled before the program
/// runs; here and beside it, it is compiled at its best at once, because until the runtime came to it by itself a scan had spent half a second in it as it stands.</remarks>
internal sealed class Moulds
{
    private const int MaxSteps = 1024;
    private const int MaxBytes = 32 * 1024;

    // Steps that may follow one step: each that does not fit costs a comparison.
    private const int MaxOthers = 16;

    // When by so many more lines did not fit than did, the moulds are those of other lines and make room for new ones.
    private const int Patience = 4096;

    // Both grow, because a session over a small file needs little of them.
    private MouldStep[] _steps = new MouldStep[32];
    private byte[] _bytes = new byte[1024];
    private readonly uint[] _seen = new uint[256];
    private readonly MouldValue[] _values = new MouldValue[MouldMaker.MaxSteps];
    private int _count = 1;
    private int _used;
    private int _missed;

    /// <summary>The step with a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly MouldStep Step(int number) => ref _steps[number];

    /// <summary>Finds the values of a line that fits one of the moulds.</summary>
    /// <param name="line">The line.</param>
    /// <returns>The values in their order; none when the line fits no mould.</returns>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public Span<MouldValue> Fit(ReadOnlySpan<byte> line)
    {
        var (at, number, count) = (0, _steps[0].Next, 0);
        while (number != 0)
        {
            ref readonly var step = ref _steps[number];
            var start = at + step.Length;
            if (!MouldScan.StandsAt(line, at, _bytes, step.Fixed, step.Length))
            {
                number = step.Other;
                continue;
            }
            var end = EndOf(line, start, in step);
            var isEscaped = end < 0 && step.Form == MouldForm.Text && MouldScan.TryEscaped(line, start, out end);
            if (end < 0)
            {
                number = step.Other;
                continue;
            }
            // An escape may be broken, which is told of any text.
            if (!step.IsSilent || isEscaped) _values[count++] = new MouldValue(number, start, end, isEscaped);
            (at, number) = (end, step.Next);
            if (step.Form == MouldForm.End) return Fitted(count);
        }
        return default;
    }

    private Span<MouldValue> Fitted(int count)
    {
        if (_missed > 0) _missed--;
        return _values.AsSpan(0, count);
    }

    /// <summary>Makes a mould of a line that fits none, when one of its form comes the second time.</summary>
    /// <param name="line">The line.</param>
    /// <param name="steps">Its pieces.</param>
    public void Learn(ReadOnlySpan<byte> line, ReadOnlySpan<MouldStep> steps)
    {
        var hash = 0u;
        foreach (ref readonly var step in steps) hash = (hash ^ NameHash.Of(line.Slice(step.Fixed, step.Length))) * 0x9E37_79B1 + (uint)step.Form;
        ref var seen = ref _seen[hash % (uint)_seen.Length];
        if (seen == hash) Add(line, steps);
        seen = hash;
        if (++_missed >= Patience) Forget();
    }

    // The two that nearly all values are come first.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int EndOf(ReadOnlySpan<byte> line, int at, ref readonly MouldStep step) =>
        step.Form == MouldForm.Text ? MouldScan.TextEnd(line, at) : step.Form == MouldForm.Digits ? MouldScan.DigitsEnd(line, at) : OtherEnd(line, at, in step);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int OtherEnd(ReadOnlySpan<byte> line, int at, ref readonly MouldStep step) => step.Form switch
    {
        MouldForm.Word => WordEnd(line, at),
        MouldForm.List => at,
        MouldForm.End => at == line.Length ? at : -1,
        MouldForm.Number => at < line.Length ? JsonScan.Number(line, at) : -1,
        MouldForm.WholeObject when JsonScan.Peek(line, at) != (byte)'{' => -1,
        MouldForm.WholeArray when JsonScan.Peek(line, at) != (byte)'[' => -1,
        _ => JsonScan.Value(line, at, step.Levels),
    };

    private static int WordEnd(ReadOnlySpan<byte> line, int at) => JsonScan.Peek(line, at) switch
    {
        (byte)'t' => JsonScan.Word(line, at, "true"u8),
        (byte)'f' => JsonScan.Word(line, at, "false"u8),
        (byte)'n' => JsonScan.Word(line, at, "null"u8),
        _ => -1,
    };

    private void Add(ReadOnlySpan<byte> line, ReadOnlySpan<MouldStep> steps)
    {
        var number = 0;
        foreach (ref readonly var step in steps)
        {
            var bytes = line.Slice(step.Fixed, step.Length);
            number = Following(number, in step, bytes) is var known and not 0 ? known : Put(number, step, bytes);
            if (number == 0) return;
        }
    }

    private int Following(int number, ref readonly MouldStep step, ReadOnlySpan<byte> bytes)
    {
        for (number = _steps[number].Next; number != 0; number = _steps[number].Other)
        {
            ref readonly var known = ref _steps[number];
            if (known.IsLike(in step) && bytes.SequenceEqual(_bytes.AsSpan(known.Fixed, known.Length))) return number;
        }
        return 0;
    }

    // A mould that is left unfinished for want of room does no harm: no line reaches its end.
    private int Put(int after, MouldStep step, ReadOnlySpan<byte> bytes)
    {
        if (_count == MaxSteps || _used + bytes.Length > MaxBytes || Others(after) == MaxOthers) return 0;
        if (_count == _steps.Length) Array.Resize(ref _steps, _count * 2);
        while (_used + bytes.Length + MouldScan.Spare > _bytes.Length) Array.Resize(ref _bytes, _bytes.Length * 2);
        bytes.CopyTo(_bytes.AsSpan(_used));
        step.Fixed = _used;
        step.Other = _steps[after].Next;
        _used += bytes.Length;
        _steps[_count] = step;
        _steps[after].Next = _count;
        return _count++;
    }

    private int Others(int number)
    {
        var count = 0;
        for (number = _steps[number].Next; number != 0; number = _steps[number].Other) count++;
        return count;
    }

    private void Forget()
    {
        (_count, _used, _missed) = (1, 0, 0);
        _steps[0].Next = 0;
    }
}

/// <summary>A value that was found by a mould.</summary>
internal struct MouldValue(int step, int start, int end, bool isEscaped)
{
    /// <summary>The number of the step that it stands behind.</summary>
    public readonly int Step = step;

    /// <summary>Its first byte.</summary>
    public readonly int Start = start;

    /// <summary>The byte behind it.</summary>
    public readonly int End = end;

    /// <summary>True for a text with escapes.</summary>
    public readonly bool IsEscaped = isEscaped;

    /// <summary>Where it would stand among <see cref="RecentTexts"/>; negative when it is not looked for there.</summary>
    public int Place = -1;

    /// <summary>What was seen there.</summary>
    public int Seen;

    /// <summary>What is known of it for the table of all texts.</summary>
    public TextKey Key;
}
