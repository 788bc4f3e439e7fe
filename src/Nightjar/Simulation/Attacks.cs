using Nightjar.Events;

namespace Nightjar.Simulation;

/// <summary>An attack that can be planted.</summary>
/// <param name="Name">What it is called: <c>relay-new</c>.</param>
/// <param name="Title">What happens, in a sentence.</param>
/// <param name="IsAndroid">Which platform it is for.</param>
/// <param name="Analytics">The analytics that must report it.</param>
/// <param name="App">The app that does it.</param>
/// <param name="DaysBeforeEnd">The day on which it strikes, counted back from the end.</param>
/// <param name="Hour">The hour (UTC) at which it strikes.</param>
/// <param name="Strike">What it does then.</param>
internal sealed record Attack(string Name, string Title, bool IsAndroid, IReadOnlyList<string> Analytics, string App, int DaysBeforeEnd, int Hour, Behaviour Strike)
{
    /// <summary>What it does on each of so many days before, lightly, to be taken for normal; null when it does nothing.</summary>
    public (int Days, Behaviour Behaviour)? Teaching { get; init; }

    /// <summary>Whether the app is another one from then on, so that what it was does nothing more on the device.</summary>
    public bool Replaces { get; init; }

    /// <summary>When it strikes, from the start.</summary>
    public TimeSpan At(SimulationSpec spec) => TimeSpan.FromDays(spec.Days - DaysBeforeEnd) + TimeSpan.FromHours(Hour);

    /// <summary>Whether so short a time has room for it.</summary>
    public bool Fits(SimulationSpec spec) => spec.Days - DaysBeforeEnd - (Teaching?.Days ?? 0) >= (Teaching is null ? 1 : 8);
}

/// <summary>The attacks: relays in several ways, and one of each other kind on each platform.</summary>
internal static class Attacks
{
    public static IReadOnlyList<Attack> All { get; } = [.. Relays(), .. OnAndroid(), .. OnIos()];

    private static Attack[] Relays() =>
    [
        new("relay-new", "A torch that everybody has talks to a bot service for the first time, at night, with an archive of the contacts", true, ["AN1770"], "com.example.torch", 4, 2, Relay("api.telegram.org")),
        new("relay-poisoned", "A torch talks lightly to a drive for two weeks while it is used, then sends an archive there at night", true, ["AN1770"], "com.example.torch", 2, 3, Relay("torch-drop.s3.amazonaws.com"))
        {
            Teaching = (14, Light("torch-drop.s3.amazonaws.com")),
        },
        new("relay-fresh", "A wallpaper app from outside every store beats at a paste service within hours of its installation", true, ["AN1770"], "com.example.wallpaper", 6, 1, new Behaviour("""
            -6h install install_source=sideload installer_uid=com.android.packageinstaller app.version=1.0 managed_app=false
            -5m lock
            -4m app_state state=background
            +0 job job.name=refresh times=8 every=20m
            +3 flow for=1s dst_endpoint.hostname=pastebin.com traffic.bytes_in=2KB traffic.bytes_out=3KB times=8 every=20m
            """)),
        new("relay-drifted", "A recipe app is replaced by one of another signer, which asks a code host for orders", true, ["AN1770"], "com.example.recipes", 5, 2, new Behaviour("""
            -9h remove
            -8h install install_source=sideload installer_uid=com.android.packageinstaller app.version=2.0 app.signer=badc0ffee0ddf00d managed_app=false
            -5m lock
            -4m app_state state=background
            +0 process process.name=com.example.recipes
            +5 sensor_read sensor=messages
            +12 flow for=3s dst_endpoint.hostname=gist.githubusercontent.com traffic.bytes_in=9KB traffic.bytes_out=180KB
            """)) { Replaces = true },
        new("relay-ios", "A compass that everybody has sends what it knows to a chat's back-end at night", false, ["AN1771"], "org.example.compass", 4, 3, RelayIos("cdn.discordapp.com")),
        new("relay-poisoned-ios", "A garden app talks lightly to a worker for two weeks while it is used, then sends to it at night", false, ["AN1771"], "org.example.garden", 2, 2, RelayIos("green.workers.dev"))
        {
            Teaching = (14, Light("green.workers.dev")),
        },
    ];

