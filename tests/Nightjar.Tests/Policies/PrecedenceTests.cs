using System.Globalization;
using System.Text;
using Nightjar.Policies;
using Xunit;

namespace Nightjar.Tests.Policies;

/// <summary>Which of several values wins, held against a plain reading of the documented table.</summary>
public sealed class PrecedenceTests
{
    private const string Head =
        """
        policy: drawn
        groups: {g1: {devices: [d1]}, g2: {devices: [d2]}}
        tunables:

        """;

    private static readonly string[] Apps = ["", "[com.a]", "[com.b]", "['com.*']", "['com.a*']"];
    private static readonly string[] Roles = ["", "[browser]", "[mail]"];
    private static readonly string[] Groups = ["", "[g1]", "[g2]", "[g1, g2]"];

    [Fact]
    public void The_winner_is_that_of_the_table()
    {
        var decided = 0;
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var (text, entries) = Draw(random);
            if (SomePolicy.Read(text).Policy is null) continue;
            var resolution = new Resolution(SomePolicy.Bind(text));
            foreach (var app in (string[])["com.a", "com.ab", "com.b", "net.c", ""])
            {
                string[] roles = random.Next(2) == 0 ? ["browser"] : ["mail", "browser"], groups = random.Next(2) == 0 ? ["g1"] : random.Next(2) == 0 ? ["g1", "g2"] : [];
                var expected = Plain(entries, app, roles, groups);
                var told = resolution.Of("AN1848", app, roles, groups).FirstOrDefault(item => item.Tunable == "TimeWindow")?.Value.ToString();
                Assert.True(expected == told, $"seed {seed}, app {app}, roles {string.Join(',', roles)}, groups {string.Join(',', groups)}: {expected} and not {told}\n{text}");
                if (expected is not null) decided++;
            }
        }
        Assert.True(decided > 300, $"{decided} decided");
    }

    [Theory]
    [InlineData("TimeWindow")]
    [InlineData("TimeWindowSeconds")]
    [InlineData("time-window")]
    [InlineData("TIMEWINDOW")]
    public void An_alias_means_the_tunable(string name)
    {
        var bound = SomePolicy.Bind(SomePolicy.Good.Replace("TimeWindow: 10m", $"{name}: 10m", StringComparison.Ordinal));
        Assert.Equal("TimeWindow", bound.Settings[0].Tunable);
    }

    [Fact]
    public void All_analytics_that_have_a_tunable_get_its_value()
    {
        var bound = SomePolicy.Bind("policy: a\ntunables: [{analytics: all, set: {TimeWindow: 3m}}]");
        Assert.Equal(SomePolicy.Analytics.Where(item => item.Tunables.Any(tunable => tunable.Name is "TimeWindow" or "TimeWindowSeconds")).Select(item => item.Uid), bound.Settings.Select(item => item.Analytic));
    }

    // Entries are drawn in the order of the file, so that the last of equals is the later.
    private static string? Plain(IReadOnlyList<Drawn> entries, string app, string[] roles, string[] groups) => entries
        .Where(item => item.Apps is null || app.Length > 0 && item.Apps.EndsWith('*') && app.StartsWith(item.Apps[..^1], StringComparison.Ordinal) || item.Apps == app)
        .Where(item => (item.Role is null || roles.Contains(item.Role)) && (item.Groups.Length == 0 || item.Groups.Any(groups.Contains)))
        .OrderBy(item => Table(item)).ThenBy(item => item.Apps is null ? 0 : item.Apps.EndsWith('*') ? item.Apps.Length : 1000).ThenBy(item => item.IsNamed).ThenBy(item => item.Number)
        .LastOrDefault()?.Value;

    private static int Table(Drawn item) => (item.Apps is not null, item.Groups.Length > 0, item.Role is not null) switch
    {
        (true, true, true) => 8, (true, true, false) => 7, (true, false, true) => 6, (true, false, false) => 5,
        (false, true, true) => 4, (false, true, false) => 3, (false, false, true) => 2, _ => 1,
    };

    private static (string Text, IReadOnlyList<Drawn> Entries) Draw(Random random)
    {
        var text = new StringBuilder(Head);
        var entries = new List<Drawn>();
        for (var i = 0; i < 1 + random.Next(6); i++)
        {
            var (app, role, group, isNamed) = (Apps[random.Next(Apps.Length)], Roles[random.Next(Roles.Length)], Groups[random.Next(Groups.Length)], random.Next(3) > 0);
            var value = (i + 1).ToString(CultureInfo.InvariantCulture) + "m";
            text.Append(CultureInfo.InvariantCulture, $"- {{analytics: {(isNamed ? "[AN1848]" : "all")}{Key("apps", app)}{Key("roles", role)}{Key("groups", group)}, set: {{TimeWindow: {value}}}}}\n");
            entries.Add(new Drawn(i, Name(app), Name(role), group.Length == 0 ? [] : group.Trim('[', ']').Split(", "), isNamed, value));
        }
        return (text.ToString(), entries);
    }

    private static string Key(string key, string value) => value.Length == 0 ? "" : $", {key}: {value}";

    private static string? Name(string list) => list.Length == 0 ? null : list.Trim('[', ']').Trim('\'');

    private sealed record Drawn(int Number, string? Apps, string? Role, string[] Groups, bool IsNamed, string Value);
}
