using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>The kinds of event, by class and activity, that a condition can hold for. Asked once, when the condition is compiled.</summary>
internal sealed class Reach
{
    /// <summary>Activities are numbered from 0 to one less than this.</summary>
    public const int Activities = 100;

    private readonly UInt128[] _byClass = new UInt128[EventClasses.Count];

    private Reach(TruthNode node)
    {
        for (var eventClass = 0; eventClass < EventClasses.Count; eventClass++)
        {
            for (var activity = 0; activity < Activities; activity++)
            {
                if (node.Could((EventClass)eventClass, activity) == Tri.False) continue;
                _byClass[eventClass] |= UInt128.One << activity;
                Components |= EventClasses.Components((EventClass)eventClass, activity);
            }
        }
    }

    /// <summary>The data components of all those events.</summary>
    public DataComponents Components { get; }

    /// <summary>True when there is no such event.</summary>
    public bool IsEmpty => Array.TrueForAll(_byClass, activities => activities == UInt128.Zero);

    /// <summary>Every kind of event.</summary>
    public static Reach Any { get; } = new(ConstantTruth.True);

    public static Reach Of(TruthNode node) => new(node);

    public bool Has(EventClass eventClass, int activity) => (_byClass[(int)eventClass] >> activity & UInt128.One) != UInt128.Zero;

    /// <summary>True when there is an activity with this number or a higher one.</summary>
    public bool HasFrom(EventClass eventClass, int activity) => _byClass[(int)eventClass] >> activity != UInt128.Zero;
}
