using Nightjar.Events;
using Nightjar.Sources.PropertyList;

namespace Nightjar.Sources.Mvt;

/// <summary>Makes events of one result, one a step.</summary>
/// <param name="result">The result.</param>
/// <param name="writer">Writes what events have in common.</param>
internal delegate IEnumerable<int> MvtResult(ReportNode result, MvtWriter writer);

/// <summary>A module of MVT whose results tell something that Nightjar has events for.</summary>
/// <param name="Platform">The platform that it examines.</param>
/// <param name="Write">Makes events of its results.</param>
/// <param name="Keys">Keys that every result of it has, and no other module's results have all of.</param>
internal sealed record MvtModule(Platform Platform, MvtResult Write, params string[] Keys)
{
    /// <summary>The modules that are read, the more particular first. Files are named by users and versions, so the keys of the results decide.</summary>
    public static IReadOnlyList<MvtModule> All { get; } =
    [
        new(Platform.IOS, MvtIos.Usage, "proc_name", "live_isodate", "wwan_in"),
        new(Platform.IOS, MvtIos.DailyUsage, "package", "ts", "wwan_in"),
        new(Platform.IOS, MvtIos.Access, "service", "client", "client_type"),
        new(Platform.IOS, MvtIos.Application, "softwareVersionBundleId"),
        new(Platform.Android, MvtAndroid.Package, "package_name", "version_code", "first_install_time"),
        new(Platform.Android, MvtAndroid.Update, "package_name", "action"),
        new(Platform.Android, MvtAndroid.InstalledPackage, "package_name", "installer"),
        new(Platform.Android, MvtAndroid.Operations, "package_name", "permissions"),
    ];

    /// <summary>The module that a result is of; null when it is none of these.</summary>
    public static MvtModule? Of(ReportNode result) => All.FirstOrDefault(module => Array.TrueForAll(module.Keys, result.Has));
}
