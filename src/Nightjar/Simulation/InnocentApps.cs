namespace Nightjar.Simulation;

/// <summary>An app that does nothing wrong.</summary>
/// <param name="Name">Package name or bundle id; nobody wrote a role down for most of them.</param>
/// <param name="IsAndroid">Which platform it is for.</param>
/// <param name="Source">Where it came from.</param>
/// <param name="Category">Its category in the store.</param>
/// <param name="IsManaged">Whether the organisation manages it.</param>
/// <param name="TimesADay">How often it works by itself, at least and at most.</param>
/// <param name="Works">What it does then.</param>
/// <param name="UsePercent">How likely its user takes it up on a day.</param>
/// <param name="Use">What happens then; null when nobody uses it.</param>
internal sealed record InnocentApp(
    string Name, bool IsAndroid, string Source, string Category, bool IsManaged, (int Least, int Most) TimesADay, Behaviour Works, int UsePercent, Behaviour? Use);

/// <summary>The apps of the invented fleet: many whose own back-end runs on services that also serve as relays, and what looks like the other attacks.</summary>
internal static class InnocentApps
{
    private const string Store = "official_store";

    private static Behaviour Updating { get; } = new("""
        +0 flow for=20s dst_endpoint.hostname=play.googleapis.com traffic.bytes_in=12MB traffic.bytes_out=40KB http_response.content_type=application/vnd.android.package-archive
        +22 file_create file.path={folder}/cache/update.apk file.magic=apk file.size=12MB
        +60 file_delete file.path={folder}/cache/update.apk
        """);

    // Google's library writes and loads a module of its own; the analytics know it by its name.
    private static Behaviour Advertising { get; } = new("""
        -5 app_state state=foreground
        +0 flow for=1s dst_endpoint.hostname=googleads.g.doubleclick.net traffic.bytes_in=300KB traffic.bytes_out=6KB
        +2 file_create file.path={folder}/cache/ads-1084.jar file.magic=jar file.size=280KB
        +3 load module.file.path={folder}/cache/ads-1084.jar module.type=jar module.function_name=dalvik.system.DexClassLoader.<init>
        +40 app_state state=background
        """);

    private static Behaviour Chatting { get; } = new("""
        -200 app_state state=background
        +0 invoke module.function_name=java.security.KeyPairGenerator.generateKeyPair
        +1 invoke module.function_name=javax.crypto.KeyAgreement.doFinal
        +3 flow for=2s dst_endpoint.hostname=g.whatsapp.net traffic.bytes_in=9KB traffic.bytes_out=7KB
        """);

    /// <summary>The apps of both platforms.</summary>
    public static IReadOnlyList<InnocentApp> All { get; } =
    [
        Quiet("com.example.torch", true, "tools", "api.torch.example"),
        Synchronising("com.example.notes", true, "productivity", "notes-7c1f.firebaseio.com", "api.notes.example", (1, 2)),
        Synchronising("com.example.recipes", true, "food_and_drink", "content.dropboxapi.com", "www.recipes.example", (1, 2)),
        Synchronising("com.example.parcel", true, "business", "parcel-events.execute-api.us-east-1.amazonaws.com", "api.parcel.example", (1, 3)),
        Synchronising("com.example.club", true, "lifestyle", "club-media.s3.amazonaws.com", "www.club.example", (1, 2)),
        Beating("com.example.family", true, "lifestyle", "family-live.supabase.co"),
        new("com.android.vending", true, "system", "tools", true, (0, 1), Updating, 0, null),
        new("com.example.puzzle", true, Store, "game", false, (0, 1), Advertising, 30, Using("play.puzzle.example", "play.puzzle.example")),
        new("com.whatsapp", true, Store, "communication", false, (1, 2), Chatting, 60, Using("media.whatsapp.net", "media.whatsapp.net")),
        Quiet("org.example.compass", false, "utilities", "api.compass.example"),
        Synchronising("org.example.diary", false, "productivity", "diary-33.firebaseio.com", "api.diary.example", (1, 2)),
        Synchronising("org.example.garden", false, "lifestyle", "garden.blob.core.windows.net", "www.garden.example", (1, 2)),
        Synchronising("org.example.choir", false, "music", "choir-api.onrender.com", "www.choir.example", (1, 3)),
        Beating("org.example.pets", false, "lifestyle", "pets.supabase.co"),
        new("net.whatsapp.WhatsApp", false, Store, "social_networking", false, (1, 2), Chatting, 60, Using("media.whatsapp.net", "media.whatsapp.net")),
    ];

    private static InnocentApp Quiet(string app, bool isAndroid, string category, string own) =>
        new(app, isAndroid, Store, category, true, (0, 1), new Behaviour($"+0 flow for=1s dst_endpoint.hostname={own} traffic.bytes_in=4KB traffic.bytes_out=2KB"), 40, Using(own, own));

    private static InnocentApp Synchronising(string app, bool isAndroid, string category, string service, string own, (int, int) times) =>
        new(app, isAndroid, Store, category, true, times, new Behaviour($"""
            -3 app_state state=background
            +0 job job.name=sync
            +2 flow for=3s dst_endpoint.hostname={service} traffic.bytes_in=40KB traffic.bytes_out=9KB
            +8 flow for=1s dst_endpoint.hostname={own} traffic.bytes_in=3KB traffic.bytes_out=2KB
            """), 50, Using(own, service));

    // Regular all day long, as a beacon is.
    private static InnocentApp Beating(string app, bool isAndroid, string category, string service) =>
        new(app, isAndroid, Store, category, true, (1, 1), new Behaviour($"""
            -3 app_state state=background
            +0 job job.name=heartbeat times=7 every=30m
            +1 flow for=1s dst_endpoint.hostname={service} traffic.bytes_in=2KB traffic.bytes_out=1KB times=7 every=30m
            """), 50, Using(service, service));

    // Whoever opens an app sees what it keeps on its service; that it goes there by itself at night is no surprise then.
    private static Behaviour Using(string host, string service) => new($"""
        -2 interaction
        +0 app_state state=foreground
        +3 flow for=4s dst_endpoint.hostname={host} traffic.bytes_in=120KB traffic.bytes_out=9KB
        +60 interaction
        +90 flow for=2s dst_endpoint.hostname={service} traffic.bytes_in=60KB traffic.bytes_out=6KB
        +300 app_state state=background
        """);
}
