using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

public sealed class ServiceClassesTests
{
    private static readonly ServiceClasses Classes = ReferenceData.Shipped.ServiceClasses;

    [Theory]
    [InlineData("api.telegram.org", "web_service")]
    [InlineData("web.telegram.org", "messaging")]
    [InlineData("www.dropbox.com", "cloud_storage")]
    [InlineData("dropbox.com", "cloud_storage")]
    [InlineData("docs.google.com", "collaboration")]
    [InlineData("raw.githubusercontent.com", "code_hosting")]
    [InlineData("gist.githubusercontent.com", "paste")]
    [InlineData("cdn.discordapp.com", "messaging")]
    [InlineData("hooks.slack.com", "web_service")]
    [InlineData("files.slack.com", "collaboration")]
    [InlineData("my-app-default-rtdb.firebaseio.com", "web_service")]
    [InlineData("bucket.s3.eu-west-1.amazonaws.com", "cloud_storage")]
    [InlineData("x1.execute-api.us-east-1.amazonaws.com", "web_service")]
    [InlineData("bit.ly", "url_shortener")]
    [InlineData("fcm.googleapis.com", "push")]
    [InlineData("17.courier.push.apple.com", "push")]
    [InlineData("gateway.icloud.com", "os_vendor")]
    [InlineData("graph.facebook.com", "analytics")]
    [InlineData("scontent.xx.fbcdn.net", "social")]
    [InlineData("d111111abcdef8.cloudfront.net", "cdn")]
    [InlineData("fef.msua01.manage.microsoft.com", "mdm")]
    public void A_host_has_the_class_of_its_longest_known_suffix(string host, string expected) => Assert.Equal(expected, Classes.ClassOf(host)?.Name);

    [Theory]
    [InlineData("notapi.telegram.org.evil.example")]
    [InlineData("notdropbox.com")]
    [InlineData("dropbox.com.evil.example")]
    [InlineData("dropbox.co")]
    [InlineData("com")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("...")]
    [InlineData("192.0.2.1")]
    [InlineData("2001:db8::1")]
    public void A_look_alike_has_none(string host) => Assert.Null(Classes.ClassOf(host));

    [Fact]
    public void Case_and_a_trailing_dot_make_no_difference() => Assert.Equal("cloud_storage", Classes.ClassOf("API.DropBox.com.")?.Name);

    [Fact]
    public void Nothing_is_looked_for_in_a_text_that_is_longer_than_any_name() =>
        Assert.Null(Classes.ClassOf(string.Concat(Enumerable.Repeat("a.", 400)) + "dropbox.com"));

    [Fact]
    public void A_file_that_extends_wins_over_the_shipped_one()
    {
        var data = Texts.Over(("service-classes.acme.yml", """
            classes:
              partner: {watched: no, meaning: "Our partners."}
            suffixes:
              partner: [partner.example, box.com]
            """));
        Assert.Equal("partner", data.ServiceClasses.ClassOf("a.partner.example")?.Name);
        Assert.Equal("partner", data.ServiceClasses.ClassOf("app.box.com")?.Name);
        Assert.Equal("cloud_storage", data.ServiceClasses.ClassOf("dropbox.com")?.Name);
    }

    [Fact]
    public void A_file_of_the_same_name_replaces_the_shipped_one()
    {
        var load = ReferenceData.LoadOverShipped(new Dictionary<string, string>
        {
            ["service-classes.yml"] = "classes: {cloud_storage: {watched: yes, meaning: Files.}}\nsuffixes: {cloud_storage: [files.example]}\n",
        });
        Assert.Equal("cloud_storage", load.Data.ServiceClasses.ClassOf("files.example")?.Name);
        Assert.Null(load.Data.ServiceClasses.ClassOf("dropbox.com"));
        // The shipped roles speak of classes that are gone; that is told, not swallowed.
        Assert.Contains(load.Diagnostics, d => d.Code == "NJ1010" && d.File == "app-roles.yml");
    }
}
