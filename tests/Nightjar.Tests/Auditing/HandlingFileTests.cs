using System.Text;
using Nightjar.Auditing;
using Xunit;

namespace Nightjar.Tests.Auditing;

/// <summary>What was done about findings, read from YAML and CSV.</summary>
public sealed class HandlingFileTests
{
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "h.yml", "handling: [", "NJ6002" },
        { "h.yml", "handling: &a []", "NJ6003" },
        { "h.yml", "handling: []\nhandling: []", "NJ6004" },
        { "h.csv", "finding,status,status\n", "NJ6004" },
        { "h.yml", "- one", "NJ6005" },
        { "h.yml", "", "NJ6005" },
        { "h.yml", "other: 1", "NJ6006" },
        { "h.yml", "handling: [{finding: a}]", "NJ6006" },
        { "h.csv", "finding,status\na,confirmed\n", "NJ6006" },
        { "h.csv", "finding,state\n", "NJ6007" },
        { "h.yml", "handling: [{finding: a, status: open, who: me}]", "NJ6007" },
        { "h.yml", "handling: [{finding: a, status: fixed}]", "NJ6008" },
        { "h.csv", "finding,status,owner,date\na,closed,me,4 March\n", "NJ6008" },
        { "h.csv", "finding,status\na,open\na,open\n", "NJ6009" },
        { "h.csv", "finding,status\na,open,b\n", "NJ6010" },
        { "h.csv", "finding,status\n\"a,open\n", "NJ6010" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_its_number_and_place(string file, string text, string code)
    {
        var told = HandlingFile.Read(file, text).Diagnostics;
        Assert.Contains(code, told.Select(item => item.Code));
        Assert.All(told, item => Assert.Equal(file, item.File));
    }

    [Theory]
    [InlineData("h.yml")]
    [InlineData("h.csv")]
    public void A_text_that_is_too_large_is_not_read(string file) => Assert.Equal("NJ6001", Assert.Single(HandlingFile.Read(file, new string('#', (4 << 20) + 1)).Diagnostics).Code);

    [Fact]
    public void Yaml_and_csv_say_the_same()
    {
        var yaml = HandlingFile.Read("h.yml", "handling:\n  - {finding: abc, status: false_positive, decision: 'A \"test\", ours', owner: soc, date: 2026-03-04}\n  - {finding: def, status: open}\n");
        var csv = HandlingFile.Read("h.csv", "\uFEFFfinding,status,decision,owner,date,note\r\nabc,false_positive,\"A \"\"test\"\", ours\",soc,2026-03-04,\r\n\r\ndef,open\r\n");
        Assert.Empty(yaml.Diagnostics);
        Assert.Empty(csv.Diagnostics);
        Assert.Equal(yaml.Entries.Select(entry => entry with { Place = default }), csv.Entries.Select(entry => entry with { Place = default }));
        Assert.Equal(("A \"test\", ours", new DateOnly(2026, 3, 4)), (csv.Entries[0].Decision, csv.Entries[0].Date));
        Assert.Equal([2, 4], csv.Entries.Select(entry => entry.Place.Line));
    }

    [Fact]
    public void An_entry_about_a_finding_that_was_not_made_is_told()
    {
        var told = Assert.Single(HandlingFile.Unknown("h.csv", HandlingFile.Read("h.csv", "finding,status\nabc,open\n").Entries, []));
        Assert.Equal(("NJ6020", 2), (told.Code, told.Line));
    }

    [Fact]
    public void No_content_makes_it_throw()
    {
        const string text = "handling:\n  - {finding: \"a\", status: open, note: 'x,\"y'}\n";
        for (var cut = 0; cut <= text.Length; cut++)
        {
            foreach (var put in new[] { "", "\"", ",", "\n", "[", "\0", "\uD800" })
            {
                HandlingFile.Read("h.yml", text.Insert(cut, put));
                HandlingFile.Read("h.csv", ("finding,status\n" + text).Insert(cut, put));
                HandlingFile.Read("h.csv", text[..cut] + put);
            }
        }
    }

    [Fact]
    public void No_cell_of_a_table_is_taken_for_a_formula()
    {
        using var output = new MemoryStream();
        CsvText.Write(output, ["a", "b"], [["=1+1", "x\ny"], ["-1", "a,\"b\""]]);
        Assert.Equal("a,b\n\"'=1+1\",x\\ny\n\"'-1\",\"a,\"\"b\"\"\"\n", Encoding.UTF8.GetString(output.ToArray()));
    }
}
