using Nightjar.Events;

namespace Nightjar.Sources.Intake.Inputs;

/// <summary>Why a content ended before its end.</summary>
/// <param name="Kind">What kind.</param>
/// <param name="Reason">One sentence.</param>
internal sealed record InputFailure(AnomalyKind Kind, string Reason)
{
    /// <summary>What an exception of a stream means.</summary>
    public static InputFailure Of(Exception e) => e switch
    {
        LimitReachedException => new(AnomalyKind.LimitReached, e.Message),
        UnsupportedContentException or UnauthorizedAccessException => new(AnomalyKind.Unreadable, e.Message),
        EndOfStreamException => new(AnomalyKind.Corrupt, "The data is cut off; what came before was read."),
        IOException => new(AnomalyKind.Unreadable, e.Message),
        _ => new(AnomalyKind.Corrupt, "The data is damaged or cut off; what came before was read."),
    };

    /// <summary>True for what a hostile or broken input may cause; the rest are faults or wishes of the caller.</summary>
    public static bool Covers(Exception e) => e is not (OperationCanceledException or OutOfMemoryException or TemporaryFolderException);
}

/// <summary>An input exceeds a bound of <see cref="IntakeLimits"/>.</summary>
internal sealed class LimitReachedException(string message) : IOException(message);

/// <summary>A content is whole but cannot be read: encrypted, or of an unknown method.</summary>
internal sealed class UnsupportedContentException(string message) : IOException(message);
