using Nightjar.Analytics.InForce;
using Nightjar.Analytics.Tuning;
using Nightjar.Events;

namespace Nightjar.Policies;

/// <summary>Whose behaviour an exception may cover.</summary>
/// <param name="Device">Uid of the device.</param>
/// <param name="Groups">The groups of the policy that it is in.</param>
/// <param name="App">The app; empty for the device as a whole.</param>
/// <param name="Signer">The app's signer; null when nothing told.</param>
internal sealed record CoveredApp(string Device, IReadOnlyCollection<string> Groups, string App, string? Signer);

/// <summary>The exceptions of a policy, ready to be asked.</summary>
internal sealed class ExceptionBook(Policy policy)
{
    private readonly Entry[] _entries = [.. policy.Exceptions.OrderBy(item => item.Id, StringComparer.Ordinal).Select(item => new Entry(item))];

    /// <summary>The exceptions that a match falls under, those that had expired at its time apart.</summary>
    public Cover Covering(CoveredApp who, string analytic, Instant time, IReadOnlyList<string> destinations, IReadOnlyList<string> paths)
    {
        List<string>? holding = null, expired = null;
        foreach (var entry in _entries)
        {
            if (!entry.IsFor(analytic, who) || !entry.Holds(destinations, paths)) continue;
            if (time < entry.Exception.Expires) (holding ??= []).Add(entry.Exception.Id);
            else (expired ??= []).Add(entry.Exception.Id);
        }
        return holding is null && expired is null ? Cover.None : new Cover(holding ?? [], expired ?? []);
    }

    /// <summary>The exceptions that may cover something of a subject, in order of id.</summary>
    public IEnumerable<ExceptionEntry> For(CoveredApp who) => _entries.Where(entry => entry.IsFor(null, who)).Select(entry => entry.Exception);

    private sealed class Entry(ExceptionEntry exception)
    {
        private readonly Func<string, bool> _device = Patterns.Of(TunableKind.Words, exception.Devices);
        private readonly Func<string, bool> _host = Patterns.Of(TunableKind.Hosts, exception.Destinations);
        private readonly Func<string, bool> _path = Patterns.Of(TunableKind.Paths, exception.Paths);

        public ExceptionEntry Exception => exception;

        public bool IsFor(string? analytic, CoveredApp who) =>
            (analytic is null || exception.Analytics.Count == 0 || exception.Analytics.Contains(analytic))
            && Resolution.Applies(exception.Scope, who.App, [], who.Groups)
            && (exception.Devices.Count == 0 || _device(who.Device))
            && AppBook.IsSigned(exception.Signer, who.Signer) == Tri.True;

        // What it names must be there, and nothing of the kind may lie outside.
        public bool Holds(IReadOnlyList<string> destinations, IReadOnlyList<string> paths) =>
            (exception.Destinations.Count == 0 || destinations.Count > 0 && destinations.All(_host))
            && (exception.Paths.Count == 0 || paths.Count > 0 && paths.All(_path));
    }
}
