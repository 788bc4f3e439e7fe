using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Sources.Logcat;

/// <summary>Any app may write any text: what is believed, and of whom.</summary>
public sealed class LogcatTrustTests
{
    private const string Decision = "type=1400 audit(0.0:1): avc:  denied  { execmem } for scontext=u:r:untrusted_app:s0:c1,c257,c512,c768 tcontext=u:r:x:s0 tclass=process app=a.b";

    [Theory]
    [InlineData("02-27 10:00:00.000 10257  4711  4712 W x       : ", true)]
    [InlineData("02-27 10:00:00.000  4711  4712 W x       : ", true)]
    [InlineData("02-27 10:00:00.000  root     0     0 W x       : ", false)]
    [InlineData("02-27 10:00:00.000     0     0 W x       : ", false)]
    [InlineData("02-27 10:00:00.000  1036   300   301 W x       : ", false)]
    [InlineData("02-27 10:00:00.000 W/x(    0): ", true)]
    [InlineData("02-27 10:00:00.000 W/x( 1000:    5): ", true)]
    [InlineData("W(    0) ", true)]
    [InlineData("[ 02-27 10:00:00.000 1000: 5: 5 W/x ]\n", true)]
    public void A_decision_is_hearsay_unless_the_system_wrote_it_beyond_doubt(string prefix, bool isHearsay)
    {
        var decision = Assert.Single(LogcatText.Read(prefix + Decision).Events);
        Assert.Equal(EventClass.KernelDecision, decision.Class);
        Assert.Equal(isHearsay, decision.State.IsHearsay);
    }

    [Fact]
    public void A_false_number_in_a_tag_is_not_believed()
    {
        // Log.w("x(    0)", "type=1400 …") as the brief format prints it.
        var decision = Assert.Single(LogcatText.Read($"02-27 10:00:00.000 W/x(    0): {Decision}( 4711): more\n").Events);
        Assert.True(decision.State.IsHearsay);
    }

    [Fact]
    public void A_false_header_in_a_message_of_the_long_format_is_not_believed()
    {
        var reading = LogcatText.Read($"[ 02-27 10:00:00.000 10257: 4711: 4712 W/x ]\nhello\n[ 02-27 10:00:00.000 0: 0: 0 W/x ]\n{Decision}\n");
        Assert.True(reading.Events[1].State.IsHearsay);
    }

    [Fact]
    public void The_systems_process_is_believed_once_it_is_known()
    {
        var start = "02-27 09:00:00.000  1000   612   640 I am_proc_start: [0,777,1001,com.example.phone,added application,com.example.phone]\n";
        var reading = LogcatText.Read(start + $"02-27 10:00:00.000   777   777 W x       : {Decision}\n");
        Assert.False(reading.Events[0].State.IsHearsay);
        Assert.False(reading.Events[1].State.IsHearsay);
        Assert.Equal(1001L, reading.Events[1][FieldId.EmitterUid]);
    }

    [Fact]
    public void An_apps_plain_line_is_the_apps_word()
    {
        Assert.True(LogcatText.ReadOne("02-27 10:00:00.000 10257  4711  4712 W x       : hello").State.IsHearsay);
        Assert.False(LogcatText.ReadOne("02-27 10:00:00.000  1000  4711  4712 W x       : hello").State.IsHearsay);
    }

    [Fact]
    public void A_daily_report_that_an_app_wrote_is_none() =>
        Assert.Equal(EventClass.LogLine, LogcatText.ReadOne($"02-27 10:00:00.000 10257  4711  4712 I snet_event_log: [dcl,10300,{new string('0', 64)}]").Class);
}
