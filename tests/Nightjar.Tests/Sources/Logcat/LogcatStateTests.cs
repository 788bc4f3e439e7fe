using System.Globalization;
using Nightjar.Events;
using Nightjar.Findings;
using Xunit;

namespace Nightjar.Tests.Sources.Logcat;

public sealed class LogcatStateTests
{
    private static EvidenceEvent State(string tag, string message) => LogcatText.Fact(message, tag, EventClass.MobileState);

    private static string Line(int second, string tag, string message) =>
        string.Create(CultureInfo.InvariantCulture, $"02-27 10:00:{second:00}.000   612   640 I {tag,-8}: {message}\n");

    [Theory]
    [InlineData("am_focused_activity", "[0,com.example.courier/.Main]")]
    [InlineData("am_focused_activity", "com.example.courier/.Main")]
    [InlineData("am_set_resumed_activity", "[0,com.example.courier/.Main,minimalResumeActivityLocked]")]
    [InlineData("am_resume_activity", "[0,1188,42,com.example.courier/.Main]")]
    [InlineData("wm_set_resumed_activity", "[0,com.example.courier/.Main,minimalResumeActivityLocked - onActivityStateChanged]")]
    [InlineData("wm_resume_activity", "[User=0,Token=1188,Task ID=42,Component Name=com.example.courier/.Main]")]
    [InlineData("ActivityTaskManager", "Displayed com.example.courier/.Main: +350ms")]
    [InlineData("ActivityManager", "Displayed com.example.courier/.Main: +1s350ms (total +2s)")]
    public void An_activity_in_front_puts_its_app_in_the_foreground(string tag, string message)
    {
        var state = State(tag, message);
        Assert.Equal(1, state.Activity);
        Assert.Equal("com.example.courier", state.App);
        Assert.Equal(AppState.Foreground, state.State.AppState);
    }

    [Theory]
    [InlineData("wm_pause_activity", "[0,1188,com.example.courier/.Main,userLeaving=true,pauseBackTasks]")]
    [InlineData("am_pause_activity", "[0,1188,com.example.courier/.Main]")]
    [InlineData("wm_stop_activity", "[0,1188,com.example.courier/.Main]")]
    public void A_paused_activity_puts_its_app_in_the_background(string tag, string message)
    {
        var state = State(tag, message);
        Assert.Equal(("com.example.courier", AppState.Background), (state.App, state.State.AppState));
    }

    [Fact]
    public void An_app_that_goes_from_one_of_its_activities_to_the_next_stays_in_front()
    {
        var reading = LogcatText.Read(
            Line(0, "wm_set_resumed_activity", "[0,a.b/.First,x]") + Line(1, "wm_set_resumed_activity", "[0,a.b/.Second,x]")
            + Line(1, "wm_pause_activity", "[0,1,a.b/.First,userLeaving=false,finish]") + Line(2, "wm_set_resumed_activity", "[0,c.d/.Home,x]")
            + Line(2, "wm_pause_activity", "[0,2,a.b/.Second,userLeaving=true]"));
        var states = reading.Events.Where(item => item.Class == EventClass.MobileState).Select(item => (item.App, item.State.AppState));
        Assert.Equal([("a.b", AppState.Foreground), ("a.b", AppState.Foreground), ("c.d", AppState.Foreground), ("a.b", AppState.Background)], states);
    }

    [Theory]
    [InlineData("screen_toggled", "1", true)]
    [InlineData("screen_toggled", "0", false)]
    [InlineData("power_screen_state", "[1,0,0,0,351]", true)]
    [InlineData("power_screen_state", "[0,3,0,0]", false)]
    [InlineData("PowerManagerService", "Going to sleep due to power button (uid 1000)...", false)]
    [InlineData("PowerManagerService", "Waking up from Asleep (uid=1000, reason=WAKE_REASON_POWER_BUTTON, details=x)...", true)]
    public void The_screen_is_told(string tag, string message, bool isOn)
    {
        var state = State(tag, message);
        Assert.Equal(isOn ? 5 : 6, state.Activity);
        Assert.Equal(TriLogic.Of(isOn), state.State.IsScreenOn);
        Assert.Null(state.App);
    }

    [Theory]
    [InlineData("[1,0,0,setKeyguardShown]", true)]
    [InlineData("[0,0,0,setKeyguardShown]", false)]
    [InlineData("[0,1,0,0,setKeyguardShown]", true)]
    [InlineData("[0,1,0,0,1,setKeyguardShown]", true)]
    [InlineData("[0,0,0,0,0,setKeyguardShown]", false)]
    public void The_keyguard_locks_and_unlocks(string message, bool isLocked)
    {
        var state = State("wm_set_keyguard_shown", message);
        Assert.Equal(isLocked ? 2 : 3, state.Activity);
        Assert.Equal(TriLogic.Of(isLocked), state.State.IsDeviceLocked);
    }

    [Fact]
    public void A_keyguard_on_its_way_out_says_nothing_yet() =>
        Assert.Equal(EventClass.LogLine, LogcatText.ReadOne(Line(0, "wm_set_keyguard_shown", "[0,1,0,1,0,keyguardGoingAway]")).Class);

    [Fact]
    public void A_touch_is_an_interaction_with_the_app()
    {
        var state = State("input_interaction", "Interaction with: a2b17b9 com.example.courier/com.example.courier.Main (server), [Gesture Monitor] swipe-up (server), ");
        Assert.Equal(4, state.Activity);
        Assert.Equal("com.example.courier", state.App);
        Assert.Equal(state.Time.Millis, state[FieldId.LastUserInteraction]);
    }

    [Theory]
    [InlineData("screen_toggled", "0")]
    [InlineData("wm_set_resumed_activity", "[0,com.example.courier/.Main,x]")]
    [InlineData("wm_set_keyguard_shown", "[0,0,0,0,x]")]
    [InlineData("input_interaction", "Interaction with: a2b17b9 com.example.courier/.Main (server)")]
    [InlineData("ActivityTaskManager", "Displayed com.example.courier/.Main: +350ms")]
    [InlineData("PowerManagerService", "Waking up from Asleep")]
    public void An_app_cannot_claim_the_systems_states(string tag, string message)
    {
        var line = Assert.Single(LogcatText.Read($"02-27 10:00:00.000 10666  6660  6661 I {tag}: {message}\n").Events);
        Assert.Equal(EventClass.LogLine, line.Class);
        Assert.True(line.State.IsHearsay);
    }
}
