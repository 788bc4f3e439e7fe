using System.Collections.Concurrent;
using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Policies;

/// <summary>A policy as the engine asks it. Each distinct set of values is compiled once, when the first app or device needs it.</summary>
public sealed class PolicyInForce : IPolicyInForce
{
    private const int MostRemembered = 1 << 16;

    private readonly BoundPolicy _bound;
    private readonly VariantPress _press;
    private readonly SymbolTable _symbols;
    private readonly ReferenceData _reference;
    private readonly Membership _membership;
    private readonly AppBook _apps;
    private readonly Resolution _resolution;
    private readonly ExceptionBook _exceptions;
    private readonly Reaches[] _reaches;
    private readonly ConcurrentDictionary<(string Groups, Symbol App, Symbol Signer, Symbol Category), ValuesInForce> _known = new();
    private readonly Dictionary<string, ValuesInForce> _byContent = new(StringComparer.Ordinal);

    internal PolicyInForce(BoundPolicy bound, VariantPress press, SymbolTable symbols, ReferenceData reference)
    {
        (_bound, _press, _symbols, _reference) = (bound, press, symbols, reference);
        _membership = new Membership(bound.Policy);
        _apps = new AppBook(bound.Policy, []);
        _resolution = new Resolution(bound);
        _exceptions = new ExceptionBook(bound.Policy);
        _reaches = [.. Enumerable.Range(0, press.Analytics.Count).Select(index => Reaches.Of(press.Singles(index)))];
        var policy = bound.Policy;
        IsScoped = bound.Settings.Any(setting => !setting.Entry.Scope.IsEverything) || policy.Allowances.Any(item => item.Scope.Groups.Count > 0)
            || policy.Apps.Any(entry => entry.IsManaged is not null) || policy.Unlisted.IsManaged is not null;
    }

    /// <summary>The policy.</summary>
    public Policy Policy => _bound.Policy;

    /// <summary>The policy, joined to the analytics.</summary>
    public BoundPolicy Bound => _bound;

    /// <summary>The analytics with the values that hold for all.</summary>
    public IReadOnlyList<Analytic> Analytics => _press.Analytics;

    /// <summary>The analytics with other values for all, and what the policy says of apps; values for some and exceptions are left out.</summary>
    public AnalyticSet Compile(ITuning tuning) => _press.With(tuning);

    public string Fingerprint => _bound.Policy.Sha256;

    public bool IsScoped { get; }

    public bool HasExceptions => _bound.Policy.Exceptions.Count > 0;

    public ValuesInForce For(in PolicySubject subject)
    {
        var groups = _membership.Of(FactsOf(subject.Device));
        var key = (string.Join(',', groups), subject.App, subject.Signer, subject.Category);
        if (_known.TryGetValue(key, out var known)) return known;
        var values = Resolve(groups, subject);
        if (_known.Count < MostRemembered) _known[key] = values;
        return values;
    }

    public Analytic Variant(int index, string key) => _press.Of(index, key);

    public Reaches ReachesOf(int index) => _reaches[index];

    public Cover Covering(in PolicySubject subject, MatchedBehaviour match)
    {
        var groups = _membership.Of(FactsOf(subject.Device));
        var who = new CoveredApp(_symbols.Text(subject.Device.Device), groups, _symbols.Text(subject.App), Told(subject.Signer));
        return _exceptions.Covering(who, match.Analytic, match.Time, [.. match.Destinations.Select(_symbols.Text)], [.. match.Paths.Select(_symbols.Text)]);
    }

    private ValuesInForce Resolve(IReadOnlyList<string> groups, in PolicySubject subject)
    {
        var (app, signer) = (_symbols.Text(subject.App), Told(subject.Signer));
        IReadOnlyCollection<string> roles = app.Length == 0 ? [] : _apps.RolesOf(app, signer) ?? _reference.AppRoles.RolesOf(app, Told(subject.Category));
        string[] keys = [.. _press.Analytics.Select(analytic => _press.KeyOf(_resolution.Of(analytic.Uid, app, roles, groups), groups))];
        var managed = _apps.IsManaged(app, signer);
        var content = $"{managed}\n{string.Join('\n', keys)}";
        lock (_byContent)
        {
            if (_byContent.TryGetValue(content, out var known)) return known;
            return _byContent[content] = new ValuesInForce([.. keys.Select((key, index) => _press.Of(index, key))], managed);
        }
    }

    private DeviceFacts FactsOf(DeviceStanding device) => new(_symbols.Text(device.Device), device.Platform, device.Groups, device.IsManaged);

    private string? Told(Symbol symbol) => symbol.IsNone ? null : _symbols.Text(symbol);
}
