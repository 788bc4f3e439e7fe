using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

public sealed class PlacesTests
{
    private const string Container = "/var/mobile/Containers/Data/Application/0A1B2C3D-0000-4000-8000-000000000001";
    private static readonly Places Places = ReferenceData.Shipped.Places;

    [Theory]
    [InlineData("/data/data/com.a.b/files/x.dex", "app_private", "com.a.b")]
    [InlineData("/data/data/com.a.b/cache/ads-1.jar", "app_private", "com.a.b")]
    [InlineData("/data/data/com.a.b/library/x.so", "app_private", "com.a.b")]
    [InlineData("/data/user/10/com.a.b/files/x.dex", "app_private", "com.a.b")]
    [InlineData("/data/user/0/com.a.b/files/x.dex", "app_private", "com.a.b")]
    [InlineData("/data/user_de/0/com.a.b/x.dex", "app_private", "com.a.b")]
    [InlineData("/storage/emulated/0/Download/x.apk", "shared_storage", null)]
    [InlineData("/storage/emulated/10/Android/data/com.a.b/files/x.so", "shared_storage", "com.a.b")]
    [InlineData("/storage/1A2B-3C4D/x.apk", "shared_storage", null)]
    [InlineData("/data/local/tmp/x", "temp", null)]
    [InlineData(Container + "/tmp/x.dylib", "ios_container_data", null)]
    [InlineData(Container + "/Library/Caches/x.js", "ios_container_data", null)]
    [InlineData(Container + "/Library/Application Support/x", "ios_container_data", null)]
    [InlineData(Container + "/Documents/a/b/c", "ios_container_data", null)]
    [InlineData("/private" + Container + "/Documents/x", "ios_container_data", null)]
    [InlineData("/var/mobile/Containers/Shared/AppGroup/0A1B/x", "ios_container_data", null)]
    public void An_app_can_write_there(string path, string place, string? package) => Assert.Equal(new PathPlace(place, true, package), Places.Of(path));

    [Theory]
    [InlineData("/data/data/com.a.b/lib/libx.so", "installed_code", "com.a.b")]
    [InlineData("/data/user/10/com.a.b/lib/libx.so", "installed_code", "com.a.b")]
    [InlineData("/data/app/~~Zm9v==/com.a.b-YmFy==/base.apk", "installed_code", "com.a.b")]
    [InlineData("/data/app/com.a.b-1/lib/arm64/libx.so", "installed_code", "com.a.b")]
    [InlineData("/data/app/com.a.b-2.apk", "installed_code", "com.a.b")]
    [InlineData("/data/app/com.a.b.apk", "installed_code", "com.a.b")]
    [InlineData("/data/app/vmdl12.tmp/base.apk", "installed_code", null)]
    [InlineData("/data/dalvik-cache/arm64/x.dex", "installed_code", null)]
    [InlineData("/system/lib64/libc.so", "system", null)]
    [InlineData("/apex/com.android.art/lib64/libart.so", "system", null)]
    [InlineData("/vendor/lib/x.so", "system", null)]
    [InlineData("/product/app/X/X.apk", "system", null)]
    [InlineData("/var/containers/Bundle/Application/0A1B/Maps.app/Maps", "ios_bundle", null)]
    [InlineData("/private/var/containers/Bundle/Application/0A1B/Maps.app/Frameworks/X.framework/X", "ios_bundle", null)]
    [InlineData(Container + "/Library/Preferences/x.plist", "ios_container_data", null)]
    [InlineData(Container + "/SystemData/x", "ios_container_data", null)]
    [InlineData("/System/Library/Frameworks/X.framework/X", "system", null)]
    [InlineData("/usr/lib/libSystem.B.dylib", "system", null)]
    [InlineData("/private/tmp/x", "temp", null)]
    [InlineData("/datadata/x", "other", null)]
    [InlineData("data/data/com.a.b/x", "app_private", "com.a.b", true)]
    [InlineData("", "other", null)]
    [InlineData("/", "other", null)]
    [InlineData("relative", "other", null)]
    public void A_place_is_known_by_its_path(string path, string place, string? package, bool writable = false) =>
        Assert.Equal(new PathPlace(place, writable, package), Places.Of(path));

