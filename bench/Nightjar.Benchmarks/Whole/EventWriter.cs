using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Nightjar.Benchmarks.Whole;

/// <summary>Writes the event with a number as a line of the contract's form. Any number, in any order, gives the same line.</summary>
internal sealed class EventWriter : IDisposable
{
    private const long FirstDay = 1_767_571_200_000;
    private const long DayMillis = 86_400_000;

    private readonly TelemetrySpec _spec;
    private readonly PlantedChains _chains;
    private readonly Utf8JsonWriter _json;
    private int _device;
    private int _app;

    public EventWriter(TelemetrySpec spec, IBufferWriter<byte> output)
    {
        _spec = spec;
        _chains = new PlantedChains(spec);
        _json = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
    }

    /// <summary>When the event with a number happens: all of them share one day evenly.</summary>
    public static long MillisOf(TelemetrySpec spec, int number) => FirstDay + (long)((Int128)number * DayMillis / spec.Events);

    /// <summary>Writes the line, without a line end.</summary>
    public void Write(int number)
    {
        var chance = Chance.Of(_spec.Seed, number);
        var chain = _chains.RoleOf(number);
        _device = chain?.Device ?? chance.Below(_spec.Devices);
        _app = chain?.App ?? chance.Skewed(Fleet.Apps);
        _json.WriteStartObject();
        if (chain is { } role) Chain(number, role);
        else Ordinary(number, ref chance);
        _json.WriteEndObject();
        _json.Flush();
        _json.Reset();
    }

    public void Dispose() => _json.Dispose();

    // The mix that a phone with a network sensor, an agent and a proxy gives: mostly traffic.
    private void Ordinary(int number, ref Chance chance)
    {
        var kind = chance.Below(100);
        if (kind < 40) Flow(number, ref chance);
        else if (kind < 55) Dns(number, ref chance);
        else if (kind < 65) Http(number, ref chance);
        else if (kind < 80) File(number, ref chance);
        else if (kind < 86) Load(number, ref chance);
        else if (kind < 92) State(number, ref chance);
        else LogLine(number, ref chance);
    }

    private void Flow(int number, ref Chance chance)
    {
        Head(number, 4001, 6, "NSM:Flow");
        _json.WriteNumber("end_time", MillisOf(_spec, number) + chance.Below(20_000));
        Destination(chance.Skewed(Fleet.Hosts), 443);
        Traffic(chance.Skewed(60_000), chance.Skewed(9_000));
        _json.WriteStartObject("connection_info");
        _json.WriteString("protocol_name", "tcp");
        _json.WriteString("uid", $"C{chance.Next():x16}");
        _json.WriteEndObject();
    }

    private void Dns(int number, ref Chance chance)
    {
        Head(number, 4003, 1, "NSM:Flow");
        var host = chance.Skewed(Fleet.Hosts);
        _json.WriteStartObject("query");
        _json.WriteString("hostname", Fleet.Host(host));
        _json.WriteString("type", "A");
        _json.WriteEndObject();
        _json.WriteStartArray("answers");
        _json.WriteStartObject();
        _json.WriteString("rdata", Fleet.Address(host));
        _json.WriteEndObject();
        _json.WriteEndArray();
    }

    private void Http(int number, ref Chance chance)
    {
        Head(number, 4002, 3, "VPN:MobileProxy");
        var host = chance.Skewed(Fleet.Hosts);
        Destination(host, 80);
        Traffic(chance.Skewed(40_000), 700 + chance.Below(400));
        _json.WriteStartObject("http_request");
        _json.WriteString("http_method", "GET");
        _json.WriteString("user_agent", "Mozilla/5.0 (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Mobile");
        _json.WriteEndObject();
        _json.WriteStartObject("url");
        _json.WriteString("url_string", $"http://{Fleet.Host(host)}/v2/items/{chance.Next():x16}?session={chance.Next():x16}");
        _json.WriteEndObject();
    }

    private void File(int number, ref Chance chance)
    {
        Head(number, 1001, chance.Below(4) switch { 0 => 1, 1 => 3, 2 => 2, _ => 4 }, "MobileEDR:telemetry");
        WriteFile("file", $"{Fleet.Folder(_device, _app)}/image_cache/{chance.Next():x16}.png", "png", chance.Next());
    }

    private void Load(int number, ref Chance chance)
    {
        Head(number, 1005, 1, "MobileEDR:telemetry");
        var installed = Fleet.IsAndroid(_device) ? "/data/app" : "/private/var/containers/Bundle/Application";
        WriteModule($"{installed}/{Fleet.App(_device, _app)}/lib/arm64/libpart{chance.Below(30)}.so", "so", chance.Next());
    }

