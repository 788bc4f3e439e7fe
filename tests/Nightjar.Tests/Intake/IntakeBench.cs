using System.IO.Compression;
using System.Text;
using Nightjar.Events;
using Nightjar.Sources;
using Nightjar.Sources.Intake;
using Xunit;

namespace Nightjar.Tests.Intake;

/// <summary>A folder for one test, and runs over it.</summary>
internal sealed class IntakeBench : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("nightjar-test-");

    public IntakeBench()
    {
        Directory.CreateDirectory(In);
        Directory.CreateDirectory(Temp);
    }

    /// <summary>Where input files are.</summary>
    public string In => Path.Combine(_root.FullName, "in");

    /// <summary>Where the intake puts temporary files.</summary>
    public string Temp => Path.Combine(_root.FullName, "temp");

    /// <summary>Everything in the temporary folder.</summary>
    public IEnumerable<string> Leftovers => Directory.EnumerateFileSystemEntries(Temp, "*", SearchOption.AllDirectories);

    public string PathOf(string name) => Path.Combine(In, name);

    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    public string Write(string name, byte[] content)
    {
        var path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    public string Write(string name, params IEnumerable<InventedEvent> events) => Write(name, InventedReader.File(events));

    /// <summary>Options over the whole folder, or over the paths given.</summary>
    public IntakeOptions Options(params string[] paths) => new()
    {
        Paths = paths.Length == 0 ? [In] : paths,
        TempFolder = Temp,
        Recognise = RecogniseWith(new InventedReader()),
    };

    public static Func<SourceHead, ISourceReader?> RecogniseWith(ISourceReader reader) => head => reader.Recognise(head) > 0 ? reader : null;

    public IntakeRun Run(params string[] paths) => Run(Options(paths));

    /// <summary>Reads everything, doing what a consumer does.</summary>
    public IntakeRun Run(IntakeOptions options)
    {
        var symbols = new SymbolTable();
        using var intake = new EventIntake(options, symbols);
        var run = new IntakeRun();
        foreach (var step in intake.Read(TestContext.Current.CancellationToken)) run.Take(step, intake, symbols);
        run.Accounts = [.. intake.Accounts.Select(account => account with { Path = account.Path.Replace(In, "in", StringComparison.Ordinal) })];
        run.OutsideRange = intake.EventsOutsideRange;
        run.SpilledRuns = intake.SpilledRuns;
        return run;
    }

    public static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(content);
        return packed.ToArray();
    }

    public static byte[] Gzip(string content) => Gzip(Encoding.UTF8.GetBytes(content));

    public static byte[] Zip(params (string Name, string Content)[] entries) =>
        ZipBytes([.. entries.Select(entry => (entry.Name, Encoding.UTF8.GetBytes(entry.Content)))]);

    public static byte[] ZipBytes(params (string Name, byte[] Content)[] entries)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return packed.ToArray();
    }

    public static byte[] Tar(params (string Name, string Content)[] entries)
    {
        using var packed = new MemoryStream();
        using (var tar = new System.Formats.Tar.TarWriter(packed, System.Formats.Tar.TarEntryFormat.Pax))
        {
            foreach (var (name, content) in entries)
            {
                var entry = new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name);
                entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
                tar.WriteEntry(entry);
            }
        }
        return packed.ToArray();
    }

    public void Dispose() => _root.Delete(recursive: true);
}

/// <summary>What a run gave.</summary>
internal sealed class IntakeRun
{
    /// <summary>The events in the order they came, after the last restart.</summary>
    public List<string> Events { get; } = [];

    /// <summary>Where they came from, without the folder.</summary>
    public List<string> Origins { get; } = [];

    public int Restarts { get; private set; }

    public long OutsideRange { get; set; }

    public int SpilledRuns { get; set; }

    public IReadOnlyList<FileAccount> Accounts { get; set; } = [];

    public FileAccount this[string path] => Accounts.Single(account => account.Path == path);

    public void Take(IntakeStep step, EventIntake intake, SymbolTable symbols)
    {
        if (step.Batch is not { } batch)
        {
            Restarts++;
            Events.Clear();
            Origins.Clear();
            return;
        }
        Assert.Empty(batch.Anomalies);
        for (var i = 0; i < batch.Count; i++)
        {
            var view = batch[i];
            ref readonly var header = ref view.Header;
            Events.Add($"{header.Time.Micros}|{header.Sequence}|{Encoding.UTF8.GetString(view.Text(FieldId.EventUid))}|{symbols.Text(header.Device)}|{Encoding.UTF8.GetString(view.Text(FieldId.Message))}");
            Origins.Add($"{Path.GetFileName(intake.PathOf(header.File))}:{header.Position}");
        }
    }

    /// <summary>The account of the only file with an anomaly of a kind.</summary>
    public AnomalyAccount Anomaly(AnomalyKind kind) => Accounts.SelectMany(account => account.Anomalies).Single(anomaly => anomaly.Kind == kind);
}
