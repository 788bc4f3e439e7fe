using Nightjar.Analytics;

namespace Nightjar.Calibration;

/// <summary>An analytic whose tunables are studied.</summary>
/// <param name="Analytic">As it is in force.</param>
/// <param name="Places">Where it compares something with those tunables.</param>
/// <param name="WidestAsked">The widest window that somebody asked to try.</param>
internal sealed record Studied(Analytic Analytic, IReadOnlyList<Place> Places, TimeSpan WidestAsked)
{
    // How far beyond the window in force chains are followed, as a multiple of it.
    private const int Further = 8;

    // Chains over a longer time are another behaviour.
    private const int MostRemembered = 1000;

    /// <summary>The same with the widest window within which chains are looked for.</summary>
    public Analytic Wide { get; } = Widened(Analytic, WidestAsked);

    /// <summary>Whether events must be remembered, because something is asked about matches.</summary>
    public bool LooksAtMatches { get; } = Places.Any(place => place is not StagePlace);

    public bool LooksAtWindow { get; } = Places.Any(place => place is ChainPlace or BesidePlace);

    /// <summary>How long after its beginning a match is complete.</summary>
    public TimeSpan Ahead => LooksAtWindow ? Wide.Window : Analytic.Window;

    /// <summary>How long before its beginning an event may end and still matter.</summary>
    public TimeSpan Back => Analytic.Measures.Select(measure => measure.Over).Append(Ahead).Max();

    private static Analytic Widened(Analytic analytic, TimeSpan asked)
    {
        var highest = analytic.Tunables.FirstOrDefault(item => item.Name == analytic.WindowTunable)?.Maximum ?? analytic.Window.TotalSeconds;
        var window = TimeSpan.FromSeconds(Math.Max(Math.Max(analytic.Window.TotalSeconds, asked.TotalSeconds), Math.Min(highest, analytic.Window.TotalSeconds * Further)));
        return analytic with { Window = window, PartialsPerKey = Math.Max(analytic.PartialsPerKey, MostRemembered) };
    }
}