    private void State(int number, ref Chance chance)
    {
        Head(number, 99906001, 1, Fleet.IsAndroid(_device) ? "android:logcat" : "iOS:unifiedlog");
        _json.WriteString("app_state", chance.Below(2) == 0 ? "foreground" : "background");
        _json.WriteBoolean("is_device_locked", chance.Below(3) == 0);
        _json.WriteNumber("last_user_interaction_time", MillisOf(_spec, number) - chance.Below(900_000));
    }

    private void LogLine(int number, ref Chance chance)
    {
        Head(number, 99906002, 1, Fleet.IsAndroid(_device) ? "android:logcat" : "iOS:unifiedlog");
        _json.WriteString("log_tag", "NetworkMonitor");
        _json.WriteString("message", $"probe {chance.Next():x16} finished in {chance.Below(900)} ms, {chance.Below(9)} retries, result VALIDATED, next check in {chance.Below(600)} s");
    }

    private void Chain(int number, ChainRole role)
    {
        var path = $"{Fleet.Folder(role.Device, role.App)}/stage/{role.Chain:x8}.dex";
        switch (role.Step)
        {
            case 0:
                Head(number, 4001, 6, "NSM:Flow");
                _json.WriteNumber("end_time", MillisOf(_spec, number) + 500);
                Destination(Fleet.Hosts + role.Chain % 50, 443);
                Traffic(180_000, 2_000);
                WriteFile("file", $"{role.Chain:x8}.dex", "dex", Content(role));
                break;
            case 1:
                Head(number, 1001, 1, "MobileEDR:telemetry");
                WriteFile("file", path, "dex", Content(role));
                break;
            default:
                Head(number, 1005, 1, "MobileEDR:telemetry");
                WriteModule(path, "dex", Content(role));
                break;
        }
    }

    private static ulong Content(ChainRole role) => ((ulong)role.Chain + 1) * 0x9E37_79B9_7F4A_7C15;

    private void Head(int number, int classUid, int activity, string logName)
    {
        _json.WriteNumber("class_uid", classUid);
        _json.WriteNumber("activity_id", activity);
        _json.WriteNumber("time", MillisOf(_spec, number));
        _json.WriteStartObject("metadata");
        _json.WriteString("uid", $"{_spec.Seed:x8}-{number:x8}");
        _json.WriteString("log_name", logName);
        _json.WriteStartObject("product");
        _json.WriteString("name", "Invented Mobile Sensor");
        _json.WriteEndObject();
        _json.WriteEndObject();
        Device();
        _json.WriteStartObject("actor");
        _json.WriteString("app_uid", Fleet.App(_device, _app));
        _json.WriteEndObject();
    }

    private void Device()
    {
        _json.WriteStartObject("device");
        _json.WriteString("uid", Fleet.Device(_device));
        _json.WriteNumber("type_id", 5);
        _json.WriteBoolean("is_managed", _device % 3 != 0);
        _json.WriteStartObject("os");
        _json.WriteNumber("type_id", Fleet.IsAndroid(_device) ? 201 : 301);
        _json.WriteString("name", Fleet.IsAndroid(_device) ? "Android" : "iOS");
        _json.WriteEndObject();
        _json.WriteEndObject();
    }

    private void Destination(int host, int port)
    {
        _json.WriteStartObject("dst_endpoint");
        _json.WriteString("hostname", Fleet.Host(host));
        _json.WriteString("ip", Fleet.Address(host));
        _json.WriteNumber("port", port);
        _json.WriteEndObject();
    }

    private void Traffic(int bytesIn, int bytesOut)
    {
        _json.WriteStartObject("traffic");
        _json.WriteNumber("bytes_in", bytesIn);
        _json.WriteNumber("bytes_out", bytesOut);
        _json.WriteEndObject();
    }

    private void WriteModule(string path, string type, ulong content)
    {
        _json.WriteStartObject("module");
        _json.WriteString("type", type);
        WriteFile("file", path, null, content);
        _json.WriteEndObject();
    }

    private void WriteFile(string name, string path, string? magic, ulong content)
    {
        _json.WriteStartObject(name);
        _json.WriteString("path", path);
        _json.WriteString("name", path[(path.LastIndexOf('/') + 1)..]);
        _json.WriteNumber("type_id", 1);
        _json.WriteNumber("size", 20_000 + (long)(content % 100_000));
        if (magic is not null) _json.WriteString("magic", magic);
        _json.WriteStartArray("hashes");
        _json.WriteStartObject();
        _json.WriteNumber("algorithm_id", 3);
        _json.WriteString("value", $"{content:x16}{content * 3:x16}{content * 5:x16}{content * 7:x16}");
        _json.WriteEndObject();
        _json.WriteEndArray();
        _json.WriteEndObject();
    }
}
