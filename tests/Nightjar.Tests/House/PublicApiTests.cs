using System.Reflection;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.House;

/// <summary>What others build on changes only on purpose: the approved form lies beside this test.</summary>
/// <remarks><c>NIGHTJAR_APPROVE=1 ./test unit PublicApi</c> takes the present form over; then read the difference and commit it.</remarks>
public class PublicApiTests
{
    public static TheoryData<string> Libraries => ["Nightjar", "Nightjar.Sources"];

    [Theory]
    [MemberData(nameof(Libraries))]
    public void The_public_api_is_the_approved_one(string library)
    {
        var file = Path.Combine(Repository.Root, "tests/Nightjar.Tests/House/public-api", library + ".txt");
        var actual = PublicApi.Of(Assembly.Load(library));
        if (Approval.IsAsked) File.WriteAllText(file, actual);
        var approved = File.Exists(file) ? File.ReadAllText(file) : "";
        Complaints.None(Approval.Differences(approved, actual));
    }

    [Fact]
    public void A_changed_promise_is_told_line_by_line() =>
        Assert.Equal(
            ["added:   class C: bool A(string? b)", "missing: class C: bool A(string b)"],
            Approval.Differences("class C\n    bool A(string b)\n", "class C\n    bool A(string? b)\n"));

    [Fact]
    public void Members_are_written_as_they_are_declared()
    {
        var lines = PublicApi.Of(typeof(EventBatch).Assembly).Split('\n', StringSplitOptions.TrimEntries);
        Assert.Contains("sealed class Nightjar.Events.EventBatch", lines);
        Assert.Contains("const int MaxListItems = 256", lines);
        Assert.Contains("void Set(FieldId field, ReadOnlySpan<byte> utf8)", lines);
        Assert.Contains("void Set(FieldId field, string? text)", lines);
        Assert.Contains("readonly record struct Nightjar.Events.Symbol", lines);
        Assert.Contains("static int Compare(in EventHeader a, in EventHeader b)", lines);
        Assert.Contains("bool TryGetInteger(FieldId field, out long value)", lines);
        Assert.Contains("ref readonly EventHeader Header { get; }", lines);
    }

    [Fact]
    public void Every_approved_file_belongs_to_a_library() =>
        Complaints.None(
            from path in Repository.FilesUnder("tests/Nightjar.Tests/House/public-api", ".txt")
            where !Libraries.Any(library => path.EndsWith($"/{library.Data}.txt", StringComparison.Ordinal))
            select $"{path} is nobody's.");
}
