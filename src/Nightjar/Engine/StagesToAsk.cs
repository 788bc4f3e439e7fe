using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>Chooses among the stages of a row those that are to be asked, and leaves out what the texts of an event rule out.</summary>
internal sealed class StagesToAsk(StageToAsk[] stages, TextIndex[] indexes, bool isLater)
{
    /// <summary>Fewer questions than this about one text are asked one by one.</summary>
    public const int WorthAnIndex = 3;

    private readonly ulong[] _left = new ulong[(stages.Length + 63) / 64];
    private readonly ulong[] _chosen = new ulong[(stages.Length + 63) / 64];
    private TextIndex[] _indexes = [];
    private bool _areAllIndexed;
    private uint? _groups;

    public StagesLeft Left(in MatchScope scope, uint groups)
    {
        // The same few sets of analytics are asked again and again.
        if (groups != _groups) Choose(groups);
        if (_indexes.Length == 0) return new StagesLeft(_chosen, _areAllIndexed);
        _chosen.CopyTo(_left, 0);
        var areTextsKnown = _areAllIndexed;
        foreach (var index in _indexes) areTextsKnown &= index.TryRuleOut(in scope, _left);
        return new StagesLeft(_left, areTextsKnown);
    }

    private void Choose(uint groups)
    {
        _groups = groups;
        Array.Clear(_chosen);
        for (var i = 0; i < stages.Length; i++)
        {
            if (stages[i].MayWait ? (stages[i].Group & groups) != 0 : !isLater) _chosen[i >> 6] |= 1UL << i;
        }
        _indexes = Array.FindAll(indexes, index => index.AskedBy(_chosen) >= WorthAnIndex);
        _areAllIndexed = Array.TrueForAll(indexes, index => index.AskedBy(_chosen) is 0 or >= WorthAnIndex);
    }
}

/// <summary>Some stages of a row.</summary>
/// <param name="bits">Their numbers, as bits.</param>
/// <param name="areTextsKnown">False when each must be asked all.</param>
internal readonly ref struct StagesLeft(ReadOnlySpan<ulong> bits, bool areTextsKnown)
{
    public ReadOnlySpan<ulong> Bits { get; } = bits;

    /// <summary>Whether the event is of a stage that its texts do not rule out.</summary>
    public bool Holds(StageToAsk stage, in MatchScope scope) =>
        (areTextsKnown ? stage.Rest : stage.All) is not { } asked || asked.Eval(in scope) == Tri.True;
}
