using System.Text;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Policies.Reading;

/// <summary>Reads the <c>exceptions</c> of a policy.</summary>
internal sealed class ExceptionReading(Words words, Func<AuthorMap, IReadOnlyList<string>, PolicyScope> scope)
{
    private const int LongestId = 60;

    public List<ExceptionEntry> Read(IEnumerable<AuthorMap> maps)
    {
        var result = new List<ExceptionEntry>();
        foreach (var map in maps)
        {
            var exception = One(map);
            map.Close();
            if (exception.Id.Length > 0 && result.Exists(other => other.Id == exception.Id))
                words.Mistakes.Add(PolicyRules.DuplicateName, map.Node, $"`{exception.Id}` is the id of another exception too.");
            result.Add(exception);
        }
        return result;
    }

    private ExceptionEntry One(AuthorMap map)
    {
        var id = map.RequireText("id");
        if (id.Length > LongestId || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            words.Mistakes.Add(PolicyRules.BadValue, map.Node, $"`{YamlText.Excerpt(id)}` is no id.", $"Write letters, digits, hyphens, dots and underscores, at most {LongestId}.");
        var exception = new ExceptionEntry
        {
            Id = id,
            Analytics = words.Analytics(map),
            Scope = scope(map, []),
            Signer = words.Signer(map),
            Devices = Words.Texts(map, "devices"),
            Destinations = words.Hosts(map, "destinations"),
            Paths = words.Paths(map, "paths"),
            Reason = map.RequireText("reason"),
            Owner = map.RequireText("owner"),
            Created = Day(map, "created"),
            Expires = Day(map, "expires"),
            Place = words.Place(map.Node),
        };
        if (exception.Signer is not null && exception.Scope.Apps.Count == 0)
            words.Mistakes.Add(PolicyRules.MissingKey, map.Node, "A signer is stated and no app.", "State in `apps` whose signer it is.");
        if (exception.Expires != Instant.Min && exception.Expires <= exception.Created)
            words.Mistakes.Add(PolicyRules.AlreadyOver, map.Node, $"`{id}` expires no later than it was created.");
        return exception;
    }

    // A day is its beginning in UTC: nothing of the day of expiry is hidden.
    private Instant Day(AuthorMap map, string key)
    {
        if (map.Require(key) is not { } node || map.Text(key) is not { } text) return Instant.Min;
        if (DateText.Parse(text.Text) is { } time) return time;
        words.Mistakes.Add(PolicyRules.BadValue, node, $"`{key}` is `{YamlText.Excerpt(text.Text)}`, which is no day.", "Write a day such as 2027-03-31; it is its beginning in UTC.");
        return Instant.Min;
    }
}

/// <summary>Days and times as a policy writes them.</summary>
public static class DateText
{
    /// <summary>A day, which is its beginning in UTC, or a time of RFC 3339; null when it is neither.</summary>
    public static Instant? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var whole = text.Length == 10 ? text + "T00:00:00Z" : text;
        return TimeText.TryParse(Encoding.UTF8.GetBytes(whole), TimeSpan.Zero, out var time, out _) ? time : null;
    }

    /// <summary>The day of a moment, <c>2027-03-31</c>.</summary>
    public static string Day(Instant time) => time.ToString()[..10];
}
