namespace Nightjar.Benchmarks.Whole;

/// <summary>In which order the lines of a file stand.</summary>
internal enum LineOrder
{
    /// <summary>By event time.</summary>
    Time,

    /// <summary>Out of order by up to five seconds, as several sensors write into one file.</summary>
    Jittered,

    /// <summary>Out of order by up to a minute, as uploads of many devices arrive.</summary>
    Late,

    /// <summary>No order at all.</summary>
    Shuffled,
}

/// <summary>What to generate. The same specification gives the same bytes.</summary>
internal sealed record TelemetrySpec
{
    // The mean of what EventWriter writes.
    private const int LineBytes = 521;

    /// <summary>Bytes of the file, reached to within a few percent.</summary>
    public long Bytes { get; init; } = 64L << 20;

    /// <summary>Number of lines.</summary>
    public int Events => (int)Math.Min(int.MaxValue, Bytes / LineBytes);

    public ulong Seed { get; init; } = 1;

    public LineOrder Order { get; init; } = LineOrder.Time;

    public int Devices { get; init; } = 400;

    /// <summary>Events between one planted chain and the next.</summary>
    public int ChainEvery { get; init; } = 20_000;

    /// <summary>The file's name tells what is in it, so that it is made once; the number goes up with what <see cref="EventWriter"/> writes.</summary>
    public string FileName => $"telemetry-2-{Bytes >> 20}MiB-{Order.ToString().ToLowerInvariant()}-{Devices}-{ChainEvery}-{Seed}.ndjson";
}
