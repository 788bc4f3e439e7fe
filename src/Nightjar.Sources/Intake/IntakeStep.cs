using Nightjar.Events;

namespace Nightjar.Sources.Intake;

/// <summary>The next thing to do with the stream of events.</summary>
public readonly record struct IntakeStep
{
    private IntakeStep(EventBatch? batch) => Batch = batch;

    /// <summary>The next events, in the total order. Valid until as many further steps as
    /// <see cref="IntakeOptions.BatchesKept"/> says. Null for a restart.</summary>
    public EventBatch? Batch { get; }

    /// <summary>True when everything handed on so far is to be forgotten: a file proved to be further out of order than was allowed
    /// for, and the stream begins again from its start.</summary>
    public bool IsRestart => Batch is null;

    internal static IntakeStep Restart => default;

    internal static IntakeStep Of(EventBatch batch) => new(batch);
}

/// <summary>What the reading is at.</summary>
public enum IntakePhase
{
    /// <summary>Files that tell which address belonged to which device.</summary>
    Identities,
    /// <summary>Files that are held or sorted before events can be handed on.</summary>
    Loading,
    /// <summary>Events are handed on.</summary>
    HandingOn,
}

/// <summary>How far the reading is.</summary>
/// <param name="Phase">What it is at.</param>
/// <param name="BytesRead">Bytes of files read in this phase, as they lie on disk. Loading and handing on count together.</param>
/// <param name="BytesInAll">Bytes of all files, as they lie on disk; 0 when unknown.</param>
/// <param name="Events">Events handed on so far.</param>
public readonly record struct IntakeProgress(IntakePhase Phase, long BytesRead, long BytesInAll, long Events);
