using Nightjar.Events;
using Nightjar.Sources.Intake.Inputs;

namespace Nightjar.Sources.Intake.Reading;

/// <summary>A content with the reader that recognises it.</summary>
internal sealed record LeafSource(InputNode Node, ISourceReader Reader, SourceFile File, LeafAccount Account)
{
    /// <summary>Begins to read it anew for its events. Null when it cannot be opened any more; its account says so then.</summary>
    public LeafReading? TryReopen(IntakeOptions options, CancellationToken cancellation)
    {
        try
        {
            return Read(LeafContent.Reopen(Node, options.Limits, cancellation), options);
        }
        catch (Exception e) when (InputFailure.Covers(e))
        {
            return Refuse(e);
        }
    }

    /// <summary>Begins to read it for its events. Null when its reader refuses; its account says so then.</summary>
    /// <param name="content">The open content; owned by the result, also when there is none.</param>
    /// <param name="options">What is wanted.</param>
    public LeafReading? TryRead(LeafContent content, IntakeOptions options)
    {
        try
        {
            return Read(content, options);
        }
        catch (Exception e) when (InputFailure.Covers(e))
        {
            return Refuse(e);
        }
    }

    private LeafReading Read(LeafContent content, IntakeOptions options)
    {
        SourceSession? session = null;
        try
        {
            session = Reader.Open(Input(content, options, identities: null));
            if (options.Wrap is { } wrap) session = wrap(session, File, Reader.Format, Node.RelativePath);
            return new LeafReading(session, content, Account, options);
        }
        catch
        {
            session?.Dispose();
            content.Dispose();
            throw;
        }
    }

    /// <summary>What a session gets.</summary>
    public SourceInput Input(LeafContent content, IntakeOptions options, IIdentitySink? identities) => new()
    {
        Stream = content.Stream,
        File = File,
        Settings = options.Settings,
        FileTime = Node.Time,
        Identities = identities,
        Certificates = options.Certificates,
    };

    private LeafReading? Refuse(Exception e)
    {
        var failure = InputFailure.Of(e);
        lock (Account.Gate)
        {
            Account.Reset();
            Account.Refuse(FileState.Unreadable, failure.Kind, failure.Reason);
        }
        return null;
    }
}
