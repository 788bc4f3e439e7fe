namespace Nightjar.Sources.Intake.Inputs;

/// <summary>Is shown every content that is not itself an archive.</summary>
internal interface ILeafVisitor
{
    /// <summary>Does with it what is to be done. The content is closed afterwards.</summary>
    void Visit(InputNode node, LeafContent content, CancellationToken cancellation);

    /// <summary>Something could not be read at all, or is no telemetry.</summary>
    void Refuse(string path, Nightjar.Events.FileState state, InputFailure failure);

    /// <summary>An archive could be read only in part.</summary>
    void CutShort(string path, InputFailure failure);
}
