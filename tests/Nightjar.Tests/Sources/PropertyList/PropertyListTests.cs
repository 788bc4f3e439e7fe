using System.Text;
using Nightjar.Sources.PropertyList;
using Xunit;

namespace Nightjar.Tests.Sources.PropertyList;

public sealed class PropertyListTests
{
    private static string Xml(string inside) => $"<?xml version=\"1.0\" encoding=\"UTF-16\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">{inside}</plist>\n";

    private static ReportTree Read(string xml) => XmlPropertyList.Read(Encoding.UTF8.GetBytes(xml));

    private static string Describe(ReportNode node) => node switch
    {
        { IsDictionary: true } => "{" + string.Join(",", node.Entries.Select(entry => $"{entry.Key}:{Describe(entry.Value)}")) + "}",
        { IsArray: true } => "[" + string.Join(",", node.Items.Select(Describe)) + "]",
        { Flag: { } flag } => flag ? "yes" : "no",
        { Data: { } data } => Convert.ToHexString(data),
        _ => node.Text,
    };

    [Theory]
    [InlineData("<dict><key>a</key><string>1 &amp; 2</string><key>b</key><array><integer>-7</integer><true/><false/></array></dict>", "{a:1 & 2,b:[-7,yes,no]}")]
    [InlineData("<dict><key>a</key><dict/><key>b</key><array/><key>c</key><string/></dict>", "{a:{},b:[],c:}")]
    [InlineData("<dict><key>a</key><data>\n\tAQID\n\t</data><key>a</key><string>later</string></dict>", "{a:later}")]
    [InlineData("<array><data>AQID</data><string><![CDATA[<x>]]></string><string>é漢😀</string></array>", "[010203,<x>,é漢😀]")]
    public void Both_forms_say_the_same(string inside, string expected)
    {
        var tree = Read(Xml(inside));
        Assert.Null(tree.Problem);
        Assert.Equal(expected, Describe(tree.Root!));
        Assert.Equal(expected, Describe(BinaryPropertyList.Read(BinaryPlist.Of(Xml(inside))).Root!));
    }

    [Fact]
    public void Of_a_list_that_breaks_off_the_whole_items_are_kept()
    {
        var tree = Read(Xml("<dict><key>apps</key><array><dict><key>n</key><string>1</string></dict><dict><key>n</key><string>2</string><key>v</key>"));
        Assert.NotNull(tree.Problem);
        Assert.Equal("{apps:[{n:1}]}", Describe(tree.Root!));
        Assert.True(Read("<plist><dict><key>a</key><string>b").IsCut);
    }

    [Fact]
    public void Entities_are_not_followed()
    {
        var tree = Read("<?xml version=\"1.0\"?><!DOCTYPE plist [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]><plist><dict><key>a</key><string>&b;</string></dict></plist>");
        Assert.NotNull(tree.Problem);
        Assert.Equal("", tree.Root!["a"].Text);
    }

    [Fact]
    public void Nesting_ends_somewhere()
    {
        var deep = string.Concat(Enumerable.Repeat("<array>", 5000)) + string.Concat(Enumerable.Repeat("</array>", 5000));
        Assert.NotNull(Read(Xml(deep)).Problem);
        Assert.NotNull(BinaryPropertyList.Read(BinaryPlist.Of(Xml(string.Concat(Enumerable.Repeat("<array>", 100)) + string.Concat(Enumerable.Repeat("</array>", 100))))).Problem);
    }

    [Fact]
    public void A_list_that_holds_itself_many_times_ends()
    {
        var bytes = BinaryPlist.Of(Xml("<array><string>a</string><string>b</string><string>c</string></array>"));
        // All three references of the array lead back to it.
        for (var i = 0; i < 6; i++) bytes[9 + i] = 0;
        Assert.NotNull(BinaryPropertyList.Read(bytes).Problem);
    }

    [Fact]
    public void Dates_are_times()
    {
        byte[] list = [.. "bplist00"u8, 0x33, 0x41, 0xC7, 0xA3, 0xF0, 0x00, 0, 0, 0, 8, .. new byte[6], 1, 1, .. new byte[7], 1, .. new byte[8], .. new byte[7], 17];
        Assert.StartsWith("2026-", BinaryPropertyList.Read(list).Root!.Text, StringComparison.Ordinal);
    }
}