    [Fact]
    public void What_is_no_package_name_owns_nothing()
    {
        Assert.Null(Places.PackageOf("/data/data/../../x"));
        Assert.Null(Places.PackageOf("/data/data/1com.a/x"));
        Assert.Null(Places.PackageOf("/data/data/com.a;b/x"));
        Assert.Equal("android", Places.PackageOf("/data/user_de/0/android/x"));
    }

    [Fact]
    public void Nothing_is_looked_for_in_a_path_that_is_longer_than_any() =>
        Assert.Equal(Places.Other, Places.PlaceOf("/data/data/com.a.b/" + new string('x', Places.MaxLength)));

    [Theory]
    [InlineData("/d/classes.jar", "/d/classes")]
    [InlineData("/d/classes.dex", "/d/classes")]
    [InlineData("/d/classes.jar.tmp", "/d/classes")]
    [InlineData("/d/oat/arm64/classes.odex", "/d/classes")]
    [InlineData("/d/oat/x86_64/classes.vdex", "/d/classes")]
    [InlineData("/d/oat/arm64/classes.dex.odex", "/d/classes")]
    [InlineData("/d/classes", "/d/classes")]
    [InlineData("/private/var/d/a.js", "/var/d/a")]
    [InlineData("/d/.hidden", "/d/.hidden")]
    [InlineData("/d/plugin-1.2.jar", "/d/plugin-1.2")]
    [InlineData("/d/com.a.plugin.apk", "/d/com.a.plugin")]
    [InlineData("/d/lib64/x.so", "/d/lib64/x")]
    [InlineData("/d/arm64/x.so", "/d/arm64/x")]
    [InlineData("/oat/arm64/x.odex", "/x")]
    [InlineData("x.dex", "x")]
    [InlineData("", "")]
    public void A_file_and_what_is_made_of_it_have_one_key(string path, string key) => Assert.Equal(key, Places.StemKey(path));

    [Theory]
    [InlineData("/d/classes.jar", "/e/classes.jar")]
    [InlineData("/d/classes.jar", "/d/classes2.jar")]
    [InlineData("/d/a.b.jar", "/d/a.c.jar")]
    public void Different_files_have_different_keys(string one, string other) => Assert.NotEqual(Places.StemKey(one), Places.StemKey(other));

    [Fact]
    public void Patterns_of_a_file_that_extends_are_tried_first()
    {
        var places = Texts.Over(("places.acme.yml", """
            places:
              kiosk: "Where our kiosk keeps its films."
            patterns:
              - {pattern: "/data/data/com.acme.kiosk/films/*.mp4", place: kiosk}
            """)).Places;
        Assert.Equal("kiosk", places.PlaceOf("/data/data/com.acme.kiosk/films/a.mp4"));
        Assert.Equal("app_private", places.PlaceOf("/data/data/com.acme.kiosk/films/a.dex"));
        Assert.Equal("app_private", places.PlaceOf("/data/data/com.acme.kiosk/films/b/a.mp4"));
    }

    [Theory]
    [InlineData("/*.app", "/Maps.app", true)]
    [InlineData("/*.app", "/.app", true)]
    [InlineData("/*.app", "/Maps.apps", false)]
    [InlineData("/a*b*c", "/aXbYc", true)]
    [InlineData("/a*b*c", "/aXcYb", false)]
    [InlineData("/{number}/x", "/12/x", true)]
    [InlineData("/{number}/x", "/1a/x", false)]
    [InlineData("/{id}", "/a/b", false)]
    [InlineData("/a/**", "/a", true)]
    [InlineData("/a/**", "/ab", false)]
    [InlineData("/a", "/a/", true)]
    public void A_pattern_matches_segment_by_segment(string pattern, string path, bool expected) =>
        Assert.Equal(expected, PathPattern.Parse(pattern)!.Matches(path, out _));

    [Theory]
    [InlineData("a/b"), InlineData("/"), InlineData(""), InlineData("/a//b"), InlineData("/a/**/b"), InlineData("/a/{what}"), InlineData("/a/x{id}")]
    public void What_is_no_pattern_is_refused(string text) => Assert.Null(PathPattern.Parse(text));

    [Fact]
    public void Many_asterisks_cost_no_more_than_length_times_length()
    {
        var pattern = PathPattern.Parse("/" + string.Concat(Enumerable.Repeat("*a", 100)) + "b")!;
        Assert.False(pattern.Matches("/" + new string('a', 8000), out _));
    }
}
