using System.Text.RegularExpressions;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.House;

/// <summary>The document of the outside contract says what the catalogue of fields and classes is.</summary>
public partial class ContractTests
{
    private static readonly string Text = Repository.Read("docs/contract.md");

    [Fact]
    public void Every_attribute_of_an_event_is_in_the_catalogue() =>
        Complaints.None(
            from heading in new[] { "| attribute | meaning |", "| attribute | values |", "| class / activity | event | data component | attributes used |" }
            from row in Rows(heading)
            from code in Code().Matches(heading.StartsWith("| class", StringComparison.Ordinal) ? row[^1] : row[0]).Select(match => match.Groups[1].Value)
            from path in Expanded(code)
            where IsPath(path) && !IsKnown(path)
            select $"`{path}` is no field.");

    [Fact]
    public void Every_class_of_an_event_is_known_and_fills_the_data_components_that_are_stated() =>
        Complaints.None(
            from row in Rows("| class / activity | event | data component | attributes used |")
            let kind = EventClasses.FromUid(long.Parse(row[0].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture))
            let stated = string.Join(", ", row[2].Split(", ").Order(StringComparer.Ordinal))
            let actual = string.Join(", ", ComponentsOf(kind, row[0]).Order(StringComparer.Ordinal))
            where kind == EventClass.Other || stated != actual
            select $"{row[0]}: the document says {stated}, the code {actual}.");

    [Theory]
    [InlineData("app_state", typeof(AppState))]
    [InlineData("install_source", typeof(InstallSource))]
    public void The_words_of_a_state_are_those_that_are_read(string attribute, Type words)
    {
        var row = Assert.Single(Rows("| attribute | values |"), row => row[0] == $"`{attribute}`");
        var known = Enum.GetValues(words).Cast<Enum>().Select(word => word is AppState state ? state.Name() : ((InstallSource)(object)word).Name());
        Assert.Equal(known.Except(["unknown"]), Code().Matches(row[1]).Select(match => match.Groups[1].Value));
    }

    private static IEnumerable<string[]> Rows(string heading) =>
        Text.Split('\n').SkipWhile(line => line != heading).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line[2..^2].Split(" | ", StringSplitOptions.TrimEntries));

    // "1001 / 1 Create, 3 Update" names activities 1 and 3; "any" stands for all.
    private static IEnumerable<string> ComponentsOf(EventClass kind, string cell)
    {
        var activities = Numbers().Matches(cell[cell.IndexOf('/', StringComparison.Ordinal)..]).Select(match => int.Parse(match.Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        if (activities.Count == 0) activities = [.. Enumerable.Range(0, 100)];
        return activities.Select(activity => EventClasses.Components(kind, activity)).SelectMany(set => set.Bits()).Distinct().Select(bit => DataComponentNames.Of(bit).Id);
    }

    private static IEnumerable<string> Expanded(string code)
    {
        var open = code.IndexOf('{', StringComparison.Ordinal);
        return open < 0 ? [code] : code[(open + 1)..code.IndexOf('}', StringComparison.Ordinal)].Split(',').Select(part => code[..open] + part);
    }

    private static bool IsPath(string code) => code.Contains('.', StringComparison.Ordinal) || code.Contains('_', StringComparison.Ordinal) || code.EndsWith("[]", StringComparison.Ordinal);

    private static bool IsKnown(string path)
    {
        if (path.EndsWith(".*", StringComparison.Ordinal)) return FieldCatalog.All.Any(field => field.Path.StartsWith(path[..^1], StringComparison.Ordinal));
        return IsWord(path) || FieldCatalog.Find(path) is not null || FieldCatalog.Find(path.Replace("[]", "", StringComparison.Ordinal)) is not null;
    }

    // Values that stand in the same cells as the attributes they are of.
    private static bool IsWord(string code) => code is "execute_no_trans" or "call_log";

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\b\d+\b")]
    private static partial Regex Numbers();
}
