using Nightjar.Events;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Translation;

/// <summary>What words of Sigma's own taxonomy mean in OCSF: fields of stock rules, and log sources as classes of events.</summary>
internal static class SigmaTerms
{
    private static readonly Dictionary<string, string> Fields = new(StringComparer.Ordinal)
    {
        // Network and DNS
        ["DestinationHostname"] = "dst_endpoint.hostname", ["DestinationIp"] = "dst_endpoint.ip", ["DestinationPort"] = "dst_endpoint.port",
        ["SourceIp"] = "src_endpoint.ip", ["SourcePort"] = "src_endpoint.port", ["Protocol"] = "connection_info.protocol_name",
        ["dst_host"] = "dst_endpoint.hostname", ["dst_ip"] = "dst_endpoint.ip", ["dst_port"] = "dst_endpoint.port",
        ["src_ip"] = "src_endpoint.ip", ["src_port"] = "src_endpoint.port",
        ["QueryName"] = "query.hostname", ["query"] = "query.hostname", ["record_type"] = "query.type", ["QueryResults"] = "answers.rdata", ["answer"] = "answers.rdata",
        // Proxy
        ["c-uri"] = "url.url_string", ["cs-uri"] = "url.url_string", ["cs-uri-stem"] = "url.path", ["cs-host"] = "url.hostname", ["r-dns"] = "url.hostname",
        ["cs-method"] = "http_request.http_method", ["c-useragent"] = "http_request.user_agent", ["cs-user-agent"] = "http_request.user_agent",
        ["sc-status"] = "http_response.code", ["cs-bytes"] = "traffic.bytes_out", ["sc-bytes"] = "traffic.bytes_in", ["dst-ip"] = "dst_endpoint.ip", ["src-ip"] = "src_endpoint.ip",
        // Processes, files and modules
        ["Image"] = "process.name", ["CommandLine"] = "process.cmd_line", ["ProcessId"] = "process.pid",
        ["TargetFilename"] = "file.path", ["FileName"] = "file.name", ["ImageLoaded"] = "module.file.path", ["Hashes"] = "file.hashes.value",
    };

    private static readonly Dictionary<string, (int Class, int[] Activities)> LogSources = new(StringComparer.Ordinal)
    {
        ["network_connection"] = (4001, []), ["firewall"] = (4001, []), ["dns"] = (4003, []), ["dns_query"] = (4003, []), ["proxy"] = (4002, []), ["http"] = (4002, []),
        ["process_creation"] = (1007, [1]), ["file_event"] = (1001, [1, 3]), ["file_change"] = (1001, [3]), ["file_access"] = (1001, [2]), ["file_delete"] = (1001, [4]), ["file_rename"] = (1001, [5]),
        ["image_load"] = (1005, [1]), ["api_call"] = (1005, [3]), ["scheduled_job"] = (1006, []), ["memory_protection"] = (1004, [2]), ["kernel"] = (1003, []),
        ["app_lifecycle"] = (6002, []), ["app_inventory"] = (5020, []), ["permission_change"] = (3005, []), ["sensor_access"] = (99901001, []), ["app_state"] = (99906001, []),
        ["application"] = (99906002, []), ["logcat"] = (99906002, []), ["unifiedlog"] = (99906002, []),
    };

    /// <summary>Categories and services that stand for a class, for the manual.</summary>
    public static IEnumerable<(string Name, int Class, IReadOnlyList<int> Activities)> Sources => LogSources.Select(pair => (pair.Key, pair.Value.Class, (IReadOnlyList<int>)pair.Value.Activities));

    /// <summary>The OCSF path of a field of Sigma's taxonomy; null when the name is a path already, or unknown.</summary>
    public static string? Path(string field) => FieldCatalog.Find(field) is null ? Fields.GetValueOrDefault(field) : null;

    /// <summary>A selection of the class that a log source stands for; null when it stands for none.</summary>
    public static YamlMappingNode? Selection(YamlMappingNode? logSource)
    {
        foreach (var key in new[] { "category", "service" })
        {
            if (logSource?.TextOf(key) is not { } word || !LogSources.TryGetValue(word, out var source)) continue;
            return YamlTree.Map(
                ("class_uid", Number(source.Class)),
                ("activity_id", source.Activities switch { [] => null, [var one] => Number(one), var all => YamlTree.List(all.Select(Number)) }));
        }
        return null;
    }

    private static YamlScalarNode Number(int number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
