using Nightjar.Events;

namespace Nightjar.Sources.Pcapdroid;

/// <summary>Names the app of a connection as surely as PCAPdroid tells it.</summary>
internal static class PcapdroidApp
{
    // The system's resolver asks for all apps, so what it does is nobody's in particular.
    private const int Resolver = 1051;

    /// <summary>Sets the app of the event under way: by its package, else by its label. Unknown (−1) and the resolver are no app.</summary>
    public static void Name(EventBatch batch, int? uid, ReadOnlySpan<byte> package, ReadOnlySpan<byte> label)
    {
        if (uid is < 0 or Resolver) return;
        if (!MeaninglessText.Is(label)) batch.Set(FieldId.AppName, label);
        if (!MeaninglessText.Is(package)) Set(batch, package, AppGrade.Package);
        else if (!MeaninglessText.Is(label)) Set(batch, label, AppGrade.Label);
    }

    private static void Set(EventBatch batch, ReadOnlySpan<byte> app, AppGrade grade)
    {
        batch.Current.App = batch.Intern(app);
        batch.Current.State.AppGrade = grade;
    }
}
