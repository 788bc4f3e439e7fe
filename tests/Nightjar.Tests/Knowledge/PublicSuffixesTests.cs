using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

public sealed class PublicSuffixesTests
{
    private static readonly PublicSuffixes Suffixes = ReferenceData.Shipped.PublicSuffixes;

    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("a.b.example.com", "example.com")]
    [InlineData("WWW.Example.COM.", "example.com")]
    [InlineData("a.b.example.co.uk", "example.co.uk")]
    [InlineData("alice.github.io", "alice.github.io")]
    [InlineData("x.alice.github.io", "alice.github.io")]
    [InlineData("bucket.s3.amazonaws.com", "bucket.s3.amazonaws.com")]
    [InlineData("x.shop.workers.dev", "shop.workers.dev")]
    [InlineData("a.blog.blogspot.com", "blog.blogspot.com")]
    [InlineData("a.b.c.kobe.jp", "b.c.kobe.jp")]
    [InlineData("www.city.kobe.jp", "city.kobe.jp")]
    [InlineData("www.ck", "www.ck")]
    [InlineData("a.www.ck", "www.ck")]
    [InlineData("a.b.foo.ck", "b.foo.ck")]
    [InlineData("a.example.no-such-tld", "example.no-such-tld")]
    [InlineData("www.食狮.公司.cn", "食狮.公司.cn")]
    [InlineData("www.xn--85x722f.xn--55qx5d.cn", "xn--85x722f.xn--55qx5d.cn")]
    public void A_host_belongs_to_one_label_more_than_its_suffix(string host, string expected) => Assert.Equal(expected, Suffixes.RegistrableDomain(host));

    [Theory]
    [InlineData("com"), InlineData("co.uk"), InlineData("github.io"), InlineData("foo.ck"), InlineData("c.kobe.jp"), InlineData("localhost")]
    [InlineData("192.0.2.1"), InlineData("2001:db8::1"), InlineData("[2001:db8::1]"), InlineData(""), InlineData(".")]
    public void A_suffix_an_address_and_a_single_name_stay_as_they_are(string host) => Assert.Equal(host, Suffixes.RegistrableDomain(host));

    [Theory]
    [InlineData("a.example.co.uk", "co.uk")]
    [InlineData("alice.github.io", "github.io")]
    [InlineData("www.ck", "ck")]
    [InlineData("a.foo.ck", "foo.ck")]
    [InlineData("example.no-such-tld", "no-such-tld")]
    public void The_suffix_itself_can_be_asked_for(string host, string expected) => Assert.Equal(expected, Suffixes.SuffixOf(host));

    [Theory]
    [InlineData("a..b", ".b"), InlineData("...", "."), InlineData(".com", ".com"), InlineData("a b.com", "a b.com"), InlineData("\0.\0", "\0.\0"), InlineData("x.*.com", "*.com")]
    public void Strange_hosts_get_an_answer_too(string host, string expected) => Assert.Equal(expected, Suffixes.RegistrableDomain(host));

    [Fact]
    public void Text_longer_than_any_name_is_returned_as_it_is()
    {
        var host = string.Concat(Enumerable.Repeat("a.", 100_000)) + "com";
        Assert.Same(host, Suffixes.RegistrableDomain(host));
    }

    [Fact]
    public void The_published_list_can_take_the_place_of_the_shipped_one()
    {
        var data = Texts.Over(("public-suffixes.txt", """
            // VERSION: 2027-01-02_03-04-05_UTC
            // ===BEGIN ICANN DOMAINS===

            // example : https://nic.example
            example
            co.example   the rest of a line is nothing
            """));
        Assert.Equal(2, data.PublicSuffixes.Count);
        Assert.Equal("a.co.example", data.PublicSuffixes.RegistrableDomain("www.a.co.example"));
        Assert.Equal("2027-01-02", data.Files.Single(f => f.Path == "public-suffixes.txt").Date);
    }

    [Fact]
    public void A_file_that_extends_adds_rules()
    {
        var data = Texts.Over(("public-suffixes.acme.txt", "apps.acme.example\n"));
        Assert.Equal("one.apps.acme.example", data.PublicSuffixes.RegistrableDomain("x.one.apps.acme.example"));
        Assert.Equal("example.co.uk", data.PublicSuffixes.RegistrableDomain("x.example.co.uk"));
    }
}
