using Nightjar.Analytics;
using Nightjar.Analytics.InForce;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>Asks the policy what holds for a device or an app, once until telemetry tells something new of it.</summary>
internal sealed class Standings(IPolicyInForce policy, Dispatch dispatch, AloneTimes times, ChainsInSightMemo rows)
{
    private static readonly DeviceStanding Anybody = new(default, Platform.Unknown, [], Tri.Unknown);

    private readonly Dictionary<ValuesInForce, DispatchPlan> _plans = [];
    private (ValuesInForce? Values, DispatchPlan Plan) _planned;

    private readonly ValuesInForce _forAll = policy.For(new PolicySubject(Anybody, default, default, default));

    /// <summary>What holds for an app; for records that name none where <paramref name="app"/> is null.</summary>
    public ValuesInForce Of(DeviceTrack device, AppTrack? app)
    {
        if (!policy.IsScoped) return _forAll;
        var standing = StandingOf(device);
        if (app is null)
        {
            if (device.InForce is { } known && ReferenceEquals(known.Standing, standing)) return known.Values;
            var values = Ask(new PolicySubject(standing, default, default, default));
            device.InForce = (standing, values);
            return values;
        }
        return OfApp(app, standing);
    }

    /// <summary>The exceptions that cover a match: asked with what is known of the device now, and of the app as of its latest event in the chain.</summary>
    public Cover Covering(KeyTrack key, Analytic variant, Match match)
    {
        if (!policy.HasExceptions) return Cover.None;
        var latest = match.Events.Where(item => item.Event.Header.App == key.App.App).DefaultIfEmpty(match.Events.Last()).MaxBy(item => item.Time);
        var isItsOwn = latest.Event.Header.App == key.App.App;
        var subject = new PolicySubject(StandingOf(key.App.Device), key.App.App, isItsOwn ? latest.Moment.Signer : default, isItsOwn ? latest.Moment.Category : default);
        var events = match.Events.Select(item => item.Event).Concat(match.Supporting.Select(item => item.Event));
        return policy.Covering(in subject, MatchedBehaviour.Of(variant.Uid, match.Events.Max(item => item.Time), events));
    }

    private ValuesInForce OfApp(AppTrack app, DeviceStanding standing)
    {
        var subject = new PolicySubject(standing, app.App, app.Signer, app.Category);
        if (app.InForce is { } known && ReferenceEquals(known.Subject.Device, standing) && known.Subject.Signer == subject.Signer && known.Subject.Category == subject.Category)
            return known.Values;
        var values = Ask(in subject);
        app.InForce = new InForceFor(subject, values);
        return values;
    }

    private ValuesInForce Ask(in PolicySubject subject)
    {
        var values = policy.For(in subject);
        dispatch.Include(values.Analytics);
        return values;
    }

    /// <summary>The dispatch for those for whom certain values hold.</summary>
    public DispatchPlan PlanOf(ValuesInForce values)
    {
        if (ReferenceEquals(values, _planned.Values)) return _planned.Plan;
        if (!_plans.TryGetValue(values, out var plan)) _plans[values] = plan = new DispatchPlan(dispatch, values, times, rows);
        _planned = (values, plan);
        return plan;
    }

    private static DeviceStanding StandingOf(DeviceTrack device)
    {
        if (device.Standing is { } known && known.Platform == device.Platform && ReferenceEquals(known.Groups, device.Groups) && known.IsManaged == device.IsManaged)
            return known;
        return device.Standing = new DeviceStanding(device.Device, device.Platform, device.Groups, device.IsManaged);
    }
}
