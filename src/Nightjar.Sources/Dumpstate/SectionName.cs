namespace Nightjar.Sources.Dumpstate;

/// <summary>The sections of a dump that are read.</summary>
internal enum SectionKind : byte
{
    /// <summary>One that is not read.</summary>
    None,
    AppOps,
    Alarm,
    Battery,
    Downloads,
    Jobs,
    Log,
    NetStats,
    Package,
    Properties,
    Settings,
    Usage,
}

/// <summary>Tells by a line which section begins or ends.</summary>
internal static class SectionName
{
    // Dumps of one service state no name; they begin with a line of their own.
    private static readonly (byte[] Line, SectionKind Kind)[] Openings =
    [
        ("Current AppOps Service state:"u8.ToArray(), SectionKind.AppOps), ("Last 24 hour events ("u8.ToArray(), SectionKind.Usage),
        ("Database versions:"u8.ToArray(), SectionKind.Package), ("Verifiers:"u8.ToArray(), SectionKind.Package), ("Packages:"u8.ToArray(), SectionKind.Package),
        ("Battery History ("u8.ToArray(), SectionKind.Battery), ("Active interfaces:"u8.ToArray(), SectionKind.NetStats),
        ("JOB #"u8.ToArray(), SectionKind.Jobs), ("GLOBAL SETTINGS (user "u8.ToArray(), SectionKind.Settings),
        ("Downloads updated in last hour:"u8.ToArray(), SectionKind.Downloads),
    ];

    /// <summary>True when the line begins or ends a section; the kind is that of the section from here on.</summary>
    public static bool TryRead(ReadOnlySpan<byte> line, out SectionKind kind)
    {
        kind = SectionKind.None;
        if (line.StartsWith("DUMP OF SERVICE "u8)) return TryService(line[16..], out kind);
        if (!line.StartsWith("------"u8)) return false;
        if (IsDuration(line)) return true;
        return line.Length > 14 && line.StartsWith("------ "u8) && line.EndsWith(" ------"u8) && TryCommand(line[7..^7], out kind);
    }

    /// <summary>True for the line behind a section: <c>--------- 0.053s was the duration of dumpsys appops, ending at: …</c>.</summary>
    public static bool IsDuration(ReadOnlySpan<byte> line) => line.StartsWith("------"u8) && line.IndexOf("s was the duration of "u8) > 0;

    /// <summary>The kind of a dump that begins with this line and names no service.</summary>
    public static SectionKind OfOpening(ReadOnlySpan<byte> line)
    {
        line = line.TrimStart((byte)' ');
        foreach (var (opening, kind) in Openings)
            if (line.StartsWith(opening)) return kind;
        return SectionKind.None;
    }

    private static bool TryService(ReadOnlySpan<byte> name, out SectionKind kind)
    {
        kind = SectionKind.None;
        var colon = name.IndexOf((byte)':');
        if (colon < 0) return false;
        name = name[..colon];
        // "CRITICAL activity", "HIGH meminfo": the priority stands before the name.
        name = name[(name.LastIndexOf((byte)' ') + 1)..];
        kind = OfService(name);
        return true;
    }

    private static SectionKind OfService(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("appops"u8)) return SectionKind.AppOps;
        if (name.SequenceEqual("alarm"u8)) return SectionKind.Alarm;
        if (name.SequenceEqual("batterystats"u8)) return SectionKind.Battery;
        if (name.SequenceEqual("jobscheduler"u8)) return SectionKind.Jobs;
        if (name.SequenceEqual("netstats"u8)) return SectionKind.NetStats;
        if (name.SequenceEqual("package"u8)) return SectionKind.Package;
        if (name.SequenceEqual("settings"u8)) return SectionKind.Settings;
        return name.SequenceEqual("usagestats"u8) ? SectionKind.Usage : SectionKind.None;
    }

    // "SYSTEM LOG (logcat -v threadtime …)"; with -S logcat prints statistics instead of the log.
    private static bool TryCommand(ReadOnlySpan<byte> title, out SectionKind kind)
    {
        kind = SectionKind.None;
        var open = title.IndexOf(" ("u8);
        if (open < 1 || title[^1] != (byte)')') return false;
        var command = title[(open + 2)..^1];
        if (command.StartsWith("getprop"u8)) kind = SectionKind.Properties;
        else if (command.StartsWith("logcat"u8) && command.IndexOf(" -S"u8) < 0) kind = SectionKind.Log;
        else if (command.IndexOf("dumpsys activity"u8) >= 0 && command.IndexOf(" provider"u8) > 0) kind = SectionKind.Downloads;
        else if (command.IndexOf("batterystats"u8) >= 0 && command.IndexOf("checkin"u8) < 0 && command.IndexOf(" -c"u8) < 0) kind = SectionKind.Battery;
        return true;
    }
}
