namespace Nightjar.Knowledge;

/// <summary>What a function of the operating system or of a widespread library is for.</summary>
/// <param name="Name">For example <c>code.load</c>.</param>
/// <param name="Meaning">One line for people.</param>
public sealed record ApiFamily(string Name, string Meaning);

/// <summary>Which families a function belongs to, whatever spelling the instrumentation prints.</summary>
public sealed class ApiFamilies
{
    private const string Folder = "api-families/";
    private readonly SortedDictionary<string, ApiFamily> families = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> functions = new(StringComparer.Ordinal);

    private ApiFamilies() { }

    /// <summary>Every family, by name.</summary>
    public IReadOnlyCollection<ApiFamily> Families => families.Values;

    /// <summary>Every known function in its one spelling with its families, by function.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Functions =>
        [.. functions.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new KeyValuePair<string, IReadOnlyList<string>>(f.Key, f.Value))];

    /// <summary>The family with this name; null when there is none.</summary>
    public ApiFamily? Find(string name) => families.GetValueOrDefault(name);

    /// <summary>The names of the families of a function, sorted; none when it is not known. Parameter lists, Smali, slashes, <c>$init</c>,
    /// library prefixes and the sign of an Objective-C method make no difference.</summary>
    public IReadOnlyList<string> FamiliesOf(string function) => functions.GetValueOrDefault(FunctionName.Normal(function), []);

    internal static ApiFamilies Read(ReferenceFiles files)
    {
        var result = new ApiFamilies();
        foreach (var file in files.Yaml(Folder + "families"))
        {
            file.Expect(file.Root, "about", "families");
            foreach (var (name, meaning) in file.Entries(file.Root, "families", required: true))
                if (file.IsName(name) && file.Text(meaning) is { } text) result.families[name.Text] = new ApiFamily(name.Text, text.Text);
        }
        foreach (var file in files.YamlUnder(Folder, except: Folder + "families"))
        {
            file.Expect(file.Root, "about", "functions");
            result.ReadFunctions(file);
        }
        return result;
    }

    private void ReadFunctions(YamlFile file)
    {
        foreach (var (family, list) in file.Entries(file.Root, "functions", required: true))
        {
            if (!families.ContainsKey(family.Text))
            {
                file.Report(ReferenceRules.UnknownName, family, $"No family is called '{YamlText.Excerpt(family.Text)}'.",
                    $"Declare it in {Folder}families.yml, or correct its spelling.");
                continue;
            }
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (var function in file.Texts(list)) Add(file, function, family.Text, seen);
        }
    }

    private void Add(YamlFile file, YamlScalar text, string family, HashSet<string> seen)
    {
        var function = FunctionName.Normal(text.Text);
        if (function.Length < 3 || function.Any(char.IsControl))
            file.Report(ReferenceRules.BadValue, text, $"'{YamlText.Excerpt(text.Text)}' names no function.",
                "Write it like java.net.Socket.connect, dlopen or -[NSBundle load].");
        else if (!seen.Add(function))
            file.Report(ReferenceRules.Duplicate, text, $"The function '{YamlText.Excerpt(text.Text)}' stands in {family} a second time.");
        else
        {
            var known = functions.GetValueOrDefault(function, []);
            if (!known.Contains(family)) functions[function] = [.. known.Append(family).Order(StringComparer.Ordinal)];
        }
    }
}
