using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Analytics.Where;

/// <summary>Names whose value is that of the moment.</summary>
internal static class Moments
{
    public static Bound OfField(FieldId field) => field switch
    {
        FieldId.AppStateName or FieldId.InstallSourceName => new BoundWord(field),
        FieldId.IsDeviceLocked => Flag((in moment) => moment.State.IsDeviceLocked),
        FieldId.IsScreenOn => Flag((in moment) => moment.State.IsScreenOn),
        FieldId.IsManagedApp => Flag((in moment) => moment.State.IsManagedApp),
        FieldId.IsManagedDevice => Flag((in moment) => moment.State.IsManagedDevice),
        _ => Flag((in moment) => moment.State.IsSupervised),
    };

    /// <summary>A question about a word; unknown words answer unknown.</summary>
    public static TruthNode Word(FieldId field, Func<string, bool> test)
    {
        var answers = Enumerable.Range(0, 8).Select(word => word switch
        {
            0 => Tri.Unknown,
            > 5 when field == FieldId.AppStateName => Tri.Unknown,
            > 6 => Tri.Unknown,
            _ => TriLogic.Of(test(HeaderFields.WordText(field, word))),
        }).ToArray();
        return field == FieldId.AppStateName
            ? new MomentTest((in moment) => answers[(int)moment.State.AppState])
            : new MomentTest((in moment) => answers[(int)moment.State.InstallSource]);
    }

    private static BoundTruth Flag(OfMoment<Tri> test) => new(new MomentTest(test));
}
