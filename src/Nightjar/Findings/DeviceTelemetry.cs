using Nightjar.Events;

namespace Nightjar.Findings;

/// <summary>What a device delivered, and when. Equal for equal events, whatever their order, files and threads.</summary>
public sealed record DeviceTelemetry
{
    /// <summary>That of a device of which nothing was read.</summary>
    public static DeviceTelemetry None { get; } = new();

    /// <summary>The data components that arrived, by their bit.</summary>
    public IReadOnlyList<ComponentTelemetry> Components { get; init; } = [];

    /// <summary>The log sources that told, by name.</summary>
    public IReadOnlyList<LogSourceTelemetry> LogSources { get; init; } = [];

    /// <summary>How complete the fields that decide were; those that no event could have had are left out.</summary>
    public IReadOnlyList<FieldCompleteness> Fields { get; init; } = [];

    /// <summary>Events by how the zone of their time was obtained; what no event had is left out.</summary>
    public IReadOnlyList<(TimeBasis Basis, long Events)> TimeBases { get; init; } = [];

    /// <summary>The UTC days on which an event began, ascending.</summary>
    public IReadOnlyList<TelemetryDay> Days { get; init; } = [];

    /// <summary>Days and gaps, and events of log sources and apps, that were not kept for want of room.</summary>
    public long LeftOut { get; init; }

    /// <summary>The day; null when no event began on it.</summary>
    public TelemetryDay? On(DateOnly day)
    {
        var (low, high) = (0, Days.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (Days[middle].Day == day) return Days[middle];
            if (Days[middle].Day < day) low = middle + 1;
            else high = middle - 1;
        }
        return null;
    }

    /// <summary>True when a stage that any of these components would show was observable at a moment, as findings judge it.</summary>
    public bool Observes(DataComponents components, Instant moment, TimeSpan window) =>
        components == DataComponents.None || Components.Any(item => (item.Component & components) != 0 && item.IsObservableAt(moment, window));
}

/// <summary>One data component of one device.</summary>
/// <param name="Component">Which.</param>
/// <param name="Events">Events that fill it.</param>
/// <param name="First">Begin of the first.</param>
/// <param name="Last">Begin of the last.</param>
/// <param name="Gaps">Times between the two at which it was not observable, ascending.</param>
public sealed record ComponentTelemetry(DataComponents Component, long Events, Instant First, Instant Last, IReadOnlyList<TelemetryGap> Gaps)
{
    /// <summary>True when it had been delivered within the window before the moment.</summary>
    public bool IsObservableAt(Instant moment, TimeSpan window) =>
        moment >= First && moment - Last <= window && !Gaps.Any(gap => moment > gap.From && moment < gap.To);
}

/// <summary>A time without telemetry that the device delivers otherwise: longer than the observation window, both ends outside.</summary>
/// <param name="From">When the observation window after the last delivery had passed.</param>
/// <param name="To">When it was delivered again.</param>
public sealed record TelemetryGap(Instant From, Instant To);

/// <summary>One log source of one device.</summary>
/// <param name="Name">ATT&amp;CK's name, as the records state it; empty where they state none.</param>
/// <param name="Events">Events that it told.</param>
/// <param name="First">Begin of the first.</param>
/// <param name="Last">Begin of the last.</param>
/// <param name="Components">The data components that they fill.</param>
public sealed record LogSourceTelemetry(string Name, long Events, Instant First, Instant Last, DataComponents Components);

/// <summary>Fields that decide whether an analytic can use an event.</summary>
public enum DecisiveField
{
    /// <summary>Any event: it names its app.</summary>
    App,
    /// <summary>Flows and HTTP transactions: bytes in or out.</summary>
    Bytes,
    /// <summary>Flows, HTTP transactions and DNS: the host by name.</summary>
    Host,
    /// <summary>Files created or changed, and modules loaded: a hash.</summary>
    Hash,
    /// <summary>Events that name an app: its state on the record or known from before.</summary>
    AppState,
    /// <summary>Any event: whether the device was locked, on the record or known from before.</summary>
    Lock,
}

/// <summary>How complete a field was.</summary>
/// <param name="Field">Which.</param>
/// <param name="Events">Events that could have had it.</param>
/// <param name="Complete">Those that had it.</param>
public sealed record FieldCompleteness(DecisiveField Field, long Events, long Complete);

/// <summary>One UTC day of one device, judged at its last event of that day.</summary>
/// <param name="Day">The day.</param>
/// <param name="Events">Events that began on it.</param>
/// <param name="First">Begin of the first.</param>
/// <param name="Last">Begin of the last.</param>
/// <param name="Observable">The data components that were observable at the last event.</param>
/// <param name="Checks">One per analytic of the platform, by uid.</param>
public sealed record TelemetryDay(DateOnly Day, long Events, Instant First, Instant Last, DataComponents Observable, IReadOnlyList<DeviceCheck> Checks)
{
    /// <summary>Events by data component that arrived on the day, by their bit.</summary>
    public IReadOnlyList<(DataComponents Component, long Events)> Arrived { get; init; } = [];

    /// <summary>Names of the log sources that told on the day, by name.</summary>
    public IReadOnlyList<string> LogSources { get; init; } = [];

    /// <summary>How complete the fields that decide were on the day.</summary>
    public IReadOnlyList<FieldCompleteness> Fields { get; init; } = [];
}

/// <summary>A device that is known without telemetry of it.</summary>
/// <param name="Device">The device.</param>
/// <param name="From">Where it is known from: "the device map", "an inventory".</param>
public sealed record KnownDevice(DeviceReference Device, string From);

/// <summary>A format that Nightjar reads, and the data components that its events can fill.</summary>
/// <param name="Id">Id of the reader.</param>
/// <param name="Title">What it is, for people.</param>
/// <param name="Platform">The platform that it is about; unknown when it may be any.</param>
/// <param name="Components">What events of its classes fill.</param>
public sealed record TelemetrySupply(string Id, string Title, Platform Platform, DataComponents Components)
{
    /// <summary>True when it could show one of the components on a device of the platform.</summary>
    public bool Serves(Platform platform, DataComponents components) =>
        (Components & components) != 0 && (Platform == Platform.Unknown || Platform == platform || Platform == Platform.IOS && platform == Platform.IPadOS);
}

/// <summary>What the account of telemetry could not keep for want of room.</summary>
/// <param name="Devices">Events of devices beyond the most that are kept.</param>
/// <param name="Days">Days of devices beyond the most that are kept.</param>
/// <param name="Apps">Events of apps beyond the most that are told apart.</param>
public sealed record TelemetryLosses(long Devices, long Days, long Apps)
{
    public static TelemetryLosses None { get; } = new(0, 0, 0);
}
