using System.Text;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Knowledge;

namespace Nightjar.Baselines;

/// <summary>Learns from events what apps do. One thread.</summary>
public sealed class BaselineLearning
{
    // As long as the engine takes a repeat for one.
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(2);

    private readonly RecentEvents _recent = new();
    private readonly SymbolTable _symbols;
    private readonly ReferenceData _reference;
    private readonly BaselineBuilder _builder = new();
    private readonly Dictionary<Symbol, ulong> _devices = [];
    private readonly Dictionary<Symbol, string> _names = [];
    private readonly Dictionary<(Symbol Name, bool IsFunction), (BaselineKind Kind, string Value)[]> _shown = [];
    private readonly Dictionary<(Symbol Device, Symbol App), AppStateHistory> _states = [];
    private readonly HashSet<(ulong Device, string Event, Instant Time)> _forgotten = [];

    /// <param name="symbols">The table of the events.</param>
    /// <param name="reference">What the field has named: domains, service classes, API families.</param>
    public BaselineLearning(SymbolTable symbols, ReferenceData reference)
    {
        _symbols = symbols;
        _reference = reference;
    }

    /// <summary>Looks at every event of a batch that names its device and app, a repeated one once. Events come in their total order.</summary>
    public void Learn(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            ref readonly var header = ref batch.HeaderAt(i);
            if (!header.Device.IsNone && !header.App.IsNone && IsNew(in header)) Learn(batch[i]);
        }
    }

    /// <summary>What proves a finding must not become normal: what its evidence showed is taken back, each event once, however many findings it proves.</summary>
    /// <remarks>
    /// Everything that was to be learned is learned before. That the app was active, and when, still counts. Where evidence was left out of a finding, all
    /// that was seen of what its evidence names is taken back, on all of the finding's days.
    /// </remarks>
    public void Forget(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        (int From, int To)? days = finding.EvidenceOmitted > 0 ? (BaselineDay.Of(finding.Start), BaselineDay.Of(finding.End)) : null;
        foreach (var item in finding.Evidence)
        {
            if (item.Event.App is { Length: > 0 } app) Forget(item.Event, app, DeviceNumber.Of(Encoding.UTF8.GetBytes(item.Event.Device)), days);
        }
    }

    /// <summary>What was learned.</summary>
    public Baseline ToBaseline() => _builder.Build();

    private void Forget(EvidenceEvent item, string app, ulong device, (int From, int To)? days)
    {
        var shown = item.Class switch
        {
            EventClass.NetworkActivity or EventClass.HttpActivity or EventClass.DnsActivity => ShownBy(HostOf(item)),
            EventClass.ModuleActivity => ShownByFunction(item[FieldId.FunctionName] as string ?? ""),
            _ => [],
        };
        var isFirst = _forgotten.Add((device, item.Uid, item.Time));
        foreach (var (kind, value) in shown)
        {
            if (days is { } span) _builder.ForgetDays(app, kind, value, device, span.From, span.To);
            else if (isFirst) _builder.Forget(app, kind, value, device, BaselineDay.Of(item.Time), CountsOf(item, app));
        }
    }

    // Ids of one device are compared with each other only.
    private bool IsNew(ref readonly EventHeader header) => _recent.Add(in header, Lateness);

    private void Learn(in EventView view)
    {
        ref readonly var header = ref view.Header;
        if (!_names.TryGetValue(header.App, out var app)) _names[header.App] = app = _symbols.Text(header.App);
        var device = NumberOf(header.Device);
        var day = BaselineDay.Of(header.Time);
        var counts = CountsOf(in view);
        _builder.Add(app, BaselineKind.App, "", device, day, counts);
        _builder.AddHour(app, device, (int)(Math.Max(0, header.Time.Micros) / Instant.PerSecond / 3600 % 24));
        foreach (var (kind, value) in ShownBy(in view)) _builder.Add(app, kind, value, device, day, counts);
    }

    // The same few hosts and functions come again and again.
    private (BaselineKind Kind, string Value)[] ShownBy(in EventView view)
    {
        var isFunction = view.Header.Class == EventClass.ModuleActivity;
        var isHost = view.Header.Class is EventClass.NetworkActivity or EventClass.HttpActivity or EventClass.DnsActivity;
        var name = isFunction ? view.Symbol(FieldId.FunctionName) : isHost ? HostOf(in view) : default;
        if (name.IsNone) return [];
        if (_shown.TryGetValue((name, isFunction), out var known)) return known;
        return _shown[(name, isFunction)] = isFunction ? ShownByFunction(_symbols.Text(name)) : ShownBy(_symbols.Text(name));
    }

    private (BaselineKind Kind, string Value)[] ShownBy(string host)
    {
        if (host.Length == 0) return [];
        var domain = (BaselineKind.Destination, _reference.PublicSuffixes.RegistrableDomain(host));
        return _reference.ServiceClasses.ClassOf(host) is { } service ? [domain, (BaselineKind.ServiceClass, service.Name)] : [domain];
    }

    private (BaselineKind Kind, string Value)[] ShownByFunction(string function) =>
        function.Length == 0 ? [] : [.. _reference.ApiFamilies.FamiliesOf(function).Select(family => (BaselineKind.ApiFamily, family))];

    private static Symbol HostOf(in EventView view)
    {
        foreach (var field in FieldCatalog.Destination)
        {
            if (view.Symbol(field) is { IsNone: false } host) return host;
        }
        return default;
    }

    private static string HostOf(EvidenceEvent item)
    {
        foreach (var field in FieldCatalog.Destination)
        {
            if (item[field] is string { Length: > 0 } host) return host;
        }
        return "";
    }

    private BaselineCounts CountsOf(in EventView view)
    {
        ref readonly var header = ref view.Header;
        var key = (header.Device, header.App);
        if (!_states.TryGetValue(key, out var states)) _states[key] = states = new AppStateHistory();
        view.TryGetInteger(FieldId.BytesIn, out var bytesIn);
        view.TryGetInteger(FieldId.BytesOut, out var bytesOut);
        return Counts(states.Next(header.Time, header.State.AppState), bytesIn, bytesOut);
    }

    private BaselineCounts CountsOf(EvidenceEvent item, string app)
    {
        var wasBackground = _states.TryGetValue((_symbols.Intern(item.Device), _symbols.Intern(app)), out var states) && states.Was(item.Time, item.State.AppState);
        return Counts(wasBackground, item[FieldId.BytesIn] as long? ?? 0, item[FieldId.BytesOut] as long? ?? 0);
    }

    private static BaselineCounts Counts(bool isBackground, long bytesIn, long bytesOut) => new(1, isBackground ? 1 : 0, Math.Max(0, bytesIn), Math.Max(0, bytesOut));

    private ulong NumberOf(Symbol device)
    {
        if (_devices.TryGetValue(device, out var number)) return number;
        return _devices[device] = DeviceNumber.Of(_symbols.Utf8(device));
    }
}
