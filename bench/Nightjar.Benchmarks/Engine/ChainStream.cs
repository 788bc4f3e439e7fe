using Nightjar.Benchmarks.Whole;
using Nightjar.Events;

namespace Nightjar.Benchmarks.Engine;

/// <summary>How many events there are and over how many devices, apps and how much time they are spread.</summary>
internal sealed record StreamSpec(int Events, int Devices, int Apps, TimeSpan Span)
{
    public ulong Seed { get; init; } = 1;

    public int Keys => Devices * Apps;
}

/// <summary>What an event of the stream is to the analytics over it.</summary>
internal enum Role : byte
{
    Noise,
    Download,
    Write,
    Load,
}

/// <summary>
/// Events in memory, in their total order: of a hundred, five are downloads, ten are writes and ten are loads, and the rest are of no stage. Each
/// app of a device has its own kind of chain, one of a hundred: from its hosts, into its folder.
/// </summary>
internal sealed class ChainStream
{
    public const int Kinds = 100;

    /// <summary>When the first event happens.</summary>
    public static readonly Instant Start = Instant.FromMillis(1_767_571_200_000);

    private readonly Symbol[] _devices;
    private readonly Symbol[] _apps;
    private readonly Symbol[] _hosts;
    private readonly Symbol[] _addresses;
    private readonly Symbol[] _paths;
    private readonly Symbol[] _logNames;

    public ChainStream(StreamSpec spec, SymbolTable symbols)
    {
        Spec = spec;
        Symbols = symbols;
        _devices = Interned(spec.Devices, number => $"android-{number:d6}");
        _apps = Interned(spec.Apps, number => $"com.example.app{number:d2}");
        _hosts = Interned(Kinds * 20, number => $"h{number / Kinds}.cdn{number % Kinds:d2}.example");
        _addresses = Interned(254, number => $"203.0.113.{number + 1}");
        _paths = Interned(Kinds * 20, number => $"/data/data/com.example.app/files/stage{number % Kinds:d2}/f{number / Kinds}.dex");
        _logNames = Interned(1, _ => "MobileEDR:telemetry");
        Batches = [.. Fill()];
    }

    public StreamSpec Spec { get; }

    public SymbolTable Symbols { get; }

    public IReadOnlyList<EventBatch> Batches { get; }

    /// <summary>The kind of chain that an app of a device has.</summary>
    public static int KindOf(int device, int app) => (int)((uint)(device * 31 + app * 7) % Kinds);

    /// <summary>The kind of chain that an event belongs to, by its device and app.</summary>
    public int KindOf(in EventHeader header) => KindOf(header.Device.Id - _devices[0].Id, header.App.Id - _apps[0].Id);

    public int KeyOf(in EventHeader header) => (header.Device.Id - _devices[0].Id) * Spec.Apps + header.App.Id - _apps[0].Id;

    /// <summary>The part that an event plays, as an analytic would see it.</summary>
    public static Role RoleOf(in EventView view) => view.Header.Class switch
    {
        EventClass.NetworkActivity => view.TryGetInteger(FieldId.BytesIn, out var bytes) && bytes >= 4096 ? Role.Download : Role.Noise,
        EventClass.FileActivity => view.Header.Activity == 1 ? Role.Write : Role.Noise,
        EventClass.ModuleActivity => view.Header.Activity == 1 ? Role.Load : Role.Noise,
        _ => Role.Noise,
    };

    private Symbol[] Interned(int count, Func<int, string> text) => [.. Enumerable.Range(0, count).Select(number => Symbols.Intern(text(number).AsSpan()))];

    private IEnumerable<EventBatch> Fill()
    {
        var batch = new EventBatch(Symbols);
        for (var number = 0; number < Spec.Events; number++)
        {
            if (batch.IsFull)
            {
                yield return batch;
                batch = new EventBatch(Symbols);
            }
            Add(batch, number);
        }
        yield return batch;
    }

    private void Add(EventBatch batch, int number)
    {
        var chance = Chance.Of(Spec.Seed, number);
        var (device, app) = (chance.Below(Spec.Devices), chance.Below(Spec.Apps));
        var kind = chance.Below(100);
        var (eventClass, activity) = kind switch
        {
            < 5 or >= 25 and < 55 => (EventClass.NetworkActivity, 6),
            < 15 => (EventClass.FileActivity, 1),
            < 25 => (EventClass.ModuleActivity, 1),
            < 70 => (EventClass.DnsActivity, 1),
            < 88 => (EventClass.FileActivity, 2),
            < 94 => (EventClass.MobileState, 1),
            _ => (EventClass.LogLine, 1),
        };
        batch.Begin(eventClass, activity, Start + TimeSpan.FromMicroseconds((double)Spec.Span.TotalMicroseconds * number / Spec.Events), 1, number + 1);
        ref var header = ref batch.Current;
        header.Id = (UInt128)chance.Next() << 64 | chance.Next();
        (header.Device, header.App, header.LogName, header.Platform) = (_devices[device], _apps[app], _logNames[0], Platform.Android);
        Fields(batch, ref chance, kind, KindOf(device, app));
        batch.Commit();
    }

    private void Fields(EventBatch batch, ref Chance chance, int kind, int chain)
    {
        switch (batch.Current.Class)
        {
            case EventClass.NetworkActivity:
                batch.Set(FieldId.DstHostname, _hosts[chance.Below(20) * Kinds + chain]);
                batch.Set(FieldId.DstIp, _addresses[chance.Below(_addresses.Length)]);
                batch.SetInteger(FieldId.DstPort, 443);
                batch.SetInteger(FieldId.BytesIn, kind < 5 ? 4096 + chance.Below(100_000) : chance.Below(4096));
                batch.SetInteger(FieldId.BytesOut, chance.Below(2000));
                break;
            case EventClass.DnsActivity:
                batch.Set(FieldId.QueryHostname, _hosts[chance.Below(_hosts.Length)]);
                break;
            case EventClass.FileActivity:
                batch.Set(FieldId.FilePath, _paths[chance.Below(20) * Kinds + chain]);
                batch.SetInteger(FieldId.FileSize, chance.Below(100_000));
                break;
            case EventClass.ModuleActivity:
                batch.Set(FieldId.ModulePath, _paths[chance.Below(20) * Kinds + chain]);
                break;
            case EventClass.MobileState:
                batch.Current.State.AppState = chance.Below(2) == 0 ? AppState.Foreground : AppState.Background;
                break;
        }
    }
}
