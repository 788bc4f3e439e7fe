using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>The kinds of event, by class and activity, that a condition can hold for. Asked once, when the condition is compiled.</summary>
internal sealed class Reach
{
    /// <summary>Activities are numbered from 0 to one less than this.</summary>
    public const int Activities = 100;

    /// <summary>Stands for an activity that is not known: what cannot hold for it can hold for none.</summary>
    public const int SomeActivity = -1;

    private const int BitsOfWord = 64;

    // Two words a class, and no UInt128, which cannot be compiled before it runs.
    private readonly ulong[] _words = new ulong[EventClasses.Count * 2];

    private Reach(TruthNode node)
    {
        for (var i = 0; i < EventClasses.Count; i++)
        {
            // Nearly every condition is of one or two classes: with a hundred analytics this question spares a million.
            if (node.Could((EventClass)i, SomeActivity) == Tri.False) continue;
            for (var activity = 0; activity < Activities; activity++)
            {
                if (node.Could((EventClass)i, activity) == Tri.False) continue;
                _words[WordOf((EventClass)i, activity)] |= 1UL << activity % BitsOfWord;
                Components |= EventClasses.Components((EventClass)i, activity);
            }
        }
    }

    /// <summary>The data components of all those events.</summary>
    public DataComponents Components { get; }

    /// <summary>True when there is no such event.</summary>
    public bool IsEmpty => Array.TrueForAll(_words, word => word == 0);

    /// <summary>Every kind of event.</summary>
    public static Reach Any { get; } = new(ConstantTruth.True);

    public static Reach Of(TruthNode node) => new(node);

    /// <param name="eventClass">The class.</param>
    /// <param name="activity">From 0 to 127; no condition reaches beyond <see cref="Activities"/>.</param>
    public bool Has(EventClass eventClass, int activity) => (_words[WordOf(eventClass, activity)] >> activity % BitsOfWord & 1) != 0;

    /// <summary>True when there is an activity with this number or a higher one.</summary>
    public bool HasFrom(EventClass eventClass, int activity)
    {
        var word = WordOf(eventClass, activity);
        return _words[word] >> activity % BitsOfWord != 0 || word % 2 == 0 && _words[word + 1] != 0;
    }

    private static int WordOf(EventClass eventClass, int activity) => (int)eventClass * 2 + activity / BitsOfWord;
}
