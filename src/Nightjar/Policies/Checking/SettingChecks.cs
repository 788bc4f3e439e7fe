using Nightjar.Analytics;
using Nightjar.Knowledge;

namespace Nightjar.Policies.Checking;

/// <summary>What is wrong with the values of a policy once it is known which tunable each is for.</summary>
internal static class SettingChecks
{
    public static void Check(Policy policy, IReadOnlyList<PolicySetting> settings, IReadOnlyList<Analytic> analytics, AuthorMistakes mistakes)
    {
        foreach (var same in settings.GroupBy(setting => (setting.Analytic, setting.Tunable)))
        {
            PolicySetting[] all = [.. same];
            for (var later = 1; later < all.Length; later++)
            {
                for (var earlier = 0; earlier < later; earlier++) Compare(all[earlier], all[later], mistakes);
            }
        }
        foreach (var entry in policy.Tunables) Reach(policy, entry.Analytics, entry.Scope, entry.Place, analytics, mistakes);
        foreach (var exception in policy.Exceptions) Reach(policy, exception.Analytics, exception.Scope, exception.Place, analytics, mistakes);
    }

    private static void Compare(PolicySetting earlier, PolicySetting later, AuthorMistakes mistakes)
    {
        if (Precedence.RankOf(earlier.Entry.Scope) != Precedence.RankOf(later.Entry.Scope) || Resolution.IsNamed(earlier) != Resolution.IsNamed(later)) return;
        var meeting = Scopes.Meet(earlier.Entry.Scope, later.Entry.Scope);
        if (meeting == Meeting.Never) return;
        var place = later.Text.Place;
        var isEqual = earlier.Value.ToString() == later.Value.ToString();
        var told = $"`{later.Tunable}` of {later.Analytic} for {later.Entry.Scope} is {later.Value}, and {earlier.Value} in line {earlier.Text.Place.Line}";
        if (isEqual && meeting == Meeting.Surely)
            mistakes.Add(PolicyRules.Shadowed, place.Line, place.Column, $"`{later.Tunable}` of {later.Analytic} for {later.Entry.Scope} is set in line {earlier.Text.Place.Line} already.");
        else if (!isEqual && meeting == Meeting.Surely)
            mistakes.Add(PolicyRules.Conflict, place.Line, place.Column, told + ".");
        else if (!isEqual)
            mistakes.Add(PolicyRules.MayConflict, place.Line, place.Column, $"{told} for {earlier.Entry.Scope}.");
    }

    // A group of iPhones never meets an analytic for Android.
    private static void Reach(Policy policy, IReadOnlyList<string> uids, PolicyScope scope, PolicyPlace place, IReadOnlyList<Analytic> analytics, AuthorMistakes mistakes)
    {
        var groups = policy.Groups.Where(group => scope.Groups.Contains(group.Name)).ToArray();
        if (uids.Count == 0 || groups.Length == 0 || groups.Any(group => group.Platforms.Count == 0)) return;
        var platforms = groups.SelectMany(group => group.Platforms).ToHashSet();
        foreach (var analytic in analytics.Where(item => uids.Contains(item.Uid) && !item.Platforms.Any(platforms.Contains)))
            mistakes.Add(PolicyRules.NeverApplies, place.Line, place.Column, $"{analytic.Uid} is for other platforms than the devices of {string.Join(", ", scope.Groups)}.");
    }
}
