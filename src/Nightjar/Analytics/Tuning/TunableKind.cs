namespace Nightjar.Analytics.Tuning;

/// <summary>The type of a tunable: how its value is written, and how it is compared.</summary>
public enum TunableKind
{
    /// <summary><c>500ms</c>, <c>60s</c>, <c>5m</c>, <c>2h</c>, <c>7d</c>.</summary>
    Duration,
    /// <summary><c>4096</c>, <c>16KiB</c>, <c>100KB</c>, <c>1MiB</c>.</summary>
    Bytes,
    /// <summary>A number.</summary>
    Number,
    /// <summary>A number from 0 to 1.</summary>
    Ratio,
    /// <summary>A whole number from 0.</summary>
    Count,
    /// <summary>true or false.</summary>
    Boolean,
    /// <summary>Package names or bundle ids; <c>*</c> stands for any run.</summary>
    Apps,
    /// <summary>Host names, matched as suffixes at label boundaries, and addresses or CIDR ranges.</summary>
    Hosts,
    /// <summary>File paths; <c>*</c> stands for any run; one that ends with a slash means all below it.</summary>
    Paths,
    /// <summary>App roles.</summary>
    Roles,
    /// <summary>Service classes of destinations.</summary>
    ServiceClasses,
    /// <summary>Words compared without regard to case; <c>*</c> stands for any run.</summary>
    Words,
    /// <summary>A regular expression that needs no backtracking.</summary>
    Regex,
}

/// <summary>Names of the kinds as analytics write them.</summary>
public static class TunableKinds
{
    private static readonly (string Name, TunableKind Kind)[] Names =
    [
        ("duration", TunableKind.Duration), ("bytes", TunableKind.Bytes), ("number", TunableKind.Number), ("ratio", TunableKind.Ratio),
        ("count", TunableKind.Count), ("boolean", TunableKind.Boolean), ("apps", TunableKind.Apps), ("hosts", TunableKind.Hosts),
        ("paths", TunableKind.Paths), ("roles", TunableKind.Roles), ("service_classes", TunableKind.ServiceClasses),
        ("words", TunableKind.Words), ("regex", TunableKind.Regex),
    ];

    /// <summary>All names.</summary>
    public static IEnumerable<string> All => Names.Select(item => item.Name);

    public static string Name(this TunableKind kind) => Names.First(item => item.Kind == kind).Name;

    public static TunableKind? Parse(string name)
    {
        foreach (var (known, kind) in Names)
        {
            if (known == name) return kind;
        }
        return null;
    }

    /// <summary>True for kinds whose value is a list of texts.</summary>
    public static bool IsSet(this TunableKind kind) => kind is >= TunableKind.Apps and <= TunableKind.Words;
}
