using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sources;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Conformance.Sources;

/// <summary>Logs of several versions and writers of Zeek, counted independently of the readers.</summary>
public sealed class ZeekSampleTests
{
    private const string Masked = "XXXXXXXXXX.XXXXXX";

    private static readonly string[] Read = ["conn", "dns", "http", "ssl", "files", "dhcp", "x509", "quic", "notice"];

    // Those that tell of other records and are no events themselves.
    private static readonly string[] Told = ["dhcp", "x509"];

    [Fact]
    public void Every_record_is_an_event_a_lease_or_an_anomaly_and_sums_agree()
    {
        var expected = new Sums();
        var actual = new Sums();
        foreach (var path in Files())
        {
            var records = Records(path);
            var result = ReadFile(path, (batch, i) => AddTo(actual, batch[i]));
            if (result is null)
            {
                Assert.DoesNotContain(records, record => record.Log is not null);
                continue;
            }
            CheckCounts(Path.GetFileName(path), records, result);
            foreach (var record in records.Where(record => !record.IsMasked && Read.Contains(record.Log))) AddTo(expected, record);
        }
        Assert.Equal(expected.Where(pair => pair.Value > 0), actual.Where(pair => pair.Value > 0));
    }

    [Fact]
    public void Columns_and_json_of_the_same_log_give_the_same_events()
    {
        var columns = new List<string>();
        var json = new List<string>();
        ReadFile(FileNamed("brim_zeek-default_dns.log.gz"), (batch, i) => columns.Add(Describe(batch[i], batch.Symbols)));
        ReadFile(FileNamed("brim_zeek-json_dns.json.gz"), (batch, i) => json.Add(Describe(batch[i], batch.Symbols)));
        Assert.True(columns.Count > 50_000);
        Assert.Equal(columns, json);
    }

    private static void CheckCounts(string name, List<Record> records, Result result)
    {
        var taken = records.Where(record => Read.Contains(record.Log)).ToList();
        var good = taken.Where(record => !record.IsMasked).ToList();
        Assert.Equal((name, good.Count(record => !Told.Contains(record.Log))), (name, result.Events));
        Assert.Equal((name, good.Count(record => record.Log == "dhcp")), (name, result.Leases.Count));
        Assert.Equal((name, taken.Count - good.Count), (name, result.Anomalies.Count(anomaly => anomaly.Kind == AnomalyKind.BadTime)));
        var unread = records.Count - taken.Count;
        Assert.Equal(
            unread == 0 ? [] : [$"{unread} records of Zeek's {records[0].Log} log were counted and not read."],
            result.Anomalies.Where(anomaly => anomaly.Kind != AnomalyKind.BadTime).Select(anomaly => anomaly.Reason));
    }

    private static void AddTo(Sums sums, Record record)
    {
        Add(sums, record.Log + " bytes", record.Sum("orig_bytes") + record.Sum("resp_bytes") + record.Sum("seen_bytes") + record.Sum("request_body_len") + record.Sum("response_body_len"));
        Add(sums, "answers", record.Items("answers"));
        Add(sums, "hashes", new[] { "md5", "sha1", "sha256" }.Count(record.Has));
        Add(sums, "names", record.Has("server_name") ? 1 : 0);
        Add(sums, "doubtful certificates", record.Has("validation_status") && record.Text("validation_status") != "ok" ? 1 : 0);
    }

    private static void AddTo(Sums sums, EventView e)
    {
        Add(sums, LogOf(e) + " bytes", (e.TryGetInteger(FieldId.BytesIn, out var received) ? received : 0) + (e.TryGetInteger(FieldId.BytesOut, out var sent) ? sent : 0));
        Add(sums, "answers", e.List(FieldId.AnswerData).Count);
        Add(sums, "hashes", e.List(FieldId.FileHashes).Count);
        Add(sums, "names", e.Has(FieldId.TlsSni) ? 1 : 0);
        Add(sums, "doubtful certificates", e.Flag(FieldId.CertificateInvalid) == Tri.True ? 1 : 0);
    }

    private static string Describe(EventView view, SymbolTable symbols)
    {
        var e = EvidenceEvent.From(view, symbols, "");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{e.Time} {e.End} {string.Join(' ', e.Fields.Select(field => $"{field.Field}={(field.Value is string[] list ? string.Join('|', list) : field.Value)}"))}");
    }

    private static string LogOf(EventView e) => e.Header.Class switch
    {
        EventClass.DnsActivity => "dns",
        EventClass.HttpActivity => "http",
        EventClass.Other => "notice",
        _ => e.Header.Activity == 1 ? "ssl" : e.Has(FieldId.FileSize) ? "files" : "conn",
    };

