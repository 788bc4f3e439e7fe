using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Policies.Reading;

/// <summary>Reads one policy file from top to bottom.</summary>
internal sealed class PolicyFileReading
{
    /// <summary>Platforms by the words of a policy.</summary>
    public static readonly IReadOnlyDictionary<string, Platform> Platforms =
        new Dictionary<string, Platform>(StringComparer.Ordinal) { ["android"] = Platform.Android, ["ios"] = Platform.IOS, ["ipados"] = Platform.IPadOS };

    private readonly AuthorMap _top;
    private readonly AuthorMistakes _mistakes;
    private readonly Words _words;
    private readonly HashSet<string> _groups = new(StringComparer.Ordinal);

    public PolicyFileReading(AuthorMap top, ReferenceData reference)
    {
        _top = top;
        _mistakes = top.Mistakes;
        _words = new Words(_mistakes, reference);
    }

    public Policy Read(string sha256)
    {
        var name = _top.RequireText("policy");
        _top.Text("description");
        var groups = Groups();
        var (baseline, stated) = BaselineReading.Read(_top.Map("baseline"), _words);
        var policy = new Policy
        {
            Name = name,
            File = _mistakes.File,
            Sha256 = sha256,
            Groups = groups,
            Apps = [.. _top.Maps("apps").Select(App)],
            Unlisted = Unlisted(_top.Map("unlisted_apps")),
            Allowances = [.. _top.Maps("allow").Select(Allow)],
            Tunables = [.. _top.Maps("tunables").Select(Tunables)],
            Baseline = baseline,
            BaselineStated = stated,
            Exceptions = new ExceptionReading(_words, Scope).Read(_top.Maps("exceptions")),
        };
        _top.Close();
        return policy;
    }

    private List<DeviceGroup> Groups()
    {
        var result = new List<DeviceGroup>();
        foreach (var (key, value) in _top.Map("groups")?.Node.Entries ?? [])
        {
            _words.Name(key, "a group");
            _groups.Add(key.Text);
            if (value is YamlMap map) result.Add(Group(key, new AuthorMap(map, _mistakes)));
            else _mistakes.Add(PolicyRules.WrongShape, value, $"The group `{key.Text}` is {value.Shape} where a map is expected.");
        }
        return result;
    }

    private DeviceGroup Group(YamlScalar name, AuthorMap map)
    {
        var platforms = _words.Known(map.Texts("platforms"), Platforms.Keys, PolicyRules.BadValue, "platform").Where(Platforms.ContainsKey).Select(word => Platforms[word]);
        var group = new DeviceGroup(
            name.Text, Words.Texts(map, "devices"), [.. platforms], Words.Texts(map, "telemetry_groups"), map.Choice("managed"), Place(name));
        map.Close();
        if (map.Node.Entries.Count == 0)
            _mistakes.Add(PolicyRules.NothingStated, name, $"The group `{name.Text}` states no condition.", "State `devices`, `platforms`, `telemetry_groups` or `managed`.");
        return group;
    }

    private AppEntry App(AuthorMap map)
    {
        var apps = _words.Apps(map, "app");
        if (apps.Count == 0) map.Require("app");
        var entry = new AppEntry(apps, _words.Signer(map), Roles(map), map.Choice("approved"), map.Choice("managed"), Place(map.Node));
        map.Text("reason");
        map.Close();
        if (entry.Roles.Count == 0 && entry.IsApproved is null && entry.IsManaged is null)
            _mistakes.Add(PolicyRules.NothingStated, map.Node, $"Nothing is said of `{string.Join(", ", apps)}`.", "State `roles`, `approved` or `managed`.");
        return entry;
    }

    private static UnlistedApps Unlisted(AuthorMap? map)
    {
        var result = new UnlistedApps(map?.Choice("approved"), map?.Choice("managed"));
        map?.Close();
        return result;
    }

    private Allowance Allow(AuthorMap map)
    {
        var classes = _words.Known(map.Texts("service_classes"), _words.Reference.ServiceClasses.Classes.Select(item => item.Name), PolicyRules.UnknownServiceClass, "service class");
        var entry = new Allowance(Scope(map), classes, _words.Hosts(map, "destinations"), map.Text("reason")?.Text ?? "", Place(map.Node));
        map.Close();
        if (entry.ServiceClasses.Count + entry.Destinations.Count == 0)
            _mistakes.Add(PolicyRules.NothingStated, map.Node, "The entry allows nothing.", "State `service_classes` or `destinations`.");
        return entry;
    }

    private TunableEntry Tunables(AuthorMap map)
    {
        var analytics = _words.Analytics(map);
        var scope = Scope(map);
        var values = new List<TunableText>();
        map.Require("set");
        foreach (var (key, value) in map.Map("set")?.Node.Entries ?? [])
        {
            IReadOnlyList<string> texts = value switch
            {
                YamlScalar one => [one.Text],
                YamlList list => [.. list.Items.OfType<YamlScalar>().Select(item => item.Text)],
                _ => [],
            };
            if (value is YamlMap || value is YamlList items && items.Items.Any(item => item is not YamlScalar))
                _mistakes.Add(PolicyRules.WrongShape, value, $"`{key.Text}` is {value.Shape} where a value or a list of values is expected.");
            values.Add(new TunableText(key.Text, texts, Place(key)));
        }
        map.Text("reason");
        map.Close();
        return new TunableEntry(analytics, scope, values, Place(map.Node));
    }

    private PolicyScope Scope(AuthorMap map) => Scope(map, Roles(map));

    private PolicyScope Scope(AuthorMap map, IReadOnlyList<string> roles) =>
        new(_words.Apps(map, "apps"), roles, _words.Known(map.Texts("groups"), _groups, PolicyRules.UnknownGroup, "group"));

    private IReadOnlyList<string> Roles(AuthorMap map) =>
        _words.Known(map.Texts("roles"), _words.Reference.AppRoles.Roles.Select(role => role.Name), PolicyRules.UnknownRole, "role");

    private PolicyPlace Place(YamlNode node) => _words.Place(node);
}
