using System.Globalization;
using Nightjar.Events;
using Nightjar.Sources;

namespace Nightjar.Benchmarks.Speed.Works;

/// <summary>A reader alone: bytes to typed events, texts interned, and nothing done with them.</summary>
internal sealed class SessionWork(string name, string format, Func<SpeedInput, FileInfo> of) : ISpeedWork
{
    public string Name => name;

    public string? Obstacle(SpeedInput input) => null;

    public SpeedSample Run(SpeedInput input)
    {
        var file = of(input);
        var reader = SourceCatalog.All.Single(item => item.Format.Id == format);
        var (seconds, (events, ids)) = Timed.Processor(() => Read(reader, file));
        return new SpeedSample(seconds, file.Length, events, string.Create(CultureInfo.InvariantCulture, $"{events} events, {ids:x}"));
    }

    private static (long Events, UInt128 Ids) Read(ISourceReader reader, FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        using var session = reader.Open(new SourceInput
        {
            Stream = stream, File = new SourceFile(1, file.Name, reader.Format.Id, reader.Format.PositionKind), FileTime = Instant.FromMillis(1_767_657_600_000),
        });
        var batch = new EventBatch(new SymbolTable());
        var (events, ids) = (0L, default(UInt128));
        bool more;
        do
        {
            batch.Clear();
            more = session.Read(batch, CancellationToken.None);
            events += batch.Count;
            for (var i = 0; i < batch.Count; i++) ids ^= batch.HeaderAt(i).Id;
        }
        while (more);
        return (events, ids);
    }
}
