namespace Nightjar.Sources.Logcat;

/// <summary>What lines under a tag may tell beyond their words.</summary>
internal enum FactKind : byte
{
    None,
    ProcessStart,
    ProcessEnd,
    ActivityResumed,
    ActivityPaused,
    ScreenToggled,
    KeyguardShown,
    Interaction,
    ReportedCode,
    ActivityManager,
    PackageManager,
    PowerManager,
    Compiler,
    Linker,
    NativeLoader,
    Zygote,
}

/// <summary>The tags under which the system tells facts.</summary>
internal static class LogcatTags
{
    /// <summary>The kind of fact that a tag announces.</summary>
    public static FactKind Of(ReadOnlySpan<byte> tag)
    {
        if (tag.Length < 5) return FactKind.None;
        return tag[0] switch
        {
            (byte)'a' => OfActivityEvents(tag),
            (byte)'w' => OfWindowEvents(tag),
            (byte)'A' => tag.SequenceEqual("ActivityManager"u8) || tag.SequenceEqual("ActivityTaskManager"u8) ? FactKind.ActivityManager : FactKind.None,
            (byte)'P' => OfServices(tag),
            (byte)'d' => tag.StartsWith("dex2oat"u8) ? FactKind.Compiler : FactKind.None,
            (byte)'l' => tag.SequenceEqual("linker"u8) ? FactKind.Linker : FactKind.None,
            (byte)'n' => tag.SequenceEqual("nativeloader"u8) ? FactKind.NativeLoader : FactKind.None,
            (byte)'s' or (byte)'[' or (byte)'1' => OfOtherEvents(tag),
            (byte)'p' => tag.SequenceEqual("power_screen_state"u8) ? FactKind.ScreenToggled : FactKind.None,
            (byte)'i' => tag.SequenceEqual("input_interaction"u8) ? FactKind.Interaction : FactKind.None,
            (byte)'Z' => tag.SequenceEqual("Zygote"u8) ? FactKind.Zygote : FactKind.None,
            _ => FactKind.None,
        };
    }

    private static FactKind OfActivityEvents(ReadOnlySpan<byte> tag)
    {
        if (!tag.StartsWith("am_"u8)) return FactKind.None;
        tag = tag[3..];
        if (tag.SequenceEqual("proc_start"u8)) return FactKind.ProcessStart;
        if (tag.SequenceEqual("proc_died"u8) || tag.SequenceEqual("kill"u8)) return FactKind.ProcessEnd;
        return tag.SequenceEqual("focused_activity"u8) ? FactKind.ActivityResumed : OfActivity(tag);
    }

    private static FactKind OfWindowEvents(ReadOnlySpan<byte> tag)
    {
        if (!tag.StartsWith("wm_"u8)) return FactKind.None;
        return tag.SequenceEqual("wm_set_keyguard_shown"u8) ? FactKind.KeyguardShown : OfActivity(tag[3..]);
    }

    private static FactKind OfActivity(ReadOnlySpan<byte> tag)
    {
        if (tag.SequenceEqual("set_resumed_activity"u8) || tag.SequenceEqual("resume_activity"u8)) return FactKind.ActivityResumed;
        return tag.SequenceEqual("pause_activity"u8) || tag.SequenceEqual("stop_activity"u8) ? FactKind.ActivityPaused : FactKind.None;
    }

    private static FactKind OfServices(ReadOnlySpan<byte> tag)
    {
        if (tag.SequenceEqual("PackageManager"u8)) return FactKind.PackageManager;
        return tag.SequenceEqual("PowerManagerService"u8) ? FactKind.PowerManager : FactKind.None;
    }

    // A phone without the table of event names prints the number of snet_event_log.
    private static FactKind OfOtherEvents(ReadOnlySpan<byte> tag)
    {
        if (tag.SequenceEqual("screen_toggled"u8)) return FactKind.ScreenToggled;
        return tag.SequenceEqual("snet_event_log"u8) || tag.Trim("[]"u8).SequenceEqual("1397638484"u8) ? FactKind.ReportedCode : FactKind.None;
    }
}
