namespace Nightjar.Knowledge;

/// <summary>A kind of service on the internet.</summary>
/// <param name="Name">For example <c>cloud_storage</c>.</param>
/// <param name="Watched">True where an app that has no business with it is worth a look; false for what every app talks to.</param>
/// <param name="Meaning">One line for people.</param>
public sealed record ServiceClass(string Name, bool Watched, string Meaning);

/// <summary>Which kind of service a host belongs to, by the longest known suffix on label boundaries.</summary>
public sealed class ServiceClasses
{
    private readonly SortedDictionary<string, ServiceClass> classes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServiceClass> suffixes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ServiceClass>.AlternateLookup<ReadOnlySpan<char>> lookup;

    private ServiceClasses() => lookup = suffixes.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Every class, by name.</summary>
    public IReadOnlyCollection<ServiceClass> Classes => classes.Values;

    /// <summary>Every known suffix with its class, by suffix.</summary>
    public IReadOnlyList<KeyValuePair<string, ServiceClass>> Suffixes => [.. suffixes.OrderBy(s => s.Key, StringComparer.Ordinal)];

    /// <summary>The class with this name; null when there is none.</summary>
    public ServiceClass? Find(string name) => classes.GetValueOrDefault(name);

    /// <summary>The class of a host; null when no suffix of it is known.
    /// <c>api.dropbox.com</c> is <c>cloud_storage</c>, <c>notdropbox.com</c> is nothing.</summary>
    public ServiceClass? ClassOf(string host)
    {
        for (ReadOnlySpan<char> rest = HostName.Normal(host); !rest.IsEmpty; rest = HostName.Parent(rest))
            if (lookup.TryGetValue(rest, out var found)) return found;
        return null;
    }

    internal static ServiceClasses Read(ReferenceFiles files)
    {
        var result = new ServiceClasses();
        foreach (var file in files.Yaml("service-classes"))
        {
            file.Expect(file.Root, "about", "classes", "suffixes");
            result.ReadClasses(file);
            result.ReadSuffixes(file);
        }
        return result;
    }

    private void ReadClasses(YamlFile file)
    {
        foreach (var (name, value) in file.Entries(file.Root, "classes"))
        {
            if (!file.IsName(name) || file.Map(value) is not { } map) continue;
            file.Expect(map, "watched", "meaning");
            classes[name.Text] = new ServiceClass(name.Text, file.YesNo(map, "watched") ?? false, file.Text(map, "meaning", required: true)?.Text ?? "");
        }
    }

    private void ReadSuffixes(YamlFile file)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, hosts) in file.Entries(file.Root, "suffixes", required: true))
        {
            if (!classes.TryGetValue(name.Text, out var found))
            {
                file.Report(ReferenceRules.UnknownName, name, $"No class is called '{YamlText.Excerpt(name.Text)}'.",
                    $"Known are: {string.Join(", ", classes.Keys)}.");
                continue;
            }
            foreach (var host in file.Texts(hosts)) Add(file, host, found, seen);
        }
    }

    private void Add(YamlFile file, YamlScalar host, ServiceClass found, HashSet<string> seen)
    {
        var suffix = HostName.Normal(host.Text);
        if (!HostName.IsValid(suffix))
            file.Report(ReferenceRules.BadValue, host, $"'{YamlText.Excerpt(host.Text)}' is no host suffix.",
                "Write it like example.com, without scheme, port, path or asterisk.");
        else if (!seen.Add(suffix))
            file.Report(ReferenceRules.Duplicate, host, $"The suffix '{suffix}' stands in this file a second time.");
        else suffixes[suffix] = found;
    }
}
