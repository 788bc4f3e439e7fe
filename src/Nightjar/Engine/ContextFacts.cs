using System.Globalization;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Engine;

/// <summary>Says what was known of the moment of a match, and where it was known from.</summary>
internal static class ContextFacts
{
    private static readonly TimeSpan DriftTold = TimeSpan.FromDays(7);

    public static IReadOnlyList<ContextFact> Of(Match match, IReviews? reviews)
    {
        List<ContextFact> facts = [.. Of(match), .. Drifted(match)];
        if (reviews is not null) facts.Add(Reviewed(match, reviews));
        return facts;
    }

    // Said only where there is something to say: an app that stayed what it was is the rule.
    private static IEnumerable<ContextFact> Drifted(Match match)
    {
        var moment = match.Events.Last().Moment;
        return (moment.Drifts?.All ?? []).Where(drift => moment.Time - drift.Time < DriftTold)
            .Select(drift => new ContextFact($"drift.{drift.Kind.Name()}", $"{Ago(moment.Time - drift.Time)} before", "the record that differed from the one before it"));
    }

    // Asked at the last event, as everything else is: which package was compared, or why none.
    private static ContextFact Reviewed(Match match, IReviews reviews)
    {
        var last = match.Events.Last();
        var compared = reviews.Compared(InstalledApp.Of(in last.Event.Header, in last.Moment));
        return new("reviewed_package", compared.Name ?? "unknown", compared.Basis);
    }

    private static IReadOnlyList<ContextFact> Of(Match match)
    {
        var moment = match.Events.Last().Moment;
        return
        [
            new("app_state", moment.State.AppState.Name(), Told(moment, moment.AppStateTold, moment.State.AppState != AppState.Unknown)) { Told = Known(moment.AppStateTold), Asked = moment.Time },
            new("is_device_locked", Text(moment.State.IsDeviceLocked), Told(moment, moment.LockTold, moment.State.IsDeviceLocked != Tri.Unknown)) { Told = Known(moment.LockTold), Asked = moment.Time },
            new("last_user_interaction", Interaction(moment), moment.LastInteraction == Instant.Min ? "no telemetry told" : "interaction and unlock events") { Told = Known(moment.LastInteraction), Asked = moment.Time },
            new("is_managed_app", Text(moment.State.IsManagedApp), moment.IsManagedByPolicy ? "the policy" : moment.State.IsManagedApp == Tri.Unknown ? "no telemetry told" : "latest record of the app"),
            new("install_source", moment.State.InstallSource.Name(), moment.State.InstallSource == InstallSource.Unknown ? "no telemetry told" : "latest record of the app"),
            new("device.is_managed", Text(moment.State.IsManagedDevice), moment.State.IsManagedDevice == Tri.Unknown ? "no telemetry told" : "latest record of the device"),
        ];
    }

    /// <summary>The state as part of a sentence: "in the background, while the device was locked".</summary>
    public static string Sentence(Match match)
    {
        var moment = match.Events.Last().Moment;
        var app = moment.State.AppState switch
        {
            AppState.Foreground => "in the foreground",
            AppState.Background => "in the background",
            AppState.ForegroundService => "in a foreground service",
            AppState.Suspended => "while suspended",
            AppState.NotRunning => "while not running",
            _ => "in an unknown app state",
        };
        return moment.State.IsDeviceLocked switch
        {
            Tri.True => app + " while the device was locked",
            Tri.False => app + " while the device was unlocked",
            _ => app,
        };
    }

    private static Instant? Known(Instant told) => told == Instant.Min ? null : told;

    private static string Text(Tri value) => value switch { Tri.True => "true", Tri.False => "false", _ => "unknown" };

    private static string Interaction(Moment moment) =>
        moment.LastInteraction == Instant.Min ? "unknown" : $"{Ago(moment.Time - moment.LastInteraction)} before";

    private static string Told(Moment moment, Instant told, bool known)
    {
        if (!known) return "no telemetry told";
        return told == moment.Time ? "the event itself" : $"state event {Ago(moment.Time - told)} before";
    }

    private static string Ago(TimeSpan span) => span switch
    {
        { TotalSeconds: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(span.TotalSeconds, 1)} s"),
        { TotalMinutes: < 120 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalMinutes)} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(span.TotalHours)} h"),
    };
}
