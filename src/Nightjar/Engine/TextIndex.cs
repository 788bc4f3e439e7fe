using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>What many stages ask of one text of an event, answered once for each distinct text: which of them may still hold.</summary>
/// <remarks>Remembers as <see cref="SymbolMemo"/> does, for all stages together: a hundred questions about the host of a flow are one look. One thread.</remarks>
internal sealed class TextIndex
{
    private readonly TextNode _text;
    private readonly (int Stage, TruthNode Part)[] _asked;
    private readonly ulong[] _others;
    private readonly int _words;
    private int[] _ids = new int[MemoSize.Least];
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
        _answers = new ulong[_ids.Length * _words];
    }

    /// <summary>The stages that the text of the event does not rule out, as bits. Valid until the next question.</summary>
    public ReadOnlySpan<ulong> Passed(in MatchScope scope)
    {
        var id = _text.Eval(in scope).Id;
        var place = id & _ids.Length - 1;
        if (_ids[place] != id) place = Ask(id, in scope);
        return _answers.AsSpan(place * _words, _words);
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
