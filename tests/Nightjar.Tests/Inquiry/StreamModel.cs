using System.Globalization;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Tests.Inquiry;

/// <summary>An event that was drawn.</summary>
internal sealed record EventModel
{
    /// <summary>Its id; the same number twice is a repeat.</summary>
    public int Id { get; init; }

    public string Device { get; init; } = "d1";

    public string App { get; init; } = "com.a";

    /// <summary>Microseconds from the start.</summary>
    public long At { get; init; }

    /// <summary>Microseconds.</summary>
    public long Length { get; init; }

    public int Sequence { get; init; }

    public string Log { get; init; } = "";

    public EventClass Class { get; init; }

    public int Activity { get; init; } = 1;

    public string Text { get; init; } = "";

    public long Bytes { get; init; } = -1;

    /// <summary>Version of the app, for what is about an app.</summary>
    public string Version { get; init; } = "";

    /// <summary>A permission of the app, for what is about an app.</summary>
    public string Permission { get; init; } = "";

    /// <summary>The connection that it tells of.</summary>
    public string Connection { get; init; } = "";

    public AppState State { get; init; }

    /// <summary>A group of the device that it names; empty: none.</summary>
    public string DeviceGroup { get; init; } = "";

    /// <summary>What it says of the management of its device.</summary>
    public Tri IsManagedDevice { get; init; }

    /// <summary>Microseconds by which it arrives after its time; less than the lateness.</summary>
    public int Delay { get; init; }

    /// <summary>Adds it to a batch.</summary>
    public void AddTo(EventBatch batch)
    {
        batch.Begin(Class, Activity, Start + TimeSpan.FromMicroseconds(At), 1, Id + 1);
        ref var header = ref batch.Current;
        header.End = header.Time + TimeSpan.FromMicroseconds(Length);
        header.Id = EventIds.FromUid(Encoding.UTF8.GetBytes(Id.ToString(CultureInfo.InvariantCulture)));
        header.Sequence = Sequence;
        header.Device = batch.Symbols.Intern(Device.AsSpan());
        header.App = batch.Symbols.Intern(App.AsSpan());
        header.LogName = batch.Symbols.Intern(Log.AsSpan());
        header.Platform = Platform.Android;
        header.State.AppState = State;
        header.State.IsManagedDevice = IsManagedDevice;
        if (DeviceGroup.Length > 0) batch.Add(FieldId.DeviceGroups, Encoding.UTF8.GetBytes(DeviceGroup));
        if (Text.Length > 0) batch.Set(FieldOf(Class), Text);
        if (Version.Length > 0) batch.Set(FieldId.AppVersion, Version);
        if (Permission.Length > 0) batch.Add(FieldId.Permissions, Encoding.UTF8.GetBytes(Permission));
        batch.Set(FieldId.ConnectionUid, Connection);
        if (Bytes >= 0) batch.SetInteger(FieldId.BytesIn, Bytes);
        batch.Commit();
    }

    public static Instant Start { get; } = Instant.FromMillis(1_772_445_600_000);

    private static FieldId FieldOf(EventClass of) => of switch
    {
        EventClass.NetworkActivity => FieldId.DstHostname,
        EventClass.ModuleActivity => FieldId.ModulePath,
        EventClass.SensorUse => FieldId.Sensor,
        EventClass.SoftwareInfo or EventClass.ApplicationLifecycle => FieldId.AppSigner,
        _ => FieldId.FilePath,
    };
}

/// <summary>Events that were drawn, and how they are run.</summary>
/// <param name="Events">In any order.</param>
/// <param name="Shards">Number of engines that share the devices.</param>
/// <param name="SaveAt">After how many events the engine is saved and another goes on; −1: not at all.</param>
/// <param name="MaxEvidence">Most events that a finding writes out.</param>
internal sealed record StreamModel(EventModel[] Events, int Shards = 1, int SaveAt = -1, int MaxEvidence = 100);

/// <summary>One case of the property.</summary>
internal sealed record CaseModel(AnalyticModel Analytic, StreamModel Stream)
{
    /// <summary>What a person needs to repeat it by hand.</summary>
    public override string ToString() =>
        $"{Analytic.ToYaml()}\nshards {Stream.Shards}, saved after {Stream.SaveAt}, evidence {Stream.MaxEvidence}\n{string.Join('\n', Stream.Events.OrderBy(item => item.At).Select(item => item.ToString()))}";
}
