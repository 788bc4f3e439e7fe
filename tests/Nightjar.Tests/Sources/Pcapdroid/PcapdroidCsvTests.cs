using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources.Pcapdroid;
using Xunit;

namespace Nightjar.Tests.Sources.Pcapdroid;

public sealed class PcapdroidCsvTests
{
    private const string Times = "2026-03-02T10:05:00.250+0100,2026-03-02T10:06:00.750+0100";

    [Fact]
    public void A_connection_tells_app_bytes_and_name()
    {
        var e = Row("6,10.215.173.1,50111,198.51.100.20,443,10214,Courier,com.example.courier,TLS,Closed,Files.example.net,1200,26000,9,20," + Times + ",");
        Assert.Equal(("com.example.courier", "Courier", AppGrade.Package), (e.App, e[FieldId.AppName], e.State.AppGrade));
        Assert.Equal((EventClass.NetworkActivity, 6, Platform.Android), (e.Class, e.Activity, e.Platform));
        Assert.Equal((1200L, 26000L, "files.example.net", "files.example.net"), (e[FieldId.BytesOut], e[FieldId.BytesIn], e[FieldId.TlsSni], e[FieldId.DstHostname]));
        Assert.Equal(("2026-03-02T09:05:00.250Z", "2026-03-02T09:06:00.750Z", "tcp"), (e.Time.ToString(), e.End.ToString(), e[FieldId.ProtocolName]));
    }

    [Theory]
    [InlineData("Courier, the app,com.example.courier,TLS,Closed,files.example.net", "com.example.courier", "Courier, the app", "files.example.net")]
    [InlineData("Courier,com.example.courier,TLS,Fermée, enfin,files.example.net", "com.example.courier", "Courier", null)]
    [InlineData("A, B, C,com.example.abc,TLS,مغلق,x, y", "com.example.abc", "A, B, C", null)]
    public void A_comma_in_a_name_shifts_nothing_that_matters(string texts, string package, string label, string? host)
    {
        var e = Row($"6,10.215.173.1,50111,198.51.100.20,443,10214,{texts},1200,26000,9,20,{Times},");
        Assert.Equal((package, label, host), (e.App, e[FieldId.AppName], e[FieldId.TlsSni]));
        Assert.Equal((1200L, 26000L), (e[FieldId.BytesOut], e[FieldId.BytesIn]));
    }

    [Fact]
    public void Digits_of_the_phones_language_are_digits()
    {
        var e = Row("6,10.215.173.1,50111,198.51.100.20,443,10214,Courier,com.example.courier,TLS,مغلق,files.example.net,1,2,1,1,٢٠٢٦-٠٣-٠٢T١٠:٠٥:٠٠.٢٥٠+٠١٠٠,٢٠٢٦-٠٣-٠٢T١٠:٠٦:٠٠.٧٥٠+٠١٠٠,");
        Assert.Equal(("2026-03-02T09:05:00.250Z", "2026-03-02T09:06:00.750Z"), (e.Time.ToString(), e.End.ToString()));
    }

    [Theory]
    [InlineData("1051", "Netd", "netd")]
    [InlineData("-1", "Unknown", "")]
    public void The_resolver_and_the_unknown_are_no_app(string uid, string label, string package)
    {
        var e = Row($"17,10.215.173.1,40001,10.215.173.2,53,{uid},{label},{package},DNS,Closed,files.example.net,63,79,1,1,{Times},");
        Assert.Equal((EventClass.DnsActivity, "files.example.net", null), (e.Class, e[FieldId.QueryHostname], e.App));
    }

    [Fact]
    public void Without_a_package_the_label_is_all_there_is()
    {
        var e = Row("6,10.215.173.1,50111,198.51.100.20,443,10214,Courier,,TLS,Closed,files.example.net,1,2,1,1," + Times + ",");
        Assert.Equal(("Courier", AppGrade.Label), (e.App, e.State.AppGrade));
    }

    [Fact]
    public void A_later_export_tells_the_same_connection_with_more_bytes()
    {
        var reading = Read(
            "6,10.215.173.1,50111,198.51.100.20,443,10214,Courier,com.example.courier,TLS,Open,files.example.net,100,200,1,1,2026-03-02T10:05:00.250+0100,2026-03-02T10:05:30.000+0100,\n"
            + "6,10.215.173.1,50111,198.51.100.20,443,10214,Courier,com.example.courier,TLS,Closed,files.example.net,1200,26000,9,20," + Times + ",");
        Assert.Equal(reading.Events[0].Uid, reading.Events[1].Uid);
        Assert.Contains("seq -300", reading.Lines[0], StringComparison.Ordinal);
        Assert.Contains("seq -27200", reading.Lines[1], StringComparison.Ordinal);
    }

    private static EvidenceEvent Row(string row)
    {
        var reading = Read(row);
        Assert.True(reading.Anomalies.Count == 0, reading.Describe());
        return Assert.Single(reading.Events);
    }

    private static Reading Read(string rows) => SourceContract.ReadAll(new PcapdroidCsvReader(), PcapdroidCsvContract.Header + rows);
}
