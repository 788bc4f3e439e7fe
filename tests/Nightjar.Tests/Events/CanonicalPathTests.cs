using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Events;

public sealed class CanonicalPathTests
{
    [Theory]
    [InlineData("/data/user/0/com.example/a", "/data/data/com.example/a")]
    [InlineData("/sdcard/a", "/storage/emulated/0/a")]
    [InlineData("/mnt/sdcard/a", "/storage/emulated/0/a")]
    [InlineData("/storage/self/primary/a", "/storage/emulated/0/a")]
    [InlineData("/storage/emulated/legacy/a", "/storage/emulated/0/a")]
    [InlineData("/mnt/user/0/primary/a", "/storage/emulated/0/a")]
    [InlineData("/data/media/0/a", "/storage/emulated/0/a")]
    [InlineData("/private/var/mobile/a", "/var/mobile/a")]
    [InlineData("/data/user/0", "/data/data")]
    [InlineData("/data/user/0/", "/data/data")]
    [InlineData("/sdcard", "/storage/emulated/0")]
    [InlineData("/private/var", "/var")]
    public void Every_alias_has_one_form(string alias, string canonical) => Assert.Equal(canonical, CanonicalPath.Of(alias));

    [Theory]
    [InlineData("/data/user/10/com.example/a")]
    [InlineData("/data/user/00/a")]
    [InlineData("/sdcardx/a")]
    [InlineData("/data/data/com.example/a")]
    [InlineData("/private/variety")]
    [InlineData("/private/etc")]
    [InlineData("/DATA/user/0/a")]
    [InlineData("/x/sdcard/a")]
    [InlineData("relative/../sdcard")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/...")]
    [InlineData("/a/.hidden/..b")]
    public void What_is_no_alias_stays(string path) => Assert.Equal(path, CanonicalPath.Of(path));

    [Theory]
    [InlineData("/a/./b", "/a/b")]
    [InlineData("/a//b", "/a/b")]
    [InlineData("/a/b/", "/a/b")]
    [InlineData("/a/b/.", "/a/b")]
    [InlineData("/a/b/..", "/a")]
    [InlineData("/a/../../../b", "/b")]
    [InlineData("/..", "/")]
    [InlineData("//", "/")]
    [InlineData("/a/b/../../..", "/")]
    [InlineData("/data/data/x/../../user/0/y", "/data/data/y")]
    [InlineData("/data/user/0/../1/y", "/data/user/1/y")]
    [InlineData("//sdcard///x", "/storage/emulated/0/x")]
    public void Dots_and_slashes_are_resolved_before_the_aliases(string path, string canonical) => Assert.Equal(canonical, CanonicalPath.Of(path));

    [Fact]
    public void A_path_beyond_the_limit_stays_as_it_is()
    {
        var path = "/sdcard/" + new string('x', 9000);
        Assert.Equal(path, CanonicalPath.Of(path));
    }

    [Fact]
    public void The_canonical_form_of_a_canonical_form_is_itself() => Property.Holds(Paths(), path =>
    {
        var once = CanonicalPath.Of(path);
        return CanonicalPath.Of(once) == once;
    });

    [Fact]
    public void The_form_never_needs_more_room_than_promised_and_holds_no_dots() => Property.Holds(Paths(), path =>
    {
        var bytes = Encoding.UTF8.GetBytes(path);
        var form = new byte[bytes.Length + 16];
        var text = Encoding.UTF8.GetString(form, 0, CanonicalPath.Write(bytes, form));
        return !path.StartsWith('/') || !text.Split('/').Any(part => part is "." or "..") && !text.Contains("//", StringComparison.Ordinal);
    });

    private static Arbitrary<string> Paths()
    {
        string[] parts = ["data", "user", "0", "media", "sdcard", "mnt", "storage", "self", "primary", "emulated", "legacy", "private", "var", ".", "..", "", "x", "é"];
        return Gen.Elements(parts).ListOf().Select(list => "/" + string.Join('/', list)).ToArbitrary();
    }
}
