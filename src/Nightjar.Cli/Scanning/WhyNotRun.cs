using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Reading;
using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Findings;
using Nightjar.Inquiry;

namespace Nightjar.Cli.Scanning;

/// <summary>Reads what a scan would read, keeps what is of one device, and asks about it.</summary>
internal sealed class WhyNotRun(ScanRequest request, Analytic analytic, SymbolTable symbols, string device, string app) : IDisposable
{
    private static readonly EngineOptions Engine = new();

    private const int MostSteps = 100_000;
    private const int MostSuggested = 8;

    private readonly HashSet<Symbol> _devices = [];
    private readonly Dictionary<Symbol, Symbol> _names = [];
    private readonly Dictionary<Symbol, DeviceInquiry> _inquiries = [];
    /// <summary>The policy; null without one.</summary>
    public IPolicyInForce? Policy { get; init; }

    private readonly TelemetryReading _reading = new(request, symbols, Engine.ClockSkew);

    /// <summary>Inputs that could not be read at all.</summary>
    public IReadOnlyList<string> Unreadable { get; private set; } = [];

    /// <exception cref="OperationCanceledException">Interrupted; temporary files are gone.</exception>
    public void Read(CancellationToken cancellation)
    {
        _reading.Feed(() => { Forget(); return [Take]; }, cancellation);
        Unreadable = [.. _reading.Intake.Accounts.Where(file => file.State == FileState.Unreadable).Select(file => file.Path)];
    }

    /// <summary>The answer.</summary>
    /// <exception cref="UsageException">Nothing was read of the device or the app.</exception>
    public WhyNot Answer()
    {
        if (_devices.Count == 0) throw new UsageException($"No event could be read of {string.Join(", ", request.Paths)}, so nothing was checked.");
        var inquiry = Inquiry();
        if (analytic.IsPerApp && !inquiry.Apps.Contains(app, StringComparer.Ordinal))
            throw new UsageException($"No event of device `{device}` names the app `{app}`. {Suggestions(app, inquiry.Apps, "Apps")}");
        return inquiry.Ask(app);
    }

    public void Dispose() => _reading.Dispose();

    private DeviceInquiry Inquiry()
    {
        List<Symbol> named = [.. _devices.Where(IsMeant).OrderBy(symbols.Text, StringComparer.Ordinal)];
        if (named.Count > 1) throw new UsageException($"`{device}` is the name of several devices: {string.Join(", ", named.Select(symbols.Text))}.");
        if (named.Count == 1) return _inquiries[named[0]];
        var known = _devices.Select(symbols.Text).Concat(_names.Values.Select(symbols.Text)).Distinct(StringComparer.Ordinal);
        throw new UsageException($"No event is of a device `{device}`. {Suggestions(device, [.. known.Order(StringComparer.Ordinal)], "Devices")}");
    }

    private void Take(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            var view = batch[i];
            var symbol = view.Header.Device;
            if (symbol.IsNone) continue;
            if (_devices.Add(symbol) && IsMeant(symbol)) _inquiries[symbol] = NewInquiry();
            Learn(in view, symbol);
            if (_inquiries.TryGetValue(symbol, out var inquiry)) inquiry.Add(in view);
        }
    }

    // A name that is told only later finds its device too, but not what came before.
    private void Learn(in EventView view, Symbol symbol)
    {
        if (view.Symbol(FieldId.DeviceName) is not { IsNone: false } name) return;
        _names[symbol] = name;
        if (!_inquiries.ContainsKey(symbol) && IsMeant(symbol)) _inquiries[symbol] = NewInquiry();
    }

    private bool IsMeant(Symbol symbol) =>
        string.Equals(symbols.Text(symbol), device, StringComparison.OrdinalIgnoreCase)
        || _names.TryGetValue(symbol, out var name) && string.Equals(symbols.Text(name), device, StringComparison.OrdinalIgnoreCase);

    private DeviceInquiry NewInquiry()
    {
        var options = new InquiryOptions
        {
            ClockSkew = Engine.ClockSkew, Lateness = Engine.Lateness, ObservationWindow = Engine.ObservationWindow, MaxEvidence = Engine.MaxEvidence, MaxSteps = MostSteps,
        };
        return new DeviceInquiry(analytic, symbols, options, (file, position) => _reading.Intake.FileOf(file).Locate(position), Policy);
    }

    private void Forget()
    {
        _devices.Clear();
        _names.Clear();
        _inquiries.Clear();
    }

    private static string Suggestions(string wanted, IReadOnlyList<string> known, string what)
    {
        if (known.Count == 0) return $"{what}: none.";
        var hint = Nearest.Hint(wanted, known);
        string[] near = [.. known.Where(name => name.Contains(wanted, StringComparison.OrdinalIgnoreCase) || wanted.Contains(name, StringComparison.OrdinalIgnoreCase)).Take(MostSuggested)];
        if (hint.Length == 0 && near.Length > 0) hint = $"Did you mean {string.Join(" or ", near.Select(name => $"`{name}`"))}?";
        var rest = known.Count > MostSuggested ? $" and {known.Count - MostSuggested} more" : "";
        return $"{(hint.Length > 0 ? hint + " " : "")}{what} that were read: {string.Join(", ", known.Take(MostSuggested))}{rest}.";
    }
}
