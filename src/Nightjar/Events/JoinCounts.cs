namespace Nightjar.Events;

/// <summary>How many network records that name no app got one from another record.</summary>
/// <param name="ByConnection">Another record of the same connection names it.</param>
/// <param name="ByDestination">It alone went to the same place at the same time.</param>
/// <param name="Ambiguous">Several apps could have caused the record; it stays without one.</param>
/// <param name="GivenUp">Contacts that were not remembered for want of room.</param>
public sealed record JoinCounts(long ByConnection, long ByDestination, long Ambiguous, long GivenUp)
{
    public static JoinCounts None { get; } = new(0, 0, 0, 0);
}
