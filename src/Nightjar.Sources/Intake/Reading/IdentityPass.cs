using Nightjar.Events;
using Nightjar.Sources.Identity;
using Nightjar.Sources.Intake.Inputs;

namespace Nightjar.Sources.Intake.Reading;

/// <summary>Reads the files that tell which address belonged to which device, before any event is attributed. What goes wrong is not
/// noted: the same files are read again for their events.</summary>
internal sealed class IdentityPass(IntakeOptions options, EventBatch batch) : ILeafVisitor
{
    public void Visit(InputNode node, LeafContent content, CancellationToken cancellation)
    {
        try
        {
            if (options.Recognise(content.Head) is { } reader && reader.SuppliesIdentity(content.Head)) Read(node, reader, content, cancellation);
        }
        catch (Exception e) when (InputFailure.Covers(e))
        {
            // The reading for events meets it again and notes it.
        }
    }

    public void Refuse(string path, FileState state, InputFailure failure)
    {
    }

    public void CutShort(string path, InputFailure failure)
    {
    }

    private void Read(InputNode node, ISourceReader reader, LeafContent content, CancellationToken cancellation)
    {
        var file = new SourceFile(0, node.Path, reader.Format.Id, reader.Format.PositionKind);
        var leaf = new LeafSource(node, reader, file, new LeafAccount(node.Path));
        using var session = reader.Open(leaf.Input(content, options, options.Identities));
        bool more;
        do
        {
            batch.Clear();
            more = session.Read(batch, cancellation);
            StatedAddresses.Tell(batch, options.Identities!);
        }
        while (more);
        batch.Clear();
    }
}
