using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;

namespace Nightjar.Tests.Sources;

/// <summary>What a reader made of one input: everything it told, written out so that two readings can be compared.</summary>
/// <param name="Events">The events in the order in which they came.</param>
/// <param name="Anomalies">The anomalies in the order in which they came.</param>
/// <param name="Leases">What the reader told of addresses.</param>
/// <param name="Lines">One text per event that holds every header and slot field.</param>
/// <param name="LargestBatch">The most events that one call of Read left in its batch.</param>
internal sealed record Reading(
    IReadOnlyList<EvidenceEvent> Events,
    IReadOnlyList<SourceAnomaly> Anomalies,
    IReadOnlyList<AddressLease> Leases,
    IReadOnlyList<string> Lines,
    int LargestBatch)
{
    /// <summary>The number of the file that every reading claims.</summary>
    public const int FileNumber = 3;

    /// <summary>Reads bytes to their end.</summary>
    public static Reading Of(ISourceReader reader, ReadOnlyMemory<byte> bytes, ReadingOptions? options = null)
    {
        using var stream = new ChunkedStream(bytes, int.MaxValue);
        return Of(reader, stream, options);
    }

    /// <summary>Reads UTF-8 text to its end.</summary>
    public static Reading Of(ISourceReader reader, string text, ReadingOptions? options = null) =>
        Of(reader, Encoding.UTF8.GetBytes(text), options);

    /// <summary>Reads a stream to its end.</summary>
    public static Reading Of(ISourceReader reader, Stream stream, ReadingOptions? options = null)
    {
        var collector = new Collector(reader, stream, options ?? new ReadingOptions());
        using (collector)
        {
            while (collector.Step(CancellationToken.None))
            {
            }
        }
        return collector.Result;
    }

    /// <summary>The anomalies of one kind.</summary>
    public IEnumerable<SourceAnomaly> Of(AnomalyKind kind) => Anomalies.Where(anomaly => anomaly.Kind == kind);

    /// <summary>Everything in one text, for comparing and for showing.</summary>
    public string Describe() => string.Join('\n',
        Lines.Concat(Anomalies.Select(anomaly => anomaly.ToString())).Concat(Leases.Select(lease => lease.ToString())));
}

/// <summary>How an input is given to a reader.</summary>
internal sealed record ReadingOptions
{
    public string Name { get; init; } = "example.log";

    public SourceSettings Settings { get; init; } = new();

    public Instant? FileTime { get; init; } = Instant.From(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The table to intern into; a new one when null. Shared between many readings it saves time.</summary>
    public SymbolTable? Symbols { get; init; }
}

/// <summary>Reads batch by batch and writes out what came.</summary>
internal sealed class Collector : IIdentitySink, IDisposable
{
    private readonly List<EvidenceEvent> _events = [];
    private readonly List<SourceAnomaly> _anomalies = [];
    private readonly List<AddressLease> _leases = [];
    private readonly List<string> _lines = [];
    private readonly EventBatch _batch;
    private readonly SourceFile _file;
    private readonly SourceSession _session;
    private int _largest;

    public Collector(ISourceReader reader, Stream stream, ReadingOptions options)
    {
        _batch = new EventBatch(options.Symbols ?? new SymbolTable());
        _file = new SourceFile(Reading.FileNumber, "fixtures/" + options.Name, reader.Format.Id, reader.Format.PositionKind);
        _session = reader.Open(new SourceInput
        {
            Stream = stream, File = _file, Settings = options.Settings, FileTime = options.FileTime, Identities = this,
        });
    }

    public Reading Result => new(_events, _anomalies, _leases, _lines, _largest);

    public long BytesRead => _session.BytesRead;

    /// <summary>Reads one batch and takes what is in it, also when reading throws.</summary>
    public bool Step(CancellationToken cancellation)
    {
        _batch.Clear();
        try
        {
            return _session.Read(_batch, cancellation);
        }
        finally
        {
            Take();
        }
    }

    public void Add(AddressLease lease) => _leases.Add(lease);

    public void Dispose() => _session.Dispose();

    private void Take()
    {
        _largest = Math.Max(_largest, _batch.Count);
        _anomalies.AddRange(_batch.Anomalies);
        for (var i = 0; i < _batch.Count; i++)
        {
            var evidence = EvidenceEvent.From(_batch[i], _batch.Symbols, _file.Locate(_batch.HeaderAt(i).Position));
            _events.Add(evidence);
            _lines.Add(Describe(in _batch.HeaderAt(i), evidence));
        }
    }

    /// <summary>Every header and slot field of an event in one text.</summary>
    public static string Describe(in EventHeader header, EvidenceEvent evidence)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"file {header.File} at {header.Position}: {header.Time} .. {header.End} seq {header.Sequence}");
        text.Append(CultureInfo.InvariantCulture, $" id {EventIds.Text(header.Id)} {evidence.Class} {header.ClassUid}/{header.Activity}");
        text.Append(CultureInfo.InvariantCulture, $" device '{evidence.Device}' {evidence.Platform} app '{evidence.App}' log '{evidence.LogName}'");
        text.Append(CultureInfo.InvariantCulture, $" state {header.State.Packed:x}");
        foreach (var field in evidence.Fields)
            text.Append(CultureInfo.InvariantCulture, $" {field.Field}={(field.Value is string[] list ? string.Join('|', list) : field.Value)}");
        return text.ToString();
    }
}
