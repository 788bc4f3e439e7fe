namespace Nightjar.Events;

/// <summary>How far the clock of one log source is from that of another, on one device, as matching records tell.</summary>
/// <param name="Device">The device.</param>
/// <param name="Reference">Log source whose clock is taken as it is: one of the device's own where there is one.</param>
/// <param name="Source">Log source that is compared with it.</param>
/// <param name="Offset">By how much the source is ahead of the reference; negative when it is behind.</param>
/// <param name="Spread">Standard deviation.</param>
/// <param name="Pairs">Records that matched.</param>
/// <param name="IsApplied">True when the times of the source were moved by it.</param>
public sealed record ClockOffset(string Device, string Reference, string Source, TimeSpan Offset, TimeSpan Spread, int Pairs, bool IsApplied = false);
