using System.Reflection;
using System.Runtime.CompilerServices;
using Nightjar.Events;
using Nightjar.Sources;
using Xunit;

namespace Nightjar.Tests.House;

/// <summary>The walls of docs/architecture.md, over the compiled assemblies.</summary>
public class ArchitectureTests
{
    private const string SeededHouse = "Nightjar.Tests.House.Seeded";

    private static readonly Walls Walls = Walls.From(Repository.Read("docs/architecture.md"));

    private static readonly Assembly[] Ours = [typeof(EventBatch).Assembly, typeof(SourceCatalog).Assembly, Assembly.Load("Nightjar.Cli")];

    private static readonly IReadOnlyCollection<Reference> Mentions = [.. Ours.SelectMany(AssemblyReferences.Of)];

    private static readonly IReadOnlyCollection<Reference> SeededMentions = AssemblyReferences.Of(typeof(ArchitectureTests).Assembly);

    private static readonly BannedSymbols Banned = new(Repository.Read("src/Nightjar/BannedSymbols.txt"));

    public static TheoryData<string> SeededBreaches =>
        [.. typeof(ArchitectureTests).Assembly.GetTypes()
            .Where(type => type.Namespace == SeededHouse + ".Events" && !type.IsNested && type.Name.StartsWith("By", StringComparison.Ordinal))
            .Select(type => type.Name)];

    [Fact]
    public void No_room_knows_what_the_table_does_not_let_it_know() => Complaints.None(Walls.Breaches(Mentions));

    [Theory]
    [MemberData(nameof(SeededBreaches))]
    public void A_seeded_breach_is_caught(string type) =>
        Assert.Contains(
            Walls.Breaches(SeededMentions, SeededHouse),
            breach => breach.StartsWith($"Events may not know Findings: {SeededHouse}.Events.{type} ", StringComparison.Ordinal));

    [Fact]
    public void What_the_table_allows_is_no_breach() =>
        Assert.DoesNotContain(Walls.Breaches(SeededMentions, SeededHouse), breach => breach.StartsWith("Findings", StringComparison.Ordinal));

    [Fact]
    public void Every_type_of_ours_lies_in_a_room_of_the_table() =>
        Complaints.None(
            from type in Ours.SelectMany(assembly => assembly.GetTypes())
            where !type.IsNested && !type.IsDefined(typeof(CompilerGeneratedAttribute), false)
            where type.Namespace?.StartsWith("Nightjar", StringComparison.Ordinal) ?? type.Name != "Program"
            where !Walls.Rooms.ContainsKey(Walls.RoomOf(type.Namespace + ".") ?? "")
            select $"{type.FullName} lies in no room.");

    [Fact]
    public void Every_room_has_a_row_in_the_table() =>
        Complaints.None(
            from folder in Repository.Folders
            let parts = folder.Split('/')
            where parts is ["src", "Nightjar", _] || parts is ["src", not "Nightjar"]
            let room = parts[^1].Split('.')[^1]
            where !Walls.Rooms.ContainsKey(room)
            select $"{folder} has no row in docs/architecture.md.");

    [Fact]
    public void A_library_from_outside_is_used_only_where_the_table_lets_it() => Complaints.None(Walls.LibraryBreaches(Mentions));

    [Fact]
    public void A_library_in_the_wrong_room_is_caught() =>
        Assert.StartsWith(
            "YamlDotNet is not for Nightjar.Events.EventBatch",
            Assert.Single(Walls.LibraryBreaches([new(new("Nightjar.Events", "EventBatch"), new("YamlDotNet.Core", "Parser"), null, "YamlDotNet")])),
            StringComparison.Ordinal);

    [Fact]
    public void Every_library_from_outside_has_a_row_in_the_table() =>
        Complaints.None(
            from name in Ours.SelectMany(assembly => assembly.GetReferencedAssemblies()).Select(name => name.Name!)
            where !IsPartOfDotNet(name) && !name.StartsWith("Nightjar", StringComparison.Ordinal) && !Walls.Libraries.ContainsKey(name)
            select $"{name} has no row in docs/architecture.md.");

    [Fact]
    public void The_library_reads_no_clock_and_opens_no_file_or_socket() => Complaints.None(Banned.Breaches(AssemblyReferences.Of(Ours[0])));

    [Theory]
    [InlineData("System.DateTime.UtcNow")]
    [InlineData("System.IO.File")]
    [InlineData("System.Guid.NewGuid")]
    public void A_seeded_clock_file_or_chance_is_caught(string symbol) =>
        Assert.Contains(
            Banned.Breaches(SeededMentions),
            breach => breach.StartsWith($"{SeededHouse}.ClockReader mentions {symbol}", StringComparison.Ordinal));

    [Fact]
    public void Only_tests_and_benchmarks_may_see_what_is_internal() =>
        Complaints.None(
            from attribute in Ours.SelectMany(assembly => assembly.GetCustomAttributes<InternalsVisibleToAttribute>())
            where attribute.AssemblyName is not ("Nightjar.Tests" or "Nightjar.Conformance" or "Nightjar.Browser" or "Nightjar.Benchmarks")
            select $"{attribute.AssemblyName} may see internals.");

    private static bool IsPartOfDotNet(string assembly) =>
        File.Exists(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, assembly + ".dll"));
}
