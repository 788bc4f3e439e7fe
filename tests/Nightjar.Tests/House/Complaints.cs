using Xunit;

namespace Nightjar.Tests.House;

/// <summary>Fails with every complaint in full, because whoever reads it wants to mend them all at once.</summary>
internal static class Complaints
{
    public static void None(IEnumerable<string> complaints)
    {
        var all = complaints.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (all.Count > 0) Assert.Fail(string.Join('\n', all));
    }
}
