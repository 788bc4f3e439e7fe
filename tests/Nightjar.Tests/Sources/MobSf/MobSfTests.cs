using Nightjar.Events;
using Nightjar.Sources.MobSf;
using Xunit;

namespace Nightjar.Tests.Sources.MobSf;

public sealed class MobSfTests
{
    [Fact]
    public void Calls_before_the_name_of_the_app_belong_to_it()
    {
        var reading = SourceContract.ReadAll(new MobSfReportReader(), "{" + MobSfReportContract.Body + ",\"package\":\"com.example.courier\",\"version\":\"4\"}");
        Assert.All(reading.Events, item => Assert.Equal("com.example.courier", item.App));
        Assert.All(reading.Events, item => Assert.Equal(TimeBasis.Reported, item.State.TimeBasis));
        Assert.All(reading.Events, item => Assert.False(item.State.IsHearsay));
        Assert.Equal(Enumerable.Range(1, 5), reading.Lines.Select(line => int.Parse(line.Split(" seq ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal([EventClass.LogLine, EventClass.FileActivity, EventClass.FileActivity, EventClass.ModuleActivity, EventClass.ModuleActivity], reading.Events.Select(item => item.Class));
    }

    [Fact]
    public void Files_and_addresses_are_what_they_are()
    {
        var events = SourceContract.ReadAll(new MobSfReportReader(), "{" + MobSfReportContract.Body + "}").Events;
        Assert.Equal("cdn.courier.example", events[0][FieldId.UrlHostname]);
        Assert.Equal("/data/data/com.example.courier/databases/a.db", events[1][FieldId.FilePath]);
        Assert.Equal("/data/data/com.example.courier/files/a.dex", events[2][FieldId.FilePath]);
    }

    [Fact]
    public void A_call_has_its_name_and_its_arguments()
    {
        var events = SourceContract.ReadAll(new FridaMonitorReader(), FridaMonitorContract.Calls).Events;
        Assert.Equal((EventClass.ModuleActivity, 3), (events[0].Class, events[0].Activity));
        Assert.Equal("dalvik.system.DexClassLoader.<init>", events[0][FieldId.FunctionName]);
        Assert.Equal("/data/data/com.example.courier/files/a.dex", events[0][FieldId.ModuleArgPath]);
        Assert.StartsWith("[\"/data/user/0/", (string)events[0][FieldId.ModuleArgs]!, StringComparison.Ordinal);
        Assert.Equal("bridge", events[1][FieldId.ModuleArgName]);
        Assert.NotEqual(events[1].Uid, events[2].Uid);
    }

    [Fact]
    public void Arguments_in_a_text_are_arguments_all_the_same()
    {
        var cipher = SourceContract.ReadAll(new MobSfReportReader(), "{" + MobSfReportContract.Body + "}").Events[^1];
        Assert.Equal("javax.crypto.Cipher.doFinal", cipher[FieldId.FunctionName]);
        Assert.Equal("[\"aa\"]", cipher[FieldId.ModuleArgs]);
    }
}
