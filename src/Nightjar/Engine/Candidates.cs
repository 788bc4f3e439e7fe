using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Engine;

/// <summary>The sightings that may stand for a stage: those of the app, and where the stage allows it those that name no app.</summary>
internal readonly struct Candidates(KeyTrack? app, KeyTrack? unnamed)
{
    public KeyTrack? App => app;

    /// <summary>All sightings of a stage, in event order.</summary>
    public Walk Of(Stage stage) => stage.App switch
    {
        AppRule.Same => new Walk(app?.Stages[stage.Index], null),
        // Only an app has others beside it.
        AppRule.Other => new Walk((unnamed ?? app)?.Stages[stage.Index], null),
        _ => new Walk(app?.Stages[stage.Index], ReferenceEquals(app, unnamed) ? null : unnamed?.Stages[stage.Index]),
    };

    public bool Any(Stage stage) => Of(stage).MoveNext();

    /// <summary>True when the event is of an app whose events count for the stage.</summary>
    public bool Admits(Stage stage, in EventHeader header) =>
        stage.App != AppRule.Other || app is null || !app.Analytic.IsPerApp || header.App != app.App.App;

    /// <summary>Two lists walked as one, in event order.</summary>
    public struct Walk(SightingList? a, SightingList? b)
    {
        private int _a;
        private int _b;
        private bool _fromB;

        public readonly ref Sighting Current => ref _fromB ? ref b![_b - 1] : ref a![_a - 1];

        public bool MoveNext()
        {
            var hasA = a is not null && _a < a.Count;
            var hasB = b is not null && _b < b.Count;
            if (!hasA && !hasB) return false;
            _fromB = !hasA || hasB && EventHeader.Compare(in b![_b].Event.Header, in a![_a].Event.Header) < 0;
            if (_fromB) _b++;
            else _a++;
            return true;
        }
    }
}
