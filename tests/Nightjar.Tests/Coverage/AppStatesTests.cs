using Nightjar.Coverage;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Coverage;

/// <summary>What is known of the apps of a device against the plain form: a dictionary.</summary>
public sealed class AppStatesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(700)]
    [InlineData(int.MaxValue)]
    public void It_knows_what_a_dictionary_knows(int apps)
    {
        var random = new Random(apps);
        var (states, plain) = (new AppStates(), new Dictionary<Symbol, bool>());
        for (var i = 0; i < 5000; i++)
        {
            var (app, isTold) = (new Symbol(1 + random.Next(apps)), random.Next(4) == 0);
            var isThere = states.TryTake(app, isTold, out var wasKnown);
            Assert.Equal((plain.TryGetValue(app, out var known), known), (isThere, wasKnown));
            if (!isThere) states.Add(app, isTold);
            plain[app] = known | isTold;
            Assert.Equal(plain.Count, states.Count);
        }
    }
}
