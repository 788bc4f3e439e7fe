using Nightjar.Events;

namespace Nightjar.Sources.Dumpstate;

/// <summary>Which activities of an app are in front and which of its services run, so that the end of one is not taken for the end of all. Bounded.</summary>
internal sealed class AppsInUse
{
    private const int MaxApps = 4_096;
    private const int MaxParts = 64;

    private readonly Dictionary<Symbol, App> _apps = [];

    /// <summary>Forgets all: the events that follow are of another time or user.</summary>
    public void Clear() => _apps.Clear();

    /// <summary>An activity came to the front, or a foreground service began.</summary>
    /// <returns>The state of the app from now on; unknown when it stays what it is.</returns>
    public AppState Begin(Symbol package, long part, bool isService)
    {
        if (!_apps.TryGetValue(package, out var app))
        {
            if (_apps.Count >= MaxApps) _apps.Clear();
            _apps[package] = app = new App();
        }
        var parts = isService ? app.Services : app.Activities;
        if (parts.Count < MaxParts) parts.Add(part);
        if (!isService) return AppState.Foreground;
        return app.Activities.Count > 0 ? AppState.Unknown : AppState.ForegroundService;
    }

    /// <summary>An activity left the front, or a foreground service ended.</summary>
    /// <returns>The state of the app from now on; unknown when it stays what it is.</returns>
    public AppState End(Symbol package, long part, bool isService)
    {
        // What began before the events did is not known to be the only one; the end is all that is told.
        if (!_apps.TryGetValue(package, out var app)) return AppState.Background;
        (isService ? app.Services : app.Activities).Remove(part);
        if (app.Activities.Count > 0) return AppState.Unknown;
        return app.Services.Count > 0 ? AppState.ForegroundService : AppState.Background;
    }

    private sealed class App
    {
        public HashSet<long> Activities { get; } = [];

        public HashSet<long> Services { get; } = [];
    }
}
