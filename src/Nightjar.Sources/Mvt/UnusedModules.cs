namespace Nightjar.Sources.Mvt;

/// <summary>Modules of MVT whose files are known and not used, each with the reason. Told by the file's name, which MVT makes of the module's.</summary>
internal static class UnusedModules
{
    private const string Browsing = "what the user browsed says nothing of what apps did, and is personal";
    private const string Personal = "messages, calls, contacts and appointments say nothing of what apps did, and are personal";
    private const string Website = "what websites stored in the browser is not told by app";
    private const string Inventory = "files are listed without the app that wrote them, so nothing can be joined to them";
    private const string System = "the state of the system as a whole is no event of an app";
    private const string Verdict = "verdicts of another tool are no telemetry";

    private static readonly Dictionary<string, string> Reasons = new(StringComparer.OrdinalIgnoreCase)
    {
        ["safari_history"] = Browsing, ["chrome_history"] = Browsing, ["firefox_history"] = Browsing, ["browser_history"] = Browsing,
        ["safari_browser_state"] = Browsing, ["safari_favicon"] = Browsing, ["chrome_favicon"] = Browsing, ["firefox_favicon"] = Browsing,
        ["sms"] = Personal, ["sms_attachments"] = Personal, ["whatsapp"] = Personal, ["whatsapp_contacts"] = Personal, ["calls"] = Personal,
        ["contacts"] = Personal, ["calendar"] = Personal, ["interactionc"] = Personal, ["interaction_c"] = Personal, ["id_status_cache"] = Personal,
        ["shortcuts"] = Personal, ["webkit_resource_load_statistics"] = Website, ["webkit_session_resource_log"] = Website,
        ["webkit_indexeddb"] = Website, ["webkit_indexed_db"] = Website, ["webkit_localstorage"] = Website, ["webkit_local_storage"] = Website,
        ["webkit_safariviewservice"] = Website, ["webkit_safari_view_service"] = Website, ["manifest"] = Inventory, ["filesystem"] = Inventory,
        ["cache_files"] = Inventory, ["files"] = Inventory, ["aqf_files"] = Inventory, ["root_binaries"] = Inventory, ["mounts"] = System,
        ["analytics"] = System, ["analytics_ios_versions"] = System, ["version_history"] = System, ["shutdown_log"] = System,
        ["backup_info"] = System, ["global_preferences"] = System, ["configuration_profiles"] = System, ["profile_events"] = System,
        ["locationd_clients"] = System, ["getprop"] = System, ["settings"] = System, ["processes"] = System, ["dumpsys_adb_state"] = System,
        ["dumpsys_adb"] = System, ["dumpsys_accessibility"] = System, ["dumpsys_activities"] = System, ["dumpsys_receivers"] = System,
        ["dumpsys_db_info"] = System, ["dumpsys_dbinfo"] = System, ["dumpsys_platform_compat"] = System, ["dumpsys_battery_history"] = System,
        ["tombstones"] = System, ["logfile_timestamps"] = System, ["file_timestamps"] = System,
    };

    /// <summary>Why a file is not used; null when it is of no such module.</summary>
    public static string? Why(string fileName)
    {
        if (!fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return null;
        var module = fileName[(fileName.LastIndexOf('/') + 1)..^5];
        if (module.EndsWith("_detected", StringComparison.OrdinalIgnoreCase)) return Verdict;
        return Reasons.GetValueOrDefault(module);
    }
}
