using Nightjar.Tests.House.Seeded.Events;

namespace Nightjar.Tests.House.Seeded.Findings;

// What the seeded breaches in the room Events reach for. The other direction, a finding that knows events, is allowed.
internal interface IVerdict;

internal class Verdict : Exception, IVerdict
{
    public static readonly int Limit = Environment.ProcessorCount;

    public static string Of(Happening happening) => happening.ToString() ?? "";
}

[AttributeUsage(AttributeTargets.Class)]
internal sealed class JudgedAttribute : Attribute;
