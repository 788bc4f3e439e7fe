using System.Globalization;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources.Mapping;

/// <summary>A sample of a mapping: an invented file, and what must be read from it.</summary>
/// <param name="Mapping">Name of the mapping.</param>
/// <param name="Path">The file, with slashes; its bare name is what recognition sees.</param>
/// <param name="Bytes">Its content.</param>
/// <param name="Golden">The expected events as text; null when nobody has written them down.</param>
public sealed record MappingSample(string Mapping, string Path, ReadOnlyMemory<byte> Bytes, string? Golden)
{
    /// <summary>What the name of the file of expected events ends in; the rest is the sample's own.</summary>
    public const string GoldenSuffix = ".events";
}

/// <summary>How a sample came out.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Text">What was read, as golden text.</param>
/// <param name="Failures">What is not as it must be; empty when all is.</param>
public sealed record MappingSampleResult(MappingSample Sample, string Text, IReadOnlyList<string> Failures)
{
    /// <summary>True when nothing but the golden text differs, so that it may be taken over.</summary>
    public bool IsOnlyGolden { get; init; }
}

/// <summary>Tests mappings by their samples: recognised as theirs, read as written down, and the same in whatever pieces the bytes come.</summary>
public static class MappingSuite
{
    private static readonly Instant FileTime = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Runs the samples.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="readers">All readers that a file could be recognised by, the mappings' among them.</param>
    public static IReadOnlyList<MappingSampleResult> Run(IEnumerable<MappingSample> samples, IReadOnlyList<ISourceReader> readers)
    {
        ArgumentNullException.ThrowIfNull(samples);
        ArgumentNullException.ThrowIfNull(readers);
        return [.. samples.Select(sample => Run(sample, readers))];
    }

    private static MappingSampleResult Run(MappingSample sample, IReadOnlyList<ISourceReader> readers)
    {
        if (readers.FirstOrDefault(reader => reader.Format.Id == sample.Mapping) is not { } reader)
            return new MappingSampleResult(sample, "", [$"There is no mapping `{sample.Mapping}`, or it has mistakes."]);
        var failures = new List<string>();
        var bytes = sample.Bytes;
        var head = new SourceHead(bytes[..Math.Min(bytes.Length, SourceHead.Size)], bytes.Length <= SourceHead.Size, sample.Path[(sample.Path.LastIndexOf('/') + 1)..]);
        var recognised = SourceCatalog.Recognise(head, readers)?.Format.Id;
        if (recognised != sample.Mapping) failures.Add(recognised is null ? "No reader recognises it." : $"It is recognised as {recognised}.");
        var text = Read(reader, bytes, int.MaxValue);
        if (Read(reader, bytes, 7) != text) failures.Add("It reads differently when its bytes come in small pieces.");
        var isGolden = sample.Golden?.ReplaceLineEndings("\n") == text;
        if (!isGolden) failures.Add(sample.Golden is null ? "Its expected events are not written down." : Difference(sample.Golden.ReplaceLineEndings("\n"), text));
        return new MappingSampleResult(sample, text, failures) { IsOnlyGolden = !isGolden && failures.Count == 1 };
    }

    private static string Read(ISourceReader reader, ReadOnlyMemory<byte> bytes, int piece)
    {
        var text = new StringBuilder();
        var remarks = new StringBuilder();
        var batch = new EventBatch(new SymbolTable());
        var file = new SourceFile(1, "sample", reader.Format.Id, reader.Format.PositionKind);
        var kind = reader.Format.PositionKind.ToString().ToLowerInvariant();
        using var session = reader.Open(new SourceInput { Stream = new PiecesStream(bytes, piece), File = file, FileTime = FileTime });
        for (var more = true; more;)
        {
            batch.Clear();
            more = session.Read(batch, CancellationToken.None);
            for (var i = 0; i < batch.Count; i++)
                text.Append(CultureInfo.InvariantCulture, $"{kind} {batch[i].Header.Position}: {OcsfNdjsonWriter.Line(batch[i], batch.Symbols)}\n");
            foreach (var anomaly in batch.Anomalies)
                remarks.Append(CultureInfo.InvariantCulture, $"remark {kind} {anomaly.Position}: {anomaly.Kind}: {anomaly.Reason}\n");
        }
        return text.Append(remarks).ToString();
    }

    private static string Difference(string expected, string actual)
    {
        var (these, those) = (expected.Split('\n'), actual.Split('\n'));
        var at = Enumerable.Range(0, Math.Max(these.Length, those.Length)).First(i => i >= these.Length || i >= those.Length || these[i] != those[i]);
        return $"Line {at + 1} of the expected events differs.\n- {(at < these.Length ? these[at] : "(nothing)")}\n+ {(at < those.Length ? those[at] : "(nothing)")}";
    }

    private sealed class PiecesStream(ReadOnlyMemory<byte> bytes, int piece) : Stream
    {
        private int _at;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _at; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var length = Math.Min(Math.Min(buffer.Length, piece), bytes.Length - _at);
            bytes.Span.Slice(_at, length).CopyTo(buffer);
            _at += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
