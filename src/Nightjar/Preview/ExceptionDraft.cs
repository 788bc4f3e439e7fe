using System.Text;
using Nightjar.Knowledge;
using Nightjar.Policies;

namespace Nightjar.Preview;

/// <summary>Makes of some matches of one analytic and app the narrowest exception that covers them all.</summary>
internal sealed class ExceptionDraft(Policy policy, SuggestionDates dates)
{
    // More devices than a person would read are named by a group of the policy, where one holds them all.
    private const int MostDevices = 8;
    private const int LongestName = 40;

    private readonly Membership _membership = new(policy);

    public ExceptionEntry Of(IReadOnlyList<JudgedMatch> matches)
    {
        var (analytic, app) = (matches[0].Analytic, matches[0].Who.App);
        string[] devices = [.. Distinct(matches.Select(match => match.Who.Device.Uid))];
        var group = devices.Length > MostDevices ? GroupOf(matches) : null;
        return new ExceptionEntry
        {
            Id = NameOf(analytic, app),
            Analytics = [analytic],
            Scope = new PolicyScope(app.Length == 0 ? [] : [app], [], group is null ? [] : [group]),
            Signer = app.Length == 0 ? null : SignerOf(matches[0]),
            Devices = group is null ? [.. devices.Select(Literal)] : [],
            Destinations = matches.All(match => match.Destinations.Count > 0) ? [.. Distinct(matches.SelectMany(match => match.Destinations))] : [],
            Paths = matches.All(match => match.Paths.Count > 0) ? PathStems.Of(Distinct(matches.SelectMany(match => match.Paths)), app) : [],
            Reason = "", Owner = "", Created = dates.Created, Expires = dates.Expires, Place = new PolicyPlace("suggestion", 1, 1),
        };
    }

    /// <summary>The SHA-256 of the signer that telemetry told; null when it told none.</summary>
    public static string? SignerOf(JudgedMatch match) => match.Who.Signer is { } told ? SignerText.Normal(told) : null;

    /// <summary>A text as a pattern that stands for it alone.</summary>
    public static string Literal(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal);

    private string? GroupOf(IReadOnlyList<JudgedMatch> matches)
    {
        IEnumerable<string>? common = null;
        foreach (var match in matches)
        {
            var groups = _membership.Of(match.Who.Device);
            common = common is null ? groups : [.. common.Intersect(groups, StringComparer.Ordinal)];
        }
        return common?.Order(StringComparer.Ordinal).FirstOrDefault();
    }

    private static string NameOf(string analytic, string app)
    {
        var parts = app.Split('.', StringSplitOptions.RemoveEmptyEntries);
        var name = new string([.. string.Join('-', parts.TakeLast(2)).ToLowerInvariant().Where(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_').Take(LongestName)]);
        var uid = new string([.. analytic.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit).Take(16)]);
        return name.Length == 0 ? uid : $"{name}-{uid}";
    }

    private static IEnumerable<string> Distinct(IEnumerable<string> texts) => texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}

/// <summary>Names paths exactly; those of the app's own folder that differ in numbers only, by what they have in common.</summary>
internal static class PathStems
{
    public static IReadOnlyList<string> Of(IEnumerable<string> paths, string app) =>
    [
        .. paths.GroupBy(path => Stem(path, app), StringComparer.Ordinal).Select(group => group.Count() > 1 ? group.Key : ExceptionDraft.Literal(group.First())).Order(StringComparer.Ordinal),
    ];

    // Numbers within the name of the app belong to the name.
    private static string Stem(string path, string app)
    {
        var own = app.Length == 0 ? -1 : path.IndexOf($"/{app}/", StringComparison.Ordinal);
        if (own < 0) return ExceptionDraft.Literal(path);
        var stem = new StringBuilder(ExceptionDraft.Literal(path[..(own + app.Length + 2)]));
        for (var i = own + app.Length + 2; i < path.Length; i++)
        {
            if (!char.IsAsciiDigit(path[i])) stem.Append(ExceptionDraft.Literal(path[i].ToString()));
            else if (!char.IsAsciiDigit(path[i - 1])) stem.Append('*');
        }
        return stem.ToString();
    }
}
