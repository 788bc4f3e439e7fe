using FsCheck;
using FsCheck.Fluent;

namespace Nightjar.Tests;

/// <summary>Checks a property with the same values on every run, silently.</summary>
internal static class Property
{
    private static readonly Config Fixed = Config.QuickThrowOnFailure
        .WithMaxTest(500)
        .WithQuietOnSuccess(true)
        .WithReplay(new Replay(new Rnd(20260301, 7), null));

    /// <summary>Fails with the smallest counter-example that is found.</summary>
    public static void Holds<T>(Arbitrary<T> values, Func<T, bool> property) => Prop.ForAll(values, property).Check(Fixed);
}
