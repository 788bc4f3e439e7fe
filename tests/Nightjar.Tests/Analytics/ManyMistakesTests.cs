using Nightjar.Analytics;
using Nightjar.Analytics.Reading;
using Nightjar.Knowledge;
using Nightjar.Scenarios;
using Nightjar.Scenarios.Reading;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Analytics;

/// <summary>A folder full of mistakes, all told in one run, each with its number, place, effect and hint.</summary>
/// <remarks><c>NIGHTJAR_APPROVE=1 ./test unit ManyMistakes</c> takes the present words over; then read the difference and commit it.</remarks>
public sealed class ManyMistakesTests
{
    private const string Folder = "tests/Nightjar.Tests/Analytics/Mistakes";
    private const string Golden = Folder + "/mistakes.golden.txt";

    private static readonly Lazy<IReadOnlyList<Diagnostic>> Told = new(() => ScenarioSuite.Check(
        Repository.FilesUnder(Folder, "").Where(path => path.Contains("/scenarios/", StringComparison.Ordinal)).Select(path => new ScenarioSource(path[(Folder.Length + 1)..], Repository.Read(path))),
        Repository.FilesUnder(Folder, "/analytic.yml").Select(path => new AnalyticSource(path[(Folder.Length + 1)..], Repository.Read(path))),
        ReferenceData.Shipped));

    [Fact]
    public void Fifty_different_mistakes_are_fifty_numbers_in_one_run()
    {
        var numbers = Told.Value.Select(item => item.Code).Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.True(numbers.Length >= 50, $"There are {numbers.Length}.");
        Assert.Equal(Rules.All.Concat(ScenarioRules.All).Select(rule => rule.Code).Order(StringComparer.Ordinal), numbers);
    }

    [Fact]
    public void Each_has_file_line_column_reason_effect_and_hint() =>
        Complaints.None(
            from item in Told.Value
            where item.File.Length == 0 || item.Line < 1 || item.Column < 1 || item.Reason.Length == 0 || item.Effect.Length == 0 || item.Hint.Length == 0
            select item.ToString());

    [Fact]
    public void Each_is_in_the_file_that_is_named_for_it() =>
        Complaints.None(
            from path in Repository.FilesUnder(Folder, "")
            let code = path[(Folder.Length + 1)..].Split('/', '-').FirstOrDefault(part => part.StartsWith("nj2", StringComparison.Ordinal))?.Split('.')[0].ToUpperInvariant()
            where code is not null && !Told.Value.Any(item => item.Code == code && path.EndsWith(item.File, StringComparison.Ordinal))
            select $"{path} is not told of as {code}.");

    [Fact]
    public void They_are_told_in_these_words()
    {
        var text = string.Concat(Told.Value.Select(item => item + "\n"));
        if (Approval.IsAsked) File.WriteAllText(Path.Combine(Repository.Root, Golden), text);
        Complaints.None(Approval.Differences(Repository.Read(Golden), text));
    }
}
