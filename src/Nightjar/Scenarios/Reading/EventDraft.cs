using System.Globalization;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;

namespace Nightjar.Scenarios.Reading;

/// <summary>An event while its line is read. Each setter answers null, or what is wrong with the value.</summary>
internal sealed class EventDraft(ScenarioDefaults defaults, EventClass eventClass, int activity)
{
    private const string NotBoolean = "It is true or false.";

    private readonly SortedDictionary<FieldId, object> _fields = [];
    private StateBits _state;

    public string Id { get; private set; } = "";

    public TimeSpan Length { get; private set; }

    public string Device { get; private set; } = defaults.Device;

    public string App { get; private set; } = EventWords.IsOfDevice(eventClass, activity) ? "" : defaults.App;

    public Platform Platform { get; private set; } = defaults.Platform;

    public string Log { get; private set; } = defaults.Log;

    public long Sequence { get; private set; }

    public TimeSpan? LastInteraction { get; private set; }

    /// <summary>How often it happens, at least 1.</summary>
    public int Times { get; private set; } = 1;

    /// <summary>The time from one to the next.</summary>
    public TimeSpan Every { get; private set; } = TimeSpan.FromSeconds(1);

    public ScenarioEvent Build(int line, TimeSpan offset, string id) => new()
    {
        Line = line, Id = id, Offset = offset, Length = Length, Class = eventClass, Activity = activity, Device = Device, App = App, Platform = Platform,
        Log = Log, State = _state, Sequence = Sequence, LastInteraction = LastInteraction,
        Fields = [.. _fields.Select(field => new ScenarioField(field.Key, field.Value))],
    };

    /// <summary>Sets what only scenarios have a word for.</summary>
    public string? SetShort(ShortKey key, string value) => key switch
    {
        ShortKey.For => Span(value, span => Length = span),
        ShortKey.Every => Span(value, span => Every = span),
        ShortKey.Times => Whole(value, 1, EventLines.MaxEvents, number => Times = (int)number),
        ShortKey.Sequence => Whole(value, 1, long.MaxValue, number => Sequence = number),
        _ => SetPlatform(value),
    };

    /// <summary>Sets a field of the catalogue.</summary>
    public string? Set(FieldInfo field, string value)
    {
        switch (field.Id)
        {
            case FieldId.EventUid: return Text(value, text => Id = text);
            case FieldId.DeviceUid: return Text(value, text => Device = text);
            case FieldId.AppUid: return Text(value, text => App = text == EventLines.NoApp ? "" : text);
            case FieldId.LogName: return Text(value, text => Log = text);
            case FieldId.AppStateName: return SetAppState(value);
            case FieldId.InstallSourceName: return SetInstallSource(value);
            case FieldId.IsDeviceLocked: return Flag(value, flag => _state.IsDeviceLocked = flag);
            case FieldId.IsScreenOn: return Flag(value, flag => _state.IsScreenOn = flag);
            case FieldId.IsManagedApp: return Flag(value, flag => _state.IsManagedApp = flag);
            case FieldId.IsManagedDevice: return Flag(value, flag => _state.IsManagedDevice = flag);
            case FieldId.IsSupervised: return Flag(value, flag => _state.IsSupervised = flag);
            case FieldId.IsHearsay: return Flag(value, flag => _state.IsHearsay = flag == Tri.True);
            case FieldId.LastUserInteraction: return SetInteraction(value);
            case FieldId.EndTime or FieldId.DurationMillis: return "Write for=<duration>.";
            case FieldId.OsTypeId: return "Write platform=android, ios or ipados.";
            case FieldId.Time or FieldId.ClassUid or FieldId.ActivityId: return "The offset and the word for the event say it.";
            default: return SetSlot(field, value);
        }
    }

    private string? SetSlot(FieldInfo field, string value)
    {
        var (read, problem) = Read(field.Kind, value);
        if (read is not null) _fields[field.Id] = read;
        return problem;
    }

    private static (object? Value, string? Problem) Read(FieldKind kind, string value)
    {
        switch (kind)
        {
            case FieldKind.Integer:
                return Quantity.Bytes(value) is { } size && size == Math.Floor(size) && Math.Abs(size) < 1e15 ? ((long)size, null) : (null, "It is a whole number, or a size such as 20KiB.");
            case FieldKind.Number:
                return Quantity.Number(value) is { } number ? (number, null) : (null, "It is a number.");
            case FieldKind.Flag:
                return value is "true" or "false" ? (value == "true", null) : (null, NotBoolean);
            case FieldKind.Address:
                return HostText.Address(value) is { } address ? (address, null) : (null, "It is an IP address.");
            case FieldKind.SymbolList:
                string[] items = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                return items.Length is > 0 and <= EventBatch.MaxListItems ? (items, null) : (null, "It is a list with commas.");
            default:
                return value.Length > 0 ? (value, null) : (null, "It has no value.");
        }
    }

    private string? SetPlatform(string value)
    {
        Platform = Platforms.Parse(value);
        return Platform == Platform.Unknown ? "It is android, ios or ipados." : null;
    }

    private string? SetAppState(string value)
    {
        _state.AppState = StateNames.ParseAppState(value);
        return _state.AppState == AppState.Unknown ? $"It is one of {string.Join(", ", Enum.GetValues<AppState>().Skip(1).Select(state => state.Name()))}." : null;
    }

    private string? SetInstallSource(string value)
    {
        _state.InstallSource = StateNames.ParseInstallSource(value);
        return _state.InstallSource == InstallSource.Unknown ? $"It is one of {string.Join(", ", Enum.GetValues<InstallSource>().Skip(1).Select(source => source.Name()))}." : null;
    }

    private string? SetInteraction(string value)
    {
        LastInteraction = Offsets.Parse(value);
        return LastInteraction is null ? "It counts from the scenario's start, for example -10m." : null;
    }

    private static string? Text(string value, Action<string> set)
    {
        if (value.Length == 0) return "It has no value.";
        set(value);
        return null;
    }

    private static string? Flag(string value, Action<Tri> set)
    {
        if (value is not ("true" or "false")) return NotBoolean;
        set(TriLogic.Of(value == "true"));
        return null;
    }

    private static string? Span(string value, Action<TimeSpan> set)
    {
        if (Offsets.Span(value) is not { } span) return "It is a duration such as 30s or 1m30s.";
        set(span);
        return null;
    }

    private static string? Whole(string value, long low, long high, Action<long> set)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < low || number > high)
            return $"It is a whole number from {low}{(high == long.MaxValue ? "" : $" to {high}")}.";
        set(number);
        return null;
    }
}

/// <summary>Keys of an event line that are no fields.</summary>
internal enum ShortKey : byte
{
    Platform,
    For,
    Every,
    Times,
    Sequence,
}

/// <summary>What the events of a scenario have unless their line says otherwise.</summary>
internal sealed record ScenarioDefaults(string Device, string App, Platform Platform, string Log);
