using System.Globalization;
using Nightjar.Analytics;
using Nightjar.Engine;
using Nightjar.Events;

namespace Nightjar.Benchmarks.Engine;

/// <summary>Measures what the engine holds in memory: for a device with its apps and what is known of them, and for a match that is under way.</summary>
internal static class StateCommand
{
    private const int Apps = 20;
    private const int EventsOfApp = 5;

    /// <summary>Exit code 3 when the options are not understood.</summary>
    public static int Measure(string[] args, string repository, TextWriter output, TextWriter errors)
    {
        var devices = 20_000;
        if (args.Length != 0 && (args is not ["--devices", var text] || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out devices) || devices < 1))
        {
            errors.WriteLine("Not understood.\n\nstate\n  --devices N  20000, with 20 apps each");
            return 3;
        }
        Known(devices, repository, output);
        Partials(output);
        return 0;
    }

    // Each app is installed, told in an inventory with version, signer and installer, comes to the foreground, and goes to hosts: five events.
    private static void Known(int devices, string repository, TextWriter output)
    {
        var symbols = new SymbolTable();
        var names = Enumerable.Range(0, devices).Select(number => symbols.Intern($"android-{number:d7}".AsSpan())).ToArray();
        var apps = Enumerable.Range(0, 200).Select(number => symbols.Intern($"com.example.app{number:d3}".AsSpan())).ToArray();
        var engine = Engine(ChainAnalytics.Shipped(symbols, repository), symbols);
        var batch = new EventBatch(symbols);
        var before = GC.GetTotalMemory(true);
        Fill(batch, engine, names, apps);
        var bytes = (GC.GetTotalMemory(true) - before) / (double)devices;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{devices} devices with {Apps} apps each, {Apps * EventsOfApp} events a device, all shipped analytics:"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {bytes:f0} bytes a device, {bytes / Apps:f0} an app; a million devices {bytes * 1e6 / (1L << 30):f2} GiB (target 4)"));
        GC.KeepAlive(engine);
    }

    private static void Fill(EventBatch batch, DetectionEngine engine, ReadOnlySpan<Symbol> devices, Symbol[] apps)
    {
        for (var round = 0; round < EventsOfApp; round++)
        {
            for (var device = 0; device < devices.Length; device++)
            {
                for (var app = 0; app < Apps; app++) Add(batch, devices[device], apps[(device * 7 + app * 9) % apps.Length], round, (round * devices.Length + device) * Apps + app, TimeSpan.FromMinutes(30) / (devices.Length * Apps));
                engine.Process(batch);
                batch.Clear();
            }
        }
    }

    // A round of the fleet takes half an hour, evenly, so that what is remembered for a time only has time to go.
    private static void Add(EventBatch batch, Symbol device, Symbol app, int round, int number, TimeSpan apart)
    {
        var (eventClass, activity) = round switch
        {
            0 => (EventClass.ApplicationLifecycle, 1),
            1 => (EventClass.SoftwareInfo, 2),
            2 => (EventClass.MobileState, 1),
            3 => (EventClass.NetworkActivity, 6),
            _ => (EventClass.DnsActivity, 1),
        };
        batch.Begin(eventClass, activity, ChainStream.Start + apart * number, 1, number);
        ref var header = ref batch.Current;
        header.Id = EventIds.FromUid(BitConverter.GetBytes(number));
        (header.Device, header.App, header.Platform) = (device, app, Platform.Android);
        if (round == 1) Inventory(batch);
        if (round == 2) (header.State.AppState, header.State.IsDeviceLocked) = (AppState.Foreground, Tri.False);
        if (round == 3) batch.Set(FieldId.DstHostname, "www.example.org");
        if (round == 4) batch.Set(FieldId.QueryHostname, "www.example.org");
        batch.Commit();
    }

    private static void Inventory(EventBatch batch)
    {
        batch.Set(FieldId.AppVersion, "4.12.0");
        batch.Set(FieldId.AppSigner, "CN=Example");
        batch.Set(FieldId.InstallerUid, "com.android.vending");
        batch.Current.State.InstallSource = InstallSource.OfficialStore;
        batch.Current.State.IsManagedApp = Tri.False;
    }

    // A download, and nothing yet behind it, of as many apps of devices as there are: each is a match under way, held as an event that waits. What is remembered of an event
    // that no analytic looks at, so that it is known when it is repeated, is told by itself.
    private static void Partials(TextWriter output)
    {
        const int Count = 200_000;
        var (underWay, beside) = (BytesOf(Count, areDownloads: true), BytesOf(Count, areDownloads: false));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Count} matches under way:\n  {underWay - beside:f0} bytes each (target 128), beside {beside:f0} that any event leaves for two minutes"));
    }

    private static double BytesOf(int count, bool areDownloads)
    {
        var symbols = new SymbolTable();
        var stream = new ChainStream(new StreamSpec(1, 1, 1, TimeSpan.FromSeconds(1)), symbols);
        var engine = Engine([ChainAnalytics.One(symbols)], symbols);
        var batch = new EventBatch(symbols);
        var keys = Enumerable.Range(0, 10_000).Select(number => symbols.Intern($"android-{number:d6}".AsSpan())).ToArray();
        var app = symbols.Intern("com.example.app00"u8);
        Download(batch, engine, keys, app, 0, isDownload: false);
        var before = GC.GetTotalMemory(true);
        for (var i = 0; i < count / keys.Length; i++) Download(batch, engine, keys, app, i + 1, areDownloads);
        var bytes = (GC.GetTotalMemory(true) - before) / (double)count;
        GC.KeepAlive((engine, stream));
        return bytes;
    }

    private static void Download(EventBatch batch, DetectionEngine engine, Symbol[] devices, Symbol app, int round, bool isDownload)
    {
        for (var i = 0; i < devices.Length; i++)
        {
            batch.Begin(isDownload ? EventClass.NetworkActivity : EventClass.DnsActivity, isDownload ? 6 : 1, ChainStream.Start + TimeSpan.FromSeconds(round * 2) + TimeSpan.FromMicroseconds(i), 1, i);
            ref var header = ref batch.Current;
            header.Id = EventIds.FromUid(BitConverter.GetBytes(round * devices.Length + i));
            (header.Device, header.App, header.Platform) = (devices[i], app, Platform.Android);
            batch.Set(FieldId.DstHostname, "www.example.org");
            batch.Set(FieldId.DstIp, "203.0.113.7");
            batch.SetInteger(FieldId.DstPort, 443);
            batch.SetInteger(FieldId.BytesIn, 90_000);
            batch.SetInteger(FieldId.BytesOut, 900);
            batch.Commit();
            if (!batch.IsFull) continue;
            engine.Process(batch);
            batch.Clear();
        }
        engine.Process(batch);
        batch.Clear();
    }

    private static DetectionEngine Engine(IReadOnlyList<Analytic> analytics, SymbolTable symbols) => new(new EngineOptions(), analytics, symbols, (_, _) => "");
}