    private static void Add(Sums sums, string name, long value) => sums[name] = sums.GetValueOrDefault(name) + value;

    private static Result? ReadFile(string path, Action<EventBatch, int> take)
    {
        using var content = Open(path);
        using var whole = new MemoryStream();
        content.CopyTo(whole);
        var bytes = whole.GetBuffer().AsMemory(0, (int)whole.Length);
        var reader = SourceCatalog.Recognise(new SourceHead(bytes[..Math.Min(bytes.Length, SourceHead.Size)], bytes.Length <= SourceHead.Size, Path.GetFileName(path)));
        if (reader is null) return null;
        Assert.StartsWith("zeek-", reader.Format.Id, StringComparison.Ordinal);
        whole.Position = 0;
        var leases = new Leases();
        var file = new SourceFile(1, path, reader.Format.Id, reader.Format.PositionKind);
        using var session = reader.Open(new SourceInput { Stream = whole, File = file, Identities = leases });
        var batch = new EventBatch(new SymbolTable());
        var anomalies = new List<SourceAnomaly>();
        var events = 0;
        for (var more = true; more;)
        {
            batch.Clear();
            more = session.Read(batch, TestContext.Current.CancellationToken);
            for (var i = 0; i < batch.Count; i++) take(batch, i);
            events += batch.Count;
            anomalies.AddRange(batch.Anomalies);
        }
        return new Result(events, anomalies, leases);
    }

    private static List<Record> Records(string path)
    {
        using var text = new StreamReader(Open(path));
        var records = new List<Record>();
        string[] fields = [];
        var log = "";
        while (text.ReadLine() is { } line)
        {
            if (line.StartsWith("#path", StringComparison.Ordinal)) log = line[6..];
            if (line.StartsWith("#fields", StringComparison.Ordinal)) fields = line[8..].Split('\t');
            if (line.TrimStart().StartsWith('#')) continue;
            if (line.StartsWith('{')) records.Add(OfJson(line, path));
            else records.Add(OfColumns(fields.Zip(line.Split('\t')).ToDictionary(pair => pair.First, pair => pair.Second), log));
        }
        return records;
    }

    private static Record OfColumns(Dictionary<string, string> values, string log)
    {
        foreach (var unset in values.Where(pair => pair.Value is "-" or "(empty)").Select(pair => pair.Key).ToList()) values.Remove(unset);
        return new Record(log, values, values.ToDictionary(pair => pair.Key, pair => pair.Value.Split(',').Length));
    }

    private static Record OfJson(string line, string path)
    {
        using var document = JsonDocument.Parse(line.Replace(Masked, $"\"{Masked}\"", StringComparison.Ordinal));
        var values = new Dictionary<string, string>();
        var counts = new Dictionary<string, int>();
        foreach (var property in document.RootElement.EnumerateObject())
        {
            values[property.Name] = property.Value.ToString();
            counts[property.Name] = property.Value.ValueKind == JsonValueKind.Array ? property.Value.GetArrayLength() : 1;
        }
        var named = Path.GetFileName(path).Split('_', '.').FirstOrDefault(word => Read.Contains(word));
        return new Record(values.GetValueOrDefault("_path") ?? named, values, counts);
    }

    private static Stream Open(string path) =>
        path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path);

    private static IEnumerable<string> Files()
    {
        var folder = Path.Combine(Repository.Root, "..", "shared", "samples", "zeek");
        Assert.SkipUnless(Directory.Exists(folder), "The samples of Zeek are not beside the repository.");
        return Directory.EnumerateFiles(folder).Where(path => !path.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
    }

    private static string FileNamed(string name) => Files().Single(path => Path.GetFileName(path) == name);

    private sealed class Sums() : SortedDictionary<string, long>(StringComparer.Ordinal);

    private sealed record Result(int Events, IReadOnlyList<SourceAnomaly> Anomalies, Leases Leases);

    private sealed class Leases : IIdentitySink
    {
        public int Count { get; private set; }

        public void Add(AddressLease lease) => Count++;
    }

    private sealed record Record(string? Log, Dictionary<string, string> Values, Dictionary<string, int> Counts)
    {
        public bool IsMasked => Values.GetValueOrDefault("ts") == Masked;

        public bool Has(string field) => Values.GetValueOrDefault(field, "").Length > 0;

        public string Text(string field) => Values[field];

        public long Sum(string field) => Has(field) ? long.Parse(Values[field], CultureInfo.InvariantCulture) : 0;

        public int Items(string field) => Counts.GetValueOrDefault(field);
    }
}
