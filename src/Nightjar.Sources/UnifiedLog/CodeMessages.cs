using Nightjar.Events;

namespace Nightjar.Sources.UnifiedLog;

/// <summary>What the kernel and its keeper of signatures said of code: pages that do not match their signature, signatures refused, and what
/// the sandbox refused, code made at run time among it.</summary>
/// <remarks>All are refusals. iOS logs no code that it lets pass.</remarks>
internal sealed class CodeMessages(LogWriter writer)
{
    private const int Decision = 1;
    private const long Denied = 2;

    public bool TryWrite(EventBatch batch, in LogEntry entry)
    {
        if (entry.Message.StartsWith("Sandbox: "u8)) return TryWriteSandbox(batch, in entry);
        if (entry.Message.StartsWith("CODE SIGNING: "u8)) return TryWritePage(batch, in entry);
        return TryWriteSignature(batch, in entry);
    }

    // "Sandbox: Courier(1234) deny(1) dynamic-code-generation", "… deny(1) file-map-executable /private/var/…"
    private bool TryWriteSandbox(EventBatch batch, in LogEntry entry)
    {
        var process = MessageText.Until(entry.Message["Sandbox: ".Length..], "("u8);
        var verdict = MessageText.After(entry.Message, ") deny"u8);
        if (verdict.IsEmpty || !MessageText.TryNumber(MessageText.After(entry.Message, "("u8), out var pid)) return false;
        var operation = MessageText.After(verdict, " "u8);
        var name = MessageText.Until(operation, " \n"u8);
        if (name.IsEmpty) return false;
        Begin(batch, in entry, name, process, pid);
        var path = MessageText.Until(MessageText.After(operation, " "u8), "\n"u8);
        if (path.StartsWith("/"u8)) batch.Set(FieldId.KernelPath, path);
        batch.Commit();
        return true;
    }

    // "CODE SIGNING: process 1234[Courier]: rejecting invalid page at address … in file "/private/var/…" (…)", "CODE SIGNING: cs_invalid_page(0x1): p=1234[Courier] …"
    private bool TryWritePage(EventBatch batch, in LogEntry entry)
    {
        var text = MessageText.After(entry.Message, "process "u8);
        if (text.IsEmpty) text = MessageText.After(entry.Message, "p="u8);
        if (!MessageText.TryNumber(text, out var pid)) return false;
        if (entry.Message.IndexOf("reject"u8) < 0 && entry.Message.IndexOf("denying"u8) < 0) return false;
        Begin(batch, in entry, "invalid_page"u8, MessageText.Until(MessageText.After(text, "["u8), "]"u8), pid);
        batch.Set(FieldId.KernelPath, MessageText.Until(MessageText.After(entry.Message, "in file \""u8), "\""u8));
        batch.Commit();
        return true;
    }

    // "AMFI: '/private/var/…': unsuitable CT policy 0 …, rejecting signature.", amfid: "/private/var/… not valid: …"
    private bool TryWriteSignature(EventBatch batch, in LogEntry entry)
    {
        var path = MessageText.Until(MessageText.After(entry.Message, "AMFI: '"u8), "'"u8);
        if (path.IsEmpty && entry.Message.StartsWith("/"u8))
        {
            var end = entry.Message.IndexOf(" not valid: "u8);
            if (end > 0) path = entry.Message[..end];
        }
        else if (entry.Message.IndexOf("reject"u8) < 0)
        {
            return false;
        }
        if (!path.StartsWith("/"u8)) return false;
        Begin(batch, in entry, "code_signature"u8, SystemProcess.AppOf(path), -1);
        batch.Set(FieldId.KernelPath, path);
        batch.Commit();
        return true;
    }

    private void Begin(EventBatch batch, in LogEntry entry, ReadOnlySpan<byte> name, ReadOnlySpan<byte> process, long pid)
    {
        writer.Begin(batch, EventClass.KernelDecision, Decision, in entry);
        batch.Set(FieldId.KernelName, name);
        batch.SetInteger(FieldId.ActionId, Denied);
        if (!process.IsEmpty) batch.Set(FieldId.ProcessName, process);
        if (pid >= 0) batch.SetInteger(FieldId.ProcessId, pid);
        var bundle = writer.Processes.Of(pid);
        if (bundle.IsNone && process.IsEmpty) return;
        batch.Current.App = bundle.IsNone ? batch.Intern(process) : bundle;
        batch.Current.State.AppGrade = bundle.IsNone ? AppGrade.Label : AppGrade.ProcessName;
    }
}
