using Nightjar.Events;
using Nightjar.Sources.Intake.Reading;

namespace Nightjar.Sources.Intake.Inputs;

/// <summary>Decides whether what comes through a pipe has to be kept, because it must be read twice or in parts.</summary>
internal static class PipeKeeper
{
    /// <summary>Looks at the beginning and keeps the whole if need be.</summary>
    public static void Prepare(PipeFile pipe, IntakeOptions options, TemporaryFolder folder, AccountBook accounts, CancellationToken cancellation)
    {
        try
        {
            if (MustBeKept(pipe.Begin(cancellation), options) && !pipe.Keep(folder, options.Limits.SpooledBytes, cancellation))
                accounts.CutShort(pipe.Path, AnomalyKind.LimitReached, $"More than {options.Limits.SpooledBytes} bytes came; the rest was not read.");
        }
        catch (Exception e) when (InputFailure.Covers(e))
        {
            // Opening it again says what is wrong.
        }
    }

    private static bool MustBeKept(PeekedStream begin, IntakeOptions options)
    {
        if (ContentKinds.Of(begin.Head.Span) != ContentKind.Plain) return true;
        var head = new SourceHead(begin.Head, begin.IsWhole, "-");
        return options.Identities is not null && options.Recognise(head)?.SuppliesIdentity(head) == true;
    }
}
