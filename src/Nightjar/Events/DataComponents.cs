using System.Numerics;

namespace Nightjar.Events;

/// <summary>ATT&amp;CK data components as a set; each is one bit.</summary>
[Flags]
public enum DataComponents
{
    None = 0,
    NetworkTrafficContent = 1 << 0,
    NetworkTrafficFlow = 1 << 1,
    NetworkConnectionCreation = 1 << 2,
    FileCreation = 1 << 3,
    FileModification = 1 << 4,
    FileAccess = 1 << 5,
    FileDeletion = 1 << 6,
    ModuleLoad = 1 << 7,
    OsApiExecution = 1 << 8,
    ScheduledJobCreation = 1 << 9,
    ProcessCreation = 1 << 10,
    ApplicationPermission = 1 << 11,
    ApplicationState = 1 << 12,
    ApplicationLogContent = 1 << 13,
}

/// <summary>Ids and names of the data components.</summary>
public static class DataComponentNames
{
    private static readonly (string Id, string Name)[] Known =
    [
        ("DC0085", "Network Traffic Content"), ("DC0078", "Network Traffic Flow"), ("DC0082", "Network Connection Creation"),
        ("DC0039", "File Creation"), ("DC0061", "File Modification"), ("DC0055", "File Access"), ("DC0040", "File Deletion"),
        ("DC0016", "Module Load"), ("DC0021", "OS API Execution"), ("DC0001", "Scheduled Job Creation"), ("DC0032", "Process Creation"),
        ("DC0114", "Application Permission"), ("DC0123", "Application State"), ("DC0038", "Application Log Content"),
    ];

    /// <summary>Number of data components.</summary>
    public static int Count => Known.Length;

    /// <summary>Id and name of the component with this bit number, 0 to <see cref="Count"/> − 1.</summary>
    public static (string Id, string Name) Of(int bit) => Known[bit];

    /// <summary>The bit numbers of a set, ascending.</summary>
    public static IEnumerable<int> Bits(this DataComponents set)
    {
        for (var rest = (uint)set; rest != 0; rest &= rest - 1) yield return BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>For people: "File Creation (DC0039), File Modification (DC0061)".</summary>
    public static string Describe(this DataComponents set) =>
        string.Join(", ", set.Bits().Select(bit => $"{Known[bit].Name} ({Known[bit].Id})"));
}
