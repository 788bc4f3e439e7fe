using Nightjar.Events;
using Nightjar.Sources.PropertyList;

namespace Nightjar.Sources.AppleMdm;

/// <summary>What a managed Apple device answers its server: a property list, in XML or binary, a file an answer.</summary>
/// <remarks>Of a Mac, too: the platform is told where the answer names the model. Answers state no time; that of the file is taken, and marked.</remarks>
internal sealed class MdmPlistReader : ISourceReader
{
    private static readonly string[] Keys = ["InstalledApplicationList", "ManagedApplicationList", "QueryResponses", "SecurityInfo", "MessageType", "CommandUUID"];

    public SourceFormat Format { get; } = new("apple-mdm", "Apple MDM answer", PositionKind.Record)
    {
        LogNames = ["iOS:MDMLog"],
        Yields = [EventClass.SoftwareInfo, EventClass.LogLine],
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new PlistSession(input);

    public int Recognise(SourceHead head)
    {
        var text = System.Text.Encoding.Latin1.GetString(head.Bytes.Span);
        if (text.StartsWith("bplist00", StringComparison.Ordinal)) return Keys.Any(key => text.Contains(key, StringComparison.Ordinal)) ? 95 : 0;
        if (!text.TrimStart().StartsWith('<') || !text.Contains("<plist", StringComparison.Ordinal)) return 0;
        return Keys.Any(key => text.Contains($"<key>{key}</key>", StringComparison.Ordinal)) ? 95 : 0;
    }

    private sealed class PlistSession(SourceInput input) : SourceSession
    {
        private const long MaxBytes = 64L << 20;

        private IEnumerator<int>? _steps;
        private EventBatch? _batch;
        private long _bytes;

        public override long BytesRead => _bytes;

        public override bool Read(EventBatch batch, CancellationToken cancellation)
        {
            cancellation.ThrowIfCancellationRequested();
            _batch = batch;
            _steps ??= Steps(Load(cancellation)).GetEnumerator();
            while (!batch.IsFull)
                if (!_steps.MoveNext()) return false;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) _steps?.Dispose();
            base.Dispose(disposing);
        }

        private byte[] Load(CancellationToken cancellation)
        {
            using var kept = new MemoryStream();
            var buffer = new byte[81_920];
            for (int read; kept.Length < MaxBytes && (read = input.Stream.Read(buffer)) > 0; cancellation.ThrowIfCancellationRequested())
            {
                _bytes += read;
                kept.Write(buffer, 0, read);
            }
            return kept.ToArray();
        }

        private IEnumerable<int> Steps(byte[] bytes)
        {
            if (bytes.Length == 0) yield break;
            if (bytes.Length >= MaxBytes) Report(AnomalyKind.LimitReached, $"The property list is longer than {MaxBytes >> 20} MiB; the rest was not read.");
            var tree = bytes.AsSpan().StartsWith(BinaryPropertyList.Magic) ? BinaryPropertyList.Read(bytes) : XmlPropertyList.Read(bytes);
            if (tree.Problem is { } problem) Report(tree.IsCut ? AnomalyKind.Truncated : AnomalyKind.Malformed, problem);
            if (tree.Root is not { } root) yield break;
            if (!root.IsDictionary)
            {
                Report(AnomalyKind.UnknownKind, "The property list is not a dictionary.");
                yield break;
            }
            foreach (var step in new MdmReport(input, () => _batch!).Write(root, null)) yield return step;
        }

        private void Report(AnomalyKind kind, string reason) => _batch!.Report(kind, input.File.Number, 0, reason);
    }
}
