using System.Numerics;
using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Plan;

namespace Nightjar.Engine;

/// <summary>Which analytics let sightings wait alone, and for how long one is of use.</summary>
internal sealed class AloneTimes
{
    /// <summary>So many of an app are looked through for each event that is of a stage.</summary>
    public const int MostOfApp = 40;

    /// <summary>Most events of an app that wait unasked. With those that are alone they are no more than any analytic may hold of a stage.</summary>
    public const int MostUnaskedOfApp = 24;

    /// <summary>What lasts longer is asked at once: what waits for the end of an event would wait long.</summary>
    public static readonly TimeSpan LongestUnasked = TimeSpan.FromSeconds(30);

    /// <summary>Most analytics that are told apart where a set of them is one number; where there are more, several share a bit.</summary>
    private const int Groups = 32;

    private readonly bool[] _mayBeAlone;
    private readonly TimeSpan[] _beginsOfGroup = new TimeSpan[Groups];
    private readonly TimeSpan[] _begins;
    private readonly TimeSpan[][] _back;
    private readonly TimeSpan[][] _times;

    public AloneTimes(EngineOptions options, IReadOnlyList<Analytic> analytics, Reaches[] reaches, bool isScoped)
    {
        _mayBeAlone = [.. analytics.Select(analytic => MayBeAlone(options, analytic))];
        _begins = [.. reaches.Select(item => item.Window + options.ClockSkew)];
        _back = [.. reaches.Select((item, index) => Enumerable.Range(0, analytics[index].Stages.Count).Select(stage => item.Back(stage, options.ClockSkew)).ToArray())];
        var beginnings = analytics.Select(Dispatch.Beginnings).ToArray();
        _times = [.. _back.Select((back, index) => back.Select((time, stage) =>
            (beginnings[index] & StageBit.Of(stage)) == 0 || _begins[index] < time ? time : _begins[index]).ToArray())];
        MayBeUnasked = !isScoped;
        for (var index = 0; index < _begins.Length; index++)
        {
            ref var longest = ref _beginsOfGroup[BitOperations.TrailingZeroCount(GroupOf(index))];
            if (_begins[index] > longest) longest = _begins[index];
        }
    }

    /// <summary>What a policy says may change without anything being told; then each event is asked at once.</summary>
    public bool MayBeUnasked { get; }

    /// <summary>All the times that there are.</summary>
    public IEnumerable<TimeSpan> All => _times.SelectMany(times => times).Concat(_begins);

    public bool MayBeAlone(int index) => _mayBeAlone[index];

    /// <summary>How long after its end a sighting is of use.</summary>
    public TimeSpan Of(int index, int stage) => _times[index][stage];

    /// <summary>How long before a beginning a sighting may end and still have to do with it.</summary>
    public TimeSpan Back(int index, int stage) => _back[index][stage];

    /// <summary>How long after its end a beginning waits for the rest of its chain. No longer: what it holds on to lies beside what was to be let go long before.</summary>
    public TimeSpan Begins(int index) => _begins[index];

    /// <summary>How long after its end a beginning waits for the rest of its chain, of any analytic of some.</summary>
    public TimeSpan BeginsOfAny(uint groups)
    {
        var longest = TimeSpan.Zero;
        for (; groups != 0; groups &= groups - 1)
        {
            var begins = _beginsOfGroup[BitOperations.TrailingZeroCount(groups)];
            if (begins > longest) longest = begins;
        }
        return longest;
    }

    /// <summary>How long after its end an event is of use of which was not asked whether it is of a stage: by then every beginning is judged that may have to do with it.</summary>
    public TimeSpan UnaskedFor(int index, int stage) => Back(index, stage) + LongestUnasked + Begins(index);

    /// <summary>The bit of an analytic in a set of some.</summary>
    public uint GroupOf(int index) => 1u << (_mayBeAlone.Length <= Groups ? index : (int)((long)index * Groups / _mayBeAlone.Length));

    // An analytic that holds so few events that one may have to make room is judged as it always was, and so is one whose windows shut out others.
    private static bool MayBeAlone(EngineOptions options, Analytic analytic) => options.LetsAlone && !analytic.IsTumbling && analytic.PartialsPerKey >= MostOfApp + MostUnaskedOfApp;
}
