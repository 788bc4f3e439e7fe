namespace Nightjar.Knowledge;

/// <summary>What an app is for.</summary>
/// <param name="Name">For example <c>file_sync</c>.</param>
/// <param name="Meaning">One line for people.</param>
/// <param name="Expects">Names of the service classes that an app of this role talks to in the course of its work, sorted.</param>
public sealed record AppRole(string Name, string Meaning, IReadOnlyList<string> Expects);

/// <summary>Which roles an app has: from the list of well-known apps, else from its store category, else <see cref="Unknown"/>.</summary>
/// <remarks>A package name can be forged by whoever installs from outside a store; a role is a reason to be quiet only where the installer is known.</remarks>
public sealed class AppRoles
{
    /// <summary>The role of an app of which nothing is known.</summary>
    public const string Unknown = "unknown";

    private static readonly string[] OnlyUnknown = [Unknown];
    private readonly SortedDictionary<string, AppRole> roles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> apps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> categories = new(StringComparer.Ordinal);

    private AppRoles() => roles[Unknown] = new AppRole(Unknown, "Nothing is known of what the app is for.", []);

    /// <summary>Every role, <see cref="Unknown"/> among them, by name.</summary>
    public IReadOnlyCollection<AppRole> Roles => roles.Values;

    /// <summary>Every well-known app with its roles, by package name or bundle id.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Apps =>
        [.. apps.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => new KeyValuePair<string, IReadOnlyList<string>>(a.Key, a.Value))];

    /// <summary>The role with this name; null when there is none.</summary>
    public AppRole? Find(string name) => roles.GetValueOrDefault(name);

    /// <summary>The names of the roles of an app, sorted, at least one. The category counts only for an app that is not listed.</summary>
    /// <param name="appUid">Package name or bundle id.</param>
    /// <param name="category">Store category as any store or platform writes it (<c>COMMUNICATION</c>, <c>Social Networking</c>,
    /// <c>public.app-category.finance</c>); null or empty when not known.</param>
    public IReadOnlyList<string> RolesOf(string appUid, string? category) =>
        apps.TryGetValue(appUid, out var listed) ? listed
        : string.IsNullOrEmpty(category) ? OnlyUnknown
        : categories.GetValueOrDefault(Category(category), OnlyUnknown);

    /// <summary>True when an app with this role talks to this service class in the course of its work.</summary>
    public bool Expects(string role, string serviceClass) => roles.TryGetValue(role, out var found) && found.Expects.Contains(serviceClass);

    internal static AppRoles Read(ReferenceFiles files, ServiceClasses services)
    {
        var result = new AppRoles();
        foreach (var file in files.Yaml("app-roles"))
        {
            file.Expect(file.Root, "about", "roles", "apps", "categories");
            result.ReadRoles(file, services);
            result.ReadMembers(file, "apps", result.apps, IsApp, text => text);
            result.ReadMembers(file, "categories", result.categories, text => Category(text).Length > 0, Category);
        }
        return result;
    }

    /// <summary>One spelling for a category: lower case words joined by underscores, without the platform's prefix.</summary>
    internal static string Category(string text)
    {
        var lower = text.AsSpan(0, Math.Min(text.Length, 128)).ToString().ToLowerInvariant();
        foreach (var prefix in new[] { "public.app-category.", "category_" })
            if (lower.StartsWith(prefix, StringComparison.Ordinal)) lower = lower[prefix.Length..];
        var words = new string([.. lower.Select(c => char.IsAsciiLetterOrDigit(c) ? c : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return string.Join('_', words.Where(word => word != "and"));
    }

    private void ReadRoles(YamlFile file, ServiceClasses services)
    {
        foreach (var (name, value) in file.Entries(file.Root, "roles"))
        {
            if (!file.IsName(name) || file.Map(value) is not { } map) continue;
            file.Expect(map, "meaning", "expects");
            var expects = file.Texts(map, "expects").Where(text => IsClass(file, text, services)).Select(text => text.Text);
            roles[name.Text] = new AppRole(name.Text, file.Text(map, "meaning", required: true)?.Text ?? "", [.. expects.Distinct().Order(StringComparer.Ordinal)]);
        }
    }

    private static bool IsClass(YamlFile file, YamlScalar text, ServiceClasses services)
    {
        if (services.Find(text.Text) is not null) return true;
        file.Report(ReferenceRules.UnknownName, text, $"No service class is called '{YamlText.Excerpt(text.Text)}'.");
        return false;
    }

    private void ReadMembers(YamlFile file, string key, Dictionary<string, string[]> into, Func<string, bool> isValid, Func<string, string> normal)
    {
        foreach (var (role, list) in file.Entries(file.Root, key))
        {
            if (!roles.ContainsKey(role.Text))
            {
                file.Report(ReferenceRules.UnknownName, role, $"No role is called '{YamlText.Excerpt(role.Text)}'.",
                    $"Known are: {string.Join(", ", roles.Keys)}.");
                continue;
            }
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var text in file.Texts(list))
            {
                if (!isValid(text.Text)) file.Report(ReferenceRules.BadValue, text, $"'{YamlText.Excerpt(text.Text)}' is no entry for {key}.");
                else if (!seen.Add(normal(text.Text))) file.Report(ReferenceRules.Duplicate, text, $"'{text.Text}' stands under {role.Text} a second time.");
                else Join(into, normal(text.Text), role.Text);
            }
        }
    }

    private static void Join(Dictionary<string, string[]> into, string member, string role)
    {
        var known = into.GetValueOrDefault(member, []);
        if (!known.Contains(role)) into[member] = [.. known.Append(role).Order(StringComparer.Ordinal)];
    }

    private static bool IsApp(string text) =>
        text.Length is > 2 and <= 255 && text.Contains('.', StringComparison.Ordinal) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-');
}
