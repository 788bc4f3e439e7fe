using Nightjar.Events;

namespace Nightjar.Sources.Logcat;

/// <summary>Finds in a line the fact that it tells beyond its words, and writes it.</summary>
internal sealed class LogcatFacts(LogcatWriter writer)
{
    private readonly KernelFacts _kernel = new(writer);
    private readonly ReportedCode _reported = new(writer);
    private readonly CodeFacts _code = new(writer);
    private readonly ProcessFacts _processes = new(writer);
    private readonly StateFacts _states = new(writer);
    private readonly PackageFacts _packages = new(writer);

    /// <summary>Writes the fact's events; false when the line is only a line.</summary>
    public bool TryWrite(EventBatch batch, in LogcatEntry entry)
    {
        var kind = LogcatTags.Of(entry.Line.Tag);
        if (kind != FactKind.None && TryWrite(kind, batch, in entry)) return true;
        if (IsDecision(entry.Line.Message)) return _kernel.TryWrite(batch, in entry);
        return entry.Line.IsWarning && _code.TryWriteRuntime(batch, in entry);
    }

    private bool TryWrite(FactKind kind, EventBatch batch, in LogcatEntry entry) => kind switch
    {
        FactKind.ProcessStart => _processes.TryWriteStart(batch, in entry),
        FactKind.ActivityResumed => _states.TryWriteResumed(batch, in entry),
        FactKind.ActivityPaused => _states.TryWritePaused(batch, in entry),
        FactKind.ScreenToggled => _states.TryWriteScreen(batch, in entry),
        FactKind.KeyguardShown => _states.TryWriteKeyguard(batch, in entry),
        FactKind.Interaction => _states.TryWriteInteraction(batch, in entry),
        FactKind.PowerManager => _states.TryWritePower(batch, in entry),
        FactKind.ReportedCode => _reported.TryWrite(batch, in entry),
        FactKind.Compiler => _code.TryWriteCompiler(batch, in entry),
        FactKind.Linker => _code.TryWriteLinker(batch, in entry),
        FactKind.NativeLoader => _code.TryWriteNativeLoader(batch, in entry),
        FactKind.PackageManager => _packages.TryWriteManager(batch, in entry),
        FactKind.ActivityManager => TryWriteActivityManager(batch, in entry),
        _ => LearnEnd(kind, in entry),
    };

    private bool TryWriteActivityManager(EventBatch batch, in LogcatEntry entry)
    {
        var message = entry.Line.Message;
        if (message.StartsWith("Start proc "u8)) return _processes.TryWriteStartText(batch, in entry);
        if (message.StartsWith("Displayed "u8)) return _states.TryWriteDisplayed(batch, in entry);
        if (message.StartsWith("Force stopping "u8)) return _packages.TryWriteStop(batch, in entry);
        return LearnEnd(FactKind.ActivityManager, in entry);
    }

    // Contract: the end of a process is no event of its own; the line stays a line.
    private bool LearnEnd(FactKind kind, in LogcatEntry entry)
    {
        if (kind == FactKind.ProcessEnd) _processes.LearnEnd(in entry);
        else _processes.LearnEndText(in entry);
        return false;
    }

    private static bool IsDecision(ReadOnlySpan<byte> message) =>
        message.Length > 20 && (message.StartsWith("type=1400 "u8) || message.StartsWith("avc: "u8) || message.StartsWith("audit: "u8));
}
