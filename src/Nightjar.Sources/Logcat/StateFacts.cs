using Nightjar.Events;

namespace Nightjar.Sources.Logcat;

/// <summary>Whether an app is in front, the screen on, the device locked, the user there.</summary>
internal sealed class StateFacts(LogcatWriter writer)
{
    private const int AppStateChange = 1;
    private const int Lock = 2;
    private const int Unlock = 3;
    private const int UserInteraction = 4;
    private const int ScreenOn = 5;
    private const int ScreenOff = 6;

    private byte[] _inFront = [];

    /// <summary><c>wm_set_resumed_activity: [user,component,reason]</c> and its older relatives.</summary>
    public bool TryWriteResumed(EventBatch batch, in LogcatEntry entry) =>
        TryComponent(in entry, out var component) && WriteInFront(batch, in entry, component);

    /// <summary><c>Displayed com.x/.Main: +350ms</c>.</summary>
    public bool TryWriteDisplayed(EventBatch batch, in LogcatEntry entry)
    {
        var text = entry.Line.Message[10..];
        var end = text.IndexOfAny((byte)':', (byte)' ');
        return end > 0 && !entry.IsOfApp && WriteInFront(batch, in entry, text[..end]);
    }

    /// <summary><c>wm_pause_activity: [user,token,component,…]</c>: no longer in front, unless another activity of the app already is.</summary>
    public bool TryWritePaused(EventBatch batch, in LogcatEntry entry)
    {
        if (!TryComponent(in entry, out var component)) return false;
        var package = LogcatWriter.PackageOfComponent(component);
        var isInFront = component.SequenceEqual(_inFront);
        if (!isInFront && package.SequenceEqual(LogcatWriter.PackageOfComponent(_inFront))) return false;
        if (isInFront) _inFront = [];
        WriteAppState(batch, in entry, package, AppState.Background);
        return true;
    }

    /// <summary><c>screen_toggled: 1</c>, <c>power_screen_state: [1,0,0,0,351]</c>.</summary>
    public bool TryWriteScreen(EventBatch batch, in LogcatEntry entry)
    {
        var message = entry.Line.Message;
        Span<Range> ranges = stackalloc Range[2];
        if (entry.IsOfApp || EventList.Split(ref message, ranges) == 0) return false;
        var value = EventList.Value(message, ranges[0]);
        if (value.SequenceEqual("1"u8)) return WriteScreen(batch, in entry, true);
        return value.SequenceEqual("0"u8) && WriteScreen(batch, in entry, false);
    }

    /// <summary><c>Going to sleep due to …</c>, <c>Waking up from …</c>.</summary>
    public bool TryWritePower(EventBatch batch, in LogcatEntry entry)
    {
        if (entry.IsOfApp) return false;
        if (entry.Line.Message.StartsWith("Waking up from "u8)) return WriteScreen(batch, in entry, true);
        return entry.Line.Message.StartsWith("Going to sleep "u8) && WriteScreen(batch, in entry, false);
    }

    /// <summary><c>wm_set_keyguard_shown: [(display,)showing,aodShowing,goingAway,(occluded,)reason]</c>.</summary>
    public bool TryWriteKeyguard(EventBatch batch, in LogcatEntry entry)
    {
        var message = entry.Line.Message;
        Span<Range> ranges = stackalloc Range[7];
        var count = EventList.Split(ref message, ranges);
        if (entry.IsOfApp || count < 4) return false;
        // The display came with the fifth value, the occlusion with the sixth.
        var first = count == 4 ? 0 : 1;
        var isShowing = EventList.Value(message, ranges[first]).SequenceEqual("1"u8);
        var isGoingAway = EventList.Value(message, ranges[first + 2]).SequenceEqual("1"u8);
        if (isShowing && isGoingAway) return false;
        writer.BeginFact(batch, EventClass.MobileState, isShowing ? Lock : Unlock, in entry);
        batch.Current.State.IsDeviceLocked = TriLogic.Of(isShowing);
        batch.Commit();
        return true;
    }

    /// <summary><c>input_interaction: Interaction with: 1a2b com.x/com.x.Main (server), …</c>.</summary>
    public bool TryWriteInteraction(EventBatch batch, in LogcatEntry entry)
    {
        var text = entry.Line.Message.TrimStart((byte)'[');
        if (entry.IsOfApp || !text.StartsWith("Interaction with: "u8)) return false;
        writer.BeginFact(batch, EventClass.MobileState, UserInteraction, in entry);
        if (entry.Line.HasTime) batch.SetInteger(FieldId.LastUserInteraction, entry.Line.Time.Millis);
        text = text[18..];
        var window = text[(text.IndexOf((byte)' ') + 1)..];
        var end = window.IndexOfAny((byte)' ', (byte)',');
        LogcatWriter.NameApp(batch, LogcatWriter.PackageOfComponent(end < 0 ? window : window[..end]), AppGrade.Package);
        batch.Commit();
        return true;
    }

    private bool WriteInFront(EventBatch batch, in LogcatEntry entry, ReadOnlySpan<byte> component)
    {
        var package = LogcatWriter.PackageOfComponent(component);
        if (package.IsEmpty) return false;
        if (!component.SequenceEqual(_inFront)) _inFront = component.ToArray();
        WriteAppState(batch, in entry, package, AppState.Foreground);
        return true;
    }

    private void WriteAppState(EventBatch batch, in LogcatEntry entry, ReadOnlySpan<byte> package, AppState state)
    {
        writer.BeginFact(batch, EventClass.MobileState, AppStateChange, in entry);
        LogcatWriter.NameApp(batch, package, AppGrade.Package);
        batch.Current.State.AppState = state;
        batch.Commit();
    }

    private bool WriteScreen(EventBatch batch, in LogcatEntry entry, bool isOn)
    {
        writer.BeginFact(batch, EventClass.MobileState, isOn ? ScreenOn : ScreenOff, in entry);
        batch.Current.State.IsScreenOn = TriLogic.Of(isOn);
        batch.Commit();
        return true;
    }

    // The component is the first value that is one; before it stand the user, a token and a task, as the version likes.
    private static bool TryComponent(in LogcatEntry entry, out ReadOnlySpan<byte> component)
    {
        component = default;
        if (entry.IsOfApp) return false;
        var message = entry.Line.Message;
        Span<Range> ranges = stackalloc Range[6];
        var count = EventList.Split(ref message, ranges);
        for (var i = 0; i < count; i++)
        {
            component = EventList.Value(message, ranges[i]);
            if (component.Length <= 512 && !LogcatWriter.PackageOfComponent(component).IsEmpty) return true;
        }
        return false;
    }
}
