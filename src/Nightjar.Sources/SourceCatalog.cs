using Nightjar.Sources.Mapping;
using Nightjar.Sources.OcsfNdjson;

namespace Nightjar.Sources;

/// <summary>Every format that Nightjar reads, one line each. The order settles ties of recognition.</summary>
public static class SourceCatalog
{
    /// <summary>The readers that are written in code.</summary>
    public static IReadOnlyList<ISourceReader> BuiltIn { get; } =
    [
        new OcsfNdjsonReader(),
        new Logcat.LogcatReader(),
        new Dumpstate.DumpstateReader(),
        new AppPrivacyReport.AppPrivacyReportReader(),
        new UnifiedLog.UnifiedLogLinesReader(),
        new UnifiedLog.UnifiedLogArrayReader(),
        new DataUsage.DataUsageReader(),
        new Powerlog.PowerlogReader(),
        new AppleMdm.MdmPlistReader(),
        new AppleMdm.MdmJsonReader(),
        new Mvt.MvtModuleReader(),
        new Mvt.MvtTimelineReader(),
        new Intrusion.IntrusionReader(),
        new DevicePolicy.DevicePolicyReader(),
        new AndroidQf.QfPackagesReader(),
        new AndroidQf.QfFilesReader(),
        new AndroidQf.QfProcessesReader(),
        new AndroidQf.QfRootBinariesReader(),
        new AndroidQf.QfLinesReader(),
        new MobSf.MobSfReportReader(),
        new MobSf.FridaMonitorReader(),
        new Zeek.ZeekTsvReader(),
        new Zeek.ZeekJsonReader(),
        new Strace.StraceReader(),
        new Suricata.SuricataReader(),
        new Pcapdroid.PcapdroidCsvReader(),
        new Squid.SquidReader(),
        new W3c.W3cReader(),
        new Har.HarReader(),
        new Tshark.PcapdroidPacketsReader(),
        new Tshark.TsharkReader(),
    ];

    // Mappings ask for the readers in code when they are loaded.
    private static readonly Lazy<IReadOnlyList<ISourceReader>> AllReaders = new(() => [.. BuiltIn, .. MappingLoader.LoadShipped().Readers]);

    /// <summary>All readers that come with Nightjar: those in code, then those that mapping files make.</summary>
    public static IReadOnlyList<ISourceReader> All => AllReaders.Value;

    /// <summary>All readers, with those of the user's mappings.</summary>
    public static IReadOnlyList<ISourceReader> With(MappingSet mappings)
    {
        ArgumentNullException.ThrowIfNull(mappings);
        return [.. BuiltIn, .. mappings.Readers];
    }

    /// <summary>The reader that recognises the content best; null when none does.</summary>
    public static ISourceReader? Recognise(SourceHead head) => Recognise(head, All);

    /// <summary>The one of these readers that recognises the content best; null when none does.</summary>
    public static ISourceReader? Recognise(SourceHead head, IEnumerable<ISourceReader> readers)
    {
        ArgumentNullException.ThrowIfNull(readers);
        ISourceReader? best = null;
        var most = 0;
        foreach (var reader in readers)
        {
            if (reader.MostCertain <= most) continue;
            var certainty = reader.Recognise(head);
            if (certainty > most) (best, most) = (reader, certainty);
        }
        return best;
    }
}
