using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>What many stages ask of one text of an event, answered once for each distinct text: which of them may still hold.</summary>
/// <remarks>
/// Remembers as <see cref="SymbolMemo"/> does, for all stages together: a hundred questions about the host of a flow are one look. A text that comes for the first time
/// rules nothing out: most of those come once, and to ask everything of each of them was an eighth of the engine's time. One thread.
/// </remarks>
internal sealed class TextIndex
{
    private readonly TextNode _text;
    private readonly (int Stage, TruthNode Part)[] _asked;
    private readonly ulong[] _others;
    private readonly int _words;
    private int[] _ids = new int[MemoSize.Least];
    private int[] _seen = new int[MemoSize.Least];
    private ulong[] _answers;

    /// <param name="text">The text.</param>
    /// <param name="stages">Number of stages.</param>
    /// <param name="asked">Conditions that the text alone decides, each with the number of the stage that asks it.</param>
    public TextIndex(TextNode text, int stages, (int Stage, TruthNode Part)[] asked)
    {
        (_text, _asked) = (text, asked);
        _others = Bits.All(stages);
        _words = _others.Length;
        foreach (var (stage, _) in asked) _others[stage >> 6] &= ~(1UL << stage);
        Array.Fill(_ids, -1);
        Array.Fill(_seen, -1);
        _answers = new ulong[_ids.Length * _words];
    }

    /// <summary>How many of some stages ask about the text.</summary>
    public int AskedBy(ReadOnlySpan<ulong> stages)
    {
        var count = 0;
        for (var i = 0; i < stages.Length; i++) count += System.Numerics.BitOperations.PopCount(stages[i] & ~_others[i]);
        return count;
    }

    /// <summary>
    /// Takes away the stages that the text of the event rules out; false when it is not known which: then each must be asked itself.
    /// </summary>
    public bool TryRuleOut(in MatchScope scope, Span<ulong> left)
    {
        var id = _text.Eval(in scope).Id;
        var place = id & _ids.Length - 1;
        if (_ids[place] != id)
        {
            if (IsFirst(id)) return false;
            place = Ask(id, in scope);
        }
        var passed = _answers.AsSpan(place * _words, _words);
        for (var i = 0; i < left.Length; i++) left[i] &= passed[i];
        return true;
    }

    // Beside the answers, so that what comes once pushes out no answer about what comes often.
    private bool IsFirst(int id)
    {
        ref var seen = ref _seen[id & _seen.Length - 1];
        if (seen == id) return false;
        seen = id;
        return true;
    }

    private int Ask(int id, in MatchScope scope)
    {
        if (id >= _ids.Length && _ids.Length < MemoSize.Most) Grow(id);
        var place = id & _ids.Length - 1;
        var answer = _answers.AsSpan(place * _words, _words);
        _others.CopyTo(answer);
        foreach (var (stage, part) in _asked) answer[stage >> 6] |= 1UL << stage;
        foreach (var (stage, part) in _asked)
        {
            if ((answer[stage >> 6] >> stage & 1) != 0 && part.Eval(in scope) != Tri.True) answer[stage >> 6] &= ~(1UL << stage);
        }
        _ids[place] = id;
        return place;
    }

    // What was remembered is forgotten; it is asked again once.
    private void Grow(int id)
    {
        _ids = new int[(int)Math.Min(MemoSize.Most, System.Numerics.BitOperations.RoundUpToPowerOf2((uint)id + 1))];
        Array.Fill(_ids, -1);
        _answers = new ulong[_ids.Length * _words];
        _seen = new int[_ids.Length];
        Array.Fill(_seen, -1);
    }
}

/// <summary>Sets of small numbers.</summary>
internal static class Bits
{
    /// <summary>All numbers below a count.</summary>
    public static ulong[] All(int count)
    {
        var bits = new ulong[(count + 63) / 64];
        for (var i = 0; i < count; i++) bits[i >> 6] |= 1UL << i;
        return bits;
    }
}
