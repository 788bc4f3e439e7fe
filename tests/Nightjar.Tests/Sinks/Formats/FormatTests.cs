using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Nightjar.Findings;
using Nightjar.Sinks.Formats;
using Nightjar.Sinks.Ocsf;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Tests.Sinks.Formats;

/// <summary>Each format field by field, in approved files.</summary>
/// <remarks><c>NIGHTJAR_APPROVE=1 ./test unit FormatTests</c> writes them anew; then read the difference.</remarks>
public sealed class FormatTests
{
    private const string Approved = "tests/Nightjar.Tests/Sinks/Formats/Approved";

    public static TheoryData<string> Ids => [.. FormatCatalog.All.Select(format => format.Id)];

    public static TheoryData<string> Converted => [.. FormatCatalog.All.Select(format => format.Id).Where(id => id != "ocsf")];

    [Theory]
    [MemberData(nameof(Converted))]
    public void What_is_written_is_what_was_approved(string id)
    {
        var actual = Readable(id, Write(id, [SampleFindings.LoadedCode(), SampleFindings.IosRetrieval(), SampleFindings.KeyExchange()]));
        var path = Path.Combine(Repository.Root, Approved, id + ".txt");
        if (Approval.IsAsked) File.WriteAllText(path, actual);
        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), actual);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_same_findings_in_any_order_give_the_same_bytes(string id)
    {
        var findings = SampleFindings.All().Append(SampleFindings.Hostile()).ToList();
        Assert.Equal(Write(id, findings), Write(id, [.. findings.AsEnumerable().Reverse()]));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_was_written_and_read_back_says_the_same(string id)
    {
        var findings = SampleFindings.All().Append(SampleFindings.Hostile()).ToList();
        var back = findings.Select(finding => OcsfFindingReader.Read(JsonLines.Ocsf(finding), out _)!).ToList();
        Assert.Equal(Write(id, findings), Write(id, back));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Findings_of_any_shape_are_written_each_in_its_own_record(string id) => Check.One(GeneratedFindings.Config, Prop.ForAll(
        GeneratedFindings.Any.ToArbitrary(),
        finding =>
        {
            var text = Write(id, [finding]);
            Assert.EndsWith("\n", text, StringComparison.Ordinal);
            if (id == "stix") JsonNode.Parse(text);
            else Assert.Equal(id == "csv" ? 2 : 1, text.Count(c => c == '\n'));
            if (id is not ("stix" or "cef" or "csv")) JsonNode.Parse(text);
        }));

    [Fact]
    public void The_whole_finding_travels_in_ECS_CIM_ASIM_and_STIX()
    {
        var finding = SampleFindings.LoadedCode();
        var whole = JsonNode.Parse(JsonLines.Ocsf(finding).Span);
        JsonNode? Of(string id) => JsonNode.Parse(Write(id, [finding]));
        Assert.True(JsonNode.DeepEquals(whole, JsonNode.Parse((string)Of("ecs")!["event"]!["original"]!)));
        Assert.True(JsonNode.DeepEquals(whole, Of("cim")!["event"]));
        Assert.True(JsonNode.DeepEquals(whole, Of("asim")!["AdditionalFields"]!["Finding"]));
        var sighting = Of("stix")!["objects"]!.AsArray().Single(item => (string?)item!["type"] == "sighting")!;
        Assert.True(JsonNode.DeepEquals(whole, sighting["extensions"]!.AsObject().Single().Value!["ocsf_finding"]));
    }

    [Theory]
    [InlineData(Severity.Informational, "informational", "Informational", "INFORMATIONAL", 2)]
    [InlineData(Severity.Low, "low", "Low", "LOW", 3)]
    [InlineData(Severity.Medium, "medium", "Medium", "MEDIUM", 5)]
    [InlineData(Severity.High, "high", "High", "HIGH", 8)]
    [InlineData(Severity.Critical, "critical", "High", "CRITICAL", 10)]
    [InlineData(Severity.Unknown, "unknown", "Informational", "UNKNOWN_SEVERITY", 0)]
    public void Severities_are_folded_as_each_schema_asks(Severity severity, string cim, string asim, string udm, int cef)
    {
        var finding = SampleFindings.LoadedCode() with { Severity = severity };
        Assert.Equal(cim, (string?)JsonNode.Parse(Write("cim", [finding]))!["fields"]!["severity"]);
        Assert.Equal(asim, (string?)JsonNode.Parse(Write("asim", [finding]))!["EventSeverity"]);
        Assert.Equal(severity.ToString(), (string?)JsonNode.Parse(Write("asim", [finding]))!["EventOriginalSeverity"]);
        Assert.Equal(udm, (string?)JsonNode.Parse(Write("udm", [finding]))!["securityResult"]![0]!["severity"]);
        Assert.Contains($"|{cef}|rt=", Write("cef", [finding]), StringComparison.Ordinal);
    }

    [Fact]
    public void CEF_escapes_what_would_end_a_field_or_begin_another()
    {
        var finding = SampleFindings.IosRetrieval() with { Title = "a=b|c\\d\r\ne act=deny", Analytic = SampleFindings.IngressIos with { Name = "x|y\\z\nw=1" } };
        var line = Write("cef", [finding]);
        Assert.Contains(@"|x\|y\\z w=1|", line, StringComparison.Ordinal);
        Assert.Contains(@" msg=a\=b|c\\d\r\ne act\=deny ", line, StringComparison.Ordinal);
        Assert.Equal(1, line.Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@SUM(A1)", "\"'@SUM(A1)\"")]
    [InlineData("  =1", "\"'  =1\"")]
    [InlineData("\t=1", @"\t=1")]
    [InlineData("＝1", "\"'＝1\"")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("a\nb", @"a\nb")]
    [InlineData("\u202Ex", @"\u{202E}x")]
    [InlineData("plain", "plain")]
    [InlineData(null, "")]
    public void No_cell_of_the_table_is_a_formula_or_breaks_its_row(string? text, string cell) => Assert.Equal(cell, CsvFormat.Cell(text));

    [Fact]
    public void Names_are_unique_and_found()
    {
        Assert.Equal(FormatCatalog.All.Count, FormatCatalog.All.Select(format => format.Id).Distinct().Count());
        Assert.All(FormatCatalog.All, format => Assert.Same(format, FormatCatalog.Find(format.Id)));
        Assert.Null(FormatCatalog.Find("none"));
    }

    internal static string Write(string id, IEnumerable<Finding> findings)
    {
        using var output = new MemoryStream();
        FormatCatalog.Write(FormatCatalog.Find(id)!, findings, output);
        Assert.True(output.CanWrite);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    // Indented, and without the finding in OCSF, which has tests of its own.
    private static string Readable(string id, string text)
    {
        if (id is "cef" or "csv") return text;
        var documents = id == "stix" ? [text] : text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var options = new JsonSerializerOptions { WriteIndented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        return string.Concat(documents.Select(document => Shortened(JsonNode.Parse(document)!).ToJsonString(options) + "\n"));
    }

    private static JsonNode Shortened(JsonNode node)
    {
        if (node["event"] is JsonObject { Count: > 0 } e && e.ContainsKey("class_uid")) node["event"] = "…";
        if (node["event"] is JsonObject ecs && ecs.ContainsKey("original")) ecs["original"] = "…";
        if (node["AdditionalFields"]?["Finding"] is not null) node["AdditionalFields"]!["Finding"] = "…";
        foreach (var item in node["objects"] as JsonArray ?? [])
        {
            foreach (var (_, extension) in item!["extensions"] as JsonObject ?? []) extension!["ocsf_finding"] = "…";
        }
        return node;
    }
}