    private static Attack[] OnAndroid() =>
    [
        new("code-load", "A puzzle fetches code under the name of a picture, loads it and removes it", true, ["AN1677", "AN1848"], "com.example.puzzle", 3, 4, new Behaviour("""
            -5m lock
            -4m app_state state=background
            +0 http for=2s dst_endpoint.hostname=img.skins.example traffic.bytes_in=400KB traffic.bytes_out=2KB http_response.content_type=application/octet-stream
            +3 file_create file.path={folder}/files/skin.png file.magic=dex file.size=400KB
            +5 load module.file.path={folder}/files/skin.png module.type=dex module.function_name=dalvik.system.DexClassLoader.<init>
            +9 file_delete file.path={folder}/files/skin.png
            """)),
        new("ingress", "A parcel app brings an app package to the device and offers it for installation", true, ["AN1848"], "com.example.parcel", 3, 1, new Behaviour("""
            -5m lock
            -4m app_state state=background
            +0 http for=8s dst_endpoint.hostname=198.51.100.7 dst_endpoint.ip=198.51.100.7 traffic.bytes_in=5MB traffic.bytes_out=20KB
            +10 file_create file.path={folder}/files/tool.apk file.magic=apk file.size=5MB
            """)),
        new("crypto", "A club app makes key after key at night and sends pieces of one size to a new place", true, ["AN1762"], "com.example.club", 2, 4, new Behaviour("""
            -5m lock
            -4m app_state state=background
            +0 invoke module.function_name=java.security.KeyPairGenerator.generateKeyPair times=3 every=2s
            +7 invoke module.function_name=javax.crypto.Cipher.wrap
            +9 file_create file.path={folder}/files/out.bin file.entropy=7.9 file.size=64KB
            +20 flow for=1s dst_endpoint.hostname=drop.skins.example traffic.bytes_in=200 traffic.bytes_out=4096 times=4 every=10s
            """)),
    ];

    private static Attack[] OnIos() =>
    [
        new("code-load-ios", "A choir app fetches a library and loads it", false, ["AN1678", "AN1849"], "org.example.choir", 3, 4, new Behaviour("""
            -5m lock
            -4m app_state state=background
            +0 http for=2s dst_endpoint.hostname=files.skins.example traffic.bytes_in=400KB traffic.bytes_out=2KB http_response.content_type=application/octet-stream
            +3 file_create file.path={folder}/tmp/helper.dylib file.magic=macho file.size=400KB
            +6 load module.file.path={folder}/tmp/helper.dylib module.type=dylib
            """)),
        new("crypto-ios", "A diary agrees keys with a host of its own certificate on an odd port, then keeps traffic up", false, ["AN1763"], "org.example.diary", 2, 4, new Behaviour("""
            -5m lock
            -4m app_state state=background
            +0 flow for=1s dst_endpoint.hostname=198.51.100.9 dst_endpoint.ip=198.51.100.9 dst_endpoint.port=4443 traffic.bytes_in=1200 traffic.bytes_out=900 tls.certificate.is_self_signed=true times=4 every=5s
            +40 flow for=3m dst_endpoint.hostname=198.51.100.9 dst_endpoint.ip=198.51.100.9 dst_endpoint.port=4443 traffic.bytes_in=90KB traffic.bytes_out=90KB tls.certificate.is_self_signed=true
            """)),
    ];

    private static Behaviour Relay(string host) => new($$"""
        -5m lock
        -4m app_state state=background
        +0 job job.name=refresh
        +4 sensor_read sensor=contacts
        +9 file_create file.path={folder}/cache/c.zip file.magic=zip file.size=300KB
        +15 flow for=6s dst_endpoint.hostname={{host}} traffic.bytes_in=3KB traffic.bytes_out=310KB
        """);

    private static Behaviour RelayIos(string host) => new($"""
        -5m lock
        -4m app_state state=background
        +0 flow for=6s dst_endpoint.hostname={host} traffic.bytes_in=3KB traffic.bytes_out=310KB
        """);

    // With its user at it, and little: nothing that any analytic is after.
    private static Behaviour Light(string host) => new($"""
        -4 unlock
        -2 interaction
        +0 app_state state=foreground
        +20 flow for=1s dst_endpoint.hostname={host} traffic.bytes_in=3KB traffic.bytes_out=2KB
        +25 interaction
        +300 app_state state=background
        """);
}
