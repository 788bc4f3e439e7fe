using Nightjar.Tests.House.Seeded.Findings;

namespace Nightjar.Tests.House.Seeded.Events;

// Each class breaks the wall in one way only, and the test must catch every one of them.
#pragma warning disable CA1812, CA1823, CA1852, CS0169, CS0649, IDE0044, IDE0051, IDE0060

internal sealed class Happening;

internal class ByBaseType : Verdict;

internal class ByInterface : IVerdict;

internal class ByField
{
    private Verdict? _verdict;
}

internal class ByReturnType
{
    public static Verdict? Of() => null;
}

internal class ByParameter
{
    public static void Take(Verdict? verdict)
    {
    }
}

internal class ByGenericArgument
{
    public static IEnumerable<List<Verdict>> Of() => [];
}

internal class ByConstraint<T>
    where T : Verdict;

internal class ByCall
{
    public override string ToString() => Verdict.Of(new Happening());
}

internal class ByStaticField
{
    public static bool IsHigh(int value) => value > Verdict.Limit;
}

internal class ByTypeOf
{
    public static string Name() => typeof(Verdict).Name;
}

internal class ByCatch
{
    public static bool Try(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Verdict)
        {
            return false;
        }
    }
}

[Judged]
internal class ByAttribute;

internal class ByLambda
{
    public static Func<object, bool> IsJudged() => value => value is Verdict;
}

internal class ByIterator
{
    public static IEnumerable<object> All()
    {
        yield return new Verdict();
    }
}
