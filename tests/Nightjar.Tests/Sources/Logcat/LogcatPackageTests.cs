using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Sources.Logcat;

public sealed class LogcatPackageTests
{
    [Theory]
    [InlineData("ActivityManager", "Force stopping com.example.courier appid=10214 user=-1: installPackageLI", 8)]
    [InlineData("ActivityManager", "Force stopping com.example.courier appid=10214 user=0: deletePackageX", 2)]
    [InlineData("ActivityManager", "Force stopping com.example.courier appid=10214 user=-1: uninstall pkg", 2)]
    [InlineData("PackageManager", "Update package com.example.courier code path from /data/app/~~a==/com.example.courier-b== to /data/app/~~c==/com.example.courier-d==; Retain data and using new", 8)]
    [InlineData("PackageManager", "Package com.example.courier codePath changed from /data/app/com.example.courier-1 to /data/app/com.example.courier-2; Retaining data and using new", 8)]
    [InlineData("PackageManager", "New package installed in /data/app/com.example.courier-1", 1)]
    [InlineData("PackageManager", "New package installed in /data/app/~~a==/com.example.courier-b==/base.apk", 1)]
    public void Installs_updates_and_removals_are_told(string tag, string message, int activity)
    {
        var change = LogcatText.Fact(message, tag, EventClass.ApplicationLifecycle);
        Assert.Equal((activity, "com.example.courier"), (change.Activity, change.App));
    }

    [Theory]
    [InlineData("ActivityManager", "Force stopping com.example.courier appid=10214 user=0: pkg removed")]
    [InlineData("ActivityManager", "Force stopping com.example.courier appid=10214 user=0: from pid 12")]
    [InlineData("PackageManager", "New package installed in /data/app/vmdl1.tmp")]
    [InlineData("PackageManager", "Package courier codePath changed from /a to /b")]
    [InlineData("OtherManager", "Update package com.example.courier code path from /a to /b")]
    public void What_may_mean_something_else_stays_a_line(string tag, string message) =>
        LogcatText.Fact(message, tag, EventClass.LogLine);

    [Fact]
    public void An_update_told_twice_is_one()
    {
        var reading = LogcatText.Read(
            "02-27 10:00:00.784  1000   516   562 I ActivityManager: Force stopping com.example.courier appid=10214 user=-1: installPackageLI\n"
            + "02-27 10:00:00.789  1000   516   585 I PackageManager: Update package com.example.courier code path from /data/app/a to /data/app/b\n");
        Assert.Equal([EventClass.ApplicationLifecycle, EventClass.LogLine], reading.Events.Select(item => item.Class));
    }
}
