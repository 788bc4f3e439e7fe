using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources.Identity;
using Nightjar.Sources.Intake;
using Xunit;

namespace Nightjar.Tests.Sources;

/// <summary>Reads a folder as a scan does: what tells of other files first.</summary>
internal static class FolderReading
{
    /// <summary>All events in their order.</summary>
    public static List<EvidenceEvent> Of(string folder)
    {
        var symbols = new SymbolTable();
        using var intake = new EventIntake(new IntakeOptions { Paths = [folder], Identities = new IdentityBook() }, symbols);
        var events = new List<EvidenceEvent>();
        foreach (var step in intake.Read(TestContext.Current.CancellationToken))
            for (var i = 0; step.Batch is { } batch && i < batch.Count; i++) events.Add(EvidenceEvent.From(batch[i], symbols, ""));
        return events;
    }
}
