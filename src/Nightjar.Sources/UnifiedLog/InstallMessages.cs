using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>Apps that were installed and removed. A placeholder is an app whose download has only begun, and counts as nothing yet.</summary>
internal sealed class InstallMessages(LogWriter writer)
{
    private const int Install = 1;
    private const int Remove = 2;

    public bool TryWrite(EventBatch batch, in LogEntry entry)
    {
        var installed = MessageText.After(entry.Message, "Install Successful for ("u8);
        return installed.IsEmpty ? TryWriteRemoved(batch, in entry) : TryWriteInstalled(batch, in entry, installed);
    }

    // "… Install Successful for (Customer:com.example.courier); Staging: …"
    private bool TryWriteInstalled(EventBatch batch, in LogEntry entry, ReadOnlySpan<byte> text)
    {
        var kind = MessageText.Until(text, ":"u8);
        var bundle = MessageText.Until(MessageText.After(text, ":"u8), ")"u8);
        if (kind.SequenceEqual("Placeholder"u8) || !MessageText.IsBundle(bundle)) return false;
        writer.Begin(batch, EventClass.ApplicationLifecycle, Install, in entry);
        LogWriter.NameApp(batch, bundle);
        if (kind.SequenceEqual("Developer"u8)) batch.Current.State.InstallSource = InstallSource.DeveloperTool;
        else if (kind.SequenceEqual("System"u8)) batch.Current.State.InstallSource = InstallSource.System;
        batch.Commit();
        return true;
    }

    // "… Uninstall requested by app (pid 188) for identities ( "[com.example.courier/PersonalPersona…]" )"
    private bool TryWriteRemoved(EventBatch batch, in LogEntry entry)
    {
        var identity = MessageText.After(MessageText.After(entry.Message, "Uninstall requested by "u8), " for identit"u8);
        var bundle = MessageText.Until(MessageText.After(identity, "["u8), "/]"u8);
        if (!MessageText.IsBundle(bundle)) return false;
        writer.Begin(batch, EventClass.ApplicationLifecycle, Remove, in entry);
        LogWriter.NameApp(batch, bundle);
        batch.Commit();
        return true;
    }
}
