using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Conformance.Sources;

/// <summary>Real answers of managed Apple devices, counted without the reader.</summary>
public sealed class AppleMdmSampleTests
{
    [Fact]
    public void Every_installed_app_is_an_inventory_entry()
    {
        const string Path = "apple-mdm/InstalledApplicationList.plist";
        var bytes = Sample.Bytes(Path);
        var (reader, events, anomalies) = Sample.Read(bytes, Path);
        Assert.Equal("apple-mdm", reader);
        Assert.Empty(anomalies);
        var apps = XDocument.Parse(Encoding.UTF8.GetString(bytes)).Descendants("array").Single().Elements("dict").ToList();
        Assert.Equal(apps.Select(app => After(app, "Identifier")), events.Select(item => item.App));
        Assert.Equal(apps.Select(app => After(app, "ShortVersion")), events.Select(item => (string?)item[FieldId.AppVersion]));
        Assert.All(events, item => Assert.Equal(EventClass.SoftwareInfo, item.Class));
    }

    [Theory]
    [InlineData("apple-mdm/nanomdm_Authenticate.2.plist", "apple-mdm", Platform.Other)]
    [InlineData("apple-mdm/nanomdm_DeviceInformation.1.plist", "apple-mdm", Platform.Unknown)]
    [InlineData("apple-mdm/nanomdm_DeviceInformation.1.json", "apple-mdm-json", Platform.Unknown)]
    public void An_answer_about_the_device_is_a_line_of_that_device(string path, string format, Platform platform)
    {
        var (reader, events, anomalies) = Sample.Read(Sample.Bytes(path), path);
        Assert.Equal(format, reader);
        Assert.Empty(anomalies);
        var line = Assert.Single(events);
        Assert.Equal((EventClass.LogLine, "66ADE930-5FDF-5EC4-8429-15640684C489", platform), (line.Class, line.Device, line.Platform));
    }

    [Theory]
    [InlineData("apple-mdm/kmfddm_status.json", Platform.IOS)]
    [InlineData("apple-mdm/kmfddm_e2e_status.1st.json", Platform.Other)]
    public void A_status_report_tells_the_device(string path, Platform platform)
    {
        var bytes = Sample.Bytes(path);
        var (reader, events, anomalies) = Sample.Read(bytes, path);
        Assert.Equal("apple-mdm-json", reader);
        Assert.Empty(anomalies);
        var status = JsonDocument.Parse(bytes).RootElement.GetProperty("StatusItems");
        var version = status.GetProperty("device").GetProperty("operating-system").GetProperty("version").GetString();
        Assert.Contains($"osVersion={version}", (string)Assert.Single(events)[FieldId.Message]!, StringComparison.Ordinal);
        Assert.Equal(platform, events[0].Platform);
    }

    private static string? After(XElement dictionary, string key) =>
        ((XElement?)dictionary.Elements("key").Single(element => element.Value == key).NextNode)?.Value;
}
