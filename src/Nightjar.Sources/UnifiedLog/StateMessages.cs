using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>Whether an app is in front, the screen on, the device locked, the user there.</summary>
internal sealed class StateMessages(LogWriter writer)
{
    public bool TryWrite(EventBatch batch, in LogEntry entry, ReadOnlySpan<byte> process)
    {
        if (process.SequenceEqual("SpringBoard"u8) && TryWriteSpringBoard(batch, in entry)) return true;
        if (process.SequenceEqual("runningboardd"u8)) return TryWriteCalculated(batch, in entry);
        if (process.SequenceEqual("backboardd"u8)) return TryWriteTouch(batch, in entry);
        return TryWriteLock(batch, in entry) || TryWriteScreen(batch, in entry);
    }

    private bool TryWriteSpringBoard(EventBatch batch, in LogEntry entry)
    {
        var visibility = MessageText.After(entry.Message, "Setting process visibility to: "u8);
        if (visibility.StartsWith("Foreground"u8)) return WriteState(batch, in entry, entry.Message, AppState.Foreground);
        if (visibility.StartsWith("Background"u8)) return WriteState(batch, in entry, entry.Message, AppState.Background);
        return entry.Message.StartsWith("Launching application "u8)
            && MessageText.After(entry.Message, " from icon"u8) is { IsEmpty: false }
            && WriteInteraction(batch, in entry, MessageText.Until(entry.Message["Launching application ".Length..], " "u8));
    }

    // "Calculated state for app<com.example.courier(UUID)>: running-active (role: UserInteractiveFocal)"
    private bool TryWriteCalculated(EventBatch batch, in LogEntry entry)
    {
        var process = MessageText.After(entry.Message, "Calculated state for "u8);
        if (process.IsEmpty) return false;
        var state = MessageText.After(process, ">: "u8);
        if (state.StartsWith("running-suspended"u8)) return WriteState(batch, in entry, process, AppState.Suspended);
        if (state.StartsWith("terminat"u8) || state.StartsWith("not-running"u8)) return WriteState(batch, in entry, process, AppState.NotRunning);
        if (!state.StartsWith("running-active"u8)) return false;
        var isInFront = state.IndexOf("(role: UserInteractive"u8) >= 0 && state.IndexOf("NotVisible"u8) < 0;
        return WriteState(batch, in entry, process, isInFront ? AppState.Foreground : AppState.Background);
    }

    private bool TryWriteTouch(EventBatch batch, in LogEntry entry)
    {
        if (!entry.Message.StartsWith("contact "u8) || !entry.Message.EndsWith("presence: touching"u8)) return TryWriteScreen(batch, in entry);
        return WriteInteraction(batch, in entry, default);
    }

    private bool TryWriteLock(EventBatch batch, in LogEntry entry)
    {
        if (entry.Message.IndexOf("Screen did lock"u8) >= 0) return WriteLock(batch, in entry, true);
        if (entry.Message.IndexOf("Screen did unlock"u8) >= 0) return WriteLock(batch, in entry, false);
        var transition = MessageText.After(entry.Message, "Transition: "u8);
        var state = MessageText.Until(MessageText.After(transition, " -> "u8), " ,;.\n)"u8);
        if (state.SequenceEqual("locked"u8)) return WriteLock(batch, in entry, true);
        return (state.SequenceEqual("unlocked"u8) || state.SequenceEqual("inBioUnlock"u8)) && WriteLock(batch, in entry, false);
    }

    private bool TryWriteScreen(EventBatch batch, in LogEntry entry)
    {
        if (entry.Message.IndexOf("Screen shut off"u8) >= 0) return WriteScreen(batch, in entry, false);
        var state = MessageText.After(entry.Message, "ScreenOn changed"u8).TrimStart(": =to"u8);
        if (state.StartsWith("1"u8)) return WriteScreen(batch, in entry, true);
        return state.StartsWith("0"u8) && WriteScreen(batch, in entry, false);
    }

    // "app<com.example.courier(UUID)>:123", in older systems "application<com.example.courier>:123". Daemons and services have no state that matters here.
    private bool WriteState(EventBatch batch, in LogEntry entry, ReadOnlySpan<byte> text, AppState state)
    {
        var bracket = text.IndexOf((byte)'<');
        if (bracket < 0) return false;
        var kind = text[..bracket].TrimStart((byte)'[');
        var bundle = MessageText.Until(text[(bracket + 1)..], ">("u8);
        if (!kind.SequenceEqual("app"u8) && !kind.SequenceEqual("application"u8) || !MessageText.IsBundle(bundle)) return false;
        writer.Begin(batch, EventClass.MobileState, StateActivities.AppState, in entry);
        LogWriter.NameApp(batch, bundle);
        if (MessageText.TryNumber(MessageText.After(text, ">:"u8), out var pid)) writer.Processes.Learn(pid, batch.Current.App);
        batch.Current.State.AppState = state;
        batch.Commit();
        return true;
    }

    private bool WriteInteraction(EventBatch batch, in LogEntry entry, ReadOnlySpan<byte> bundle)
    {
        writer.Begin(batch, EventClass.MobileState, StateActivities.UserInteraction, in entry);
        LogWriter.NameApp(batch, bundle);
        batch.SetInteger(FieldId.LastUserInteraction, entry.Time.Millis);
        batch.Commit();
        return true;
    }

    private bool WriteLock(EventBatch batch, in LogEntry entry, bool isLocked)
    {
        writer.Begin(batch, EventClass.MobileState, isLocked ? StateActivities.Lock : StateActivities.Unlock, in entry);
        batch.Current.State.IsDeviceLocked = TriLogic.Of(isLocked);
        batch.Commit();
        return true;
    }

    private bool WriteScreen(EventBatch batch, in LogEntry entry, bool isOn)
    {
        writer.Begin(batch, EventClass.MobileState, isOn ? StateActivities.ScreenOn : StateActivities.ScreenOff, in entry);
        batch.Current.State.IsScreenOn = TriLogic.Of(isOn);
        batch.Commit();
        return true;
    }
}
