using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Baselines;

/// <summary>Learns from events what apps do. One thread.</summary>
public sealed class BaselineLearning
{
    // As long as the engine takes a repeat for one.
    private static readonly TimeSpan Lateness = TimeSpan.FromMinutes(2);

    private readonly RecentIds _ids = new();
    private readonly SymbolTable _symbols;
    private readonly ReferenceData _reference;
    private readonly BaselineBuilder _builder = new();
    private readonly Dictionary<Symbol, ulong> _devices = [];
    private readonly Dictionary<Symbol, string> _names = [];
    private readonly Dictionary<Symbol, (string Domain, string? Class)> _hosts = [];
    private readonly Dictionary<(Symbol Device, Symbol App), AppState> _states = [];

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
            if (!header.Device.IsNone && !header.App.IsNone && _ids.Add(header.Id, header.Time, Lateness)) Learn(batch[i]);
        }
    }

    /// <summary>What is found must not become normal: destinations and functions of a finding's evidence are forgotten for its app and device.</summary>
    /// <param name="app">The finding's app.</param>
    /// <param name="device">Its device.</param>
    /// <param name="hosts">Hosts and addresses of its evidence.</param>
    /// <param name="functions">API functions of its evidence.</param>
    public void Forget(string app, string device, IEnumerable<string> hosts, IEnumerable<string> functions)
    {
        var number = DeviceNumber.Of(System.Text.Encoding.UTF8.GetBytes(device));
        foreach (var host in hosts)
        {
            var (domain, serviceClass) = Describe(host);
            _builder.Forget(app, BaselineKind.Destination, domain, number);
            if (serviceClass is not null) _builder.Forget(app, BaselineKind.ServiceClass, serviceClass, number);
        }
        foreach (var family in functions.SelectMany(_reference.ApiFamilies.FamiliesOf)) _builder.Forget(app, BaselineKind.ApiFamily, family, number);
    }

    /// <summary>What was learned.</summary>
    public Baseline ToBaseline() => _builder.Build();

    // A stated state holds for what the app does until another is stated; events come in their order.
    private void Learn(in EventView view)
    {
        ref readonly var header = ref view.Header;
        if (!_names.TryGetValue(header.App, out var app)) _names[header.App] = app = _symbols.Text(header.App);
        var device = NumberOf(header.Device);
        var day = BaselineDay.Of(header.Time);
        var counts = CountsOf(in view);
        _builder.Add(app, BaselineKind.App, "", device, day, counts);
        _builder.AddHour(app, device, (int)(Math.Max(0, header.Time.Micros) / Instant.PerSecond / 3600 % 24));
        if (header.Class is EventClass.NetworkActivity or EventClass.HttpActivity or EventClass.DnsActivity) LearnHost(in view, app, device, day, counts);
        else if (header.Class == EventClass.ModuleActivity) LearnFunction(in view, app, device, day, counts);
    }

    private void LearnHost(in EventView view, string app, ulong device, int day, BaselineCounts counts)
    {
        var host = HostOf(in view);
        if (host.IsNone) return;
        if (!_hosts.TryGetValue(host, out var known)) _hosts[host] = known = Describe(_symbols.Text(host));
        _builder.Add(app, BaselineKind.Destination, known.Domain, device, day, counts);
        if (known.Class is { } serviceClass) _builder.Add(app, BaselineKind.ServiceClass, serviceClass, device, day, counts);
    }

    private void LearnFunction(in EventView view, string app, ulong device, int day, BaselineCounts counts)
    {
        var function = view.Symbol(FieldId.FunctionName);
        if (function.IsNone) return;
        foreach (var family in _reference.ApiFamilies.FamiliesOf(_symbols.Text(function))) _builder.Add(app, BaselineKind.ApiFamily, family, device, day, counts);
    }

    private static Symbol HostOf(in EventView view)
    {
        foreach (var field in FieldCatalog.Destination)
        {
            if (view.Symbol(field) is { IsNone: false } host) return host;
        }
        return default;
    }

    private BaselineCounts CountsOf(in EventView view)
    {
        ref readonly var header = ref view.Header;
        var state = header.State.AppState;
        var key = (header.Device, header.App);
        if (state != AppState.Unknown) _states[key] = state;
        else state = _states.GetValueOrDefault(key);
        var isBackground = state is AppState.Background or AppState.ForegroundService or AppState.Suspended;
        view.TryGetInteger(FieldId.BytesIn, out var bytesIn);
        view.TryGetInteger(FieldId.BytesOut, out var bytesOut);
        return new BaselineCounts(1, isBackground ? 1 : 0, Math.Max(0, bytesIn), Math.Max(0, bytesOut));
    }

    private (string Domain, string? Class) Describe(string host) =>
        (_reference.PublicSuffixes.RegistrableDomain(host), _reference.ServiceClasses.ClassOf(host)?.Name);

    private ulong NumberOf(Symbol device)
    {
        if (_devices.TryGetValue(device, out var number)) return number;
        return _devices[device] = DeviceNumber.Of(_symbols.Utf8(device));
    }
}
