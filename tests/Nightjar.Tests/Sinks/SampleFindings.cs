using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Playbooks;

namespace Nightjar.Tests.Sinks;

/// <summary>Findings about an invented fleet: one of each kind that a report has to tell well.</summary>
internal static class SampleFindings
{
    public static readonly AnalyticReference CodeLoad = new(
        "AN1677", "Code fetched and loaded after installation", "1.0", "DET0618", "Detection of Downloading New Code at Runtime", "19.1",
        [new("T1407", "Download New Code at Runtime", "TA0030", "Defense Evasion")]);

    public static readonly AnalyticReference IngressIos = new(
        "AN1849", "A tool or payload brought in", "1.0", "DET0718", "Detection of Ingress Tool Transfer", "19.1",
        [new("T1544", "Ingress Tool Transfer", "TA0037", "Command and Control")]);

    public static readonly AnalyticReference Crypto = new(
        "AN1762", "Asymmetric cryptography that hides traffic", "1.0", "DET0667", "Detection of Asymmetric Cryptography", "19.1",
        [new("T1521.002", "Asymmetric Cryptography", "TA0037", "Command and Control")]);

    public static readonly AnalyticReference Relay = new(
        "AN1770", "A legitimate web service as relay", "1.0", "DET0672", "Detection of Web Service", "19.1",
        [new("T1481", "Web Service", "TA0037", "Command and Control")]);

    public static readonly DeviceReference Pixel = new("d-7f3a1c", Platform.Android, "pixel-8-field-04", ["Field staff", "Pilot ring"]);

    public static readonly DeviceReference Galaxy = new("d-19b2e0", Platform.Android, "galaxy-s24-sales-11");

    public static readonly DeviceReference Phone = new("d-c40d55", Platform.IOS, "iphone-15-exec-02", ["Executives"]);

    private static readonly string[] LoadSteps =
    [
        "Keep the device powered and take the file at its path and a copy of the app's data folder before anything is removed.",
        "Compare the loaded file's hash with the vetted package of this app version.",
        "Quarantine the app through the device management, then decide on removal with the app's owner.",
    ];

    private static readonly Playbook LoadPlaybook = new("""
        ## Confirm

        1. Name the code: `/data/data/com.example.torch/files/.c/banner.png`.
        2. Compare its **signer** with that of the app.

        ## Contain

        ::: managed
        - Suspend the app through the management.
        :::

        ::: personal
        - Ask the user to force-stop the app.
        :::
        """);

    /// <summary>All of them, not in order.</summary>
    public static IReadOnlyList<Finding> All() => [PeriodicRelay(), LoadedCode(), IosRetrieval(), KeyExchange()];

    /// <summary>As many as wanted, over fifty devices with ten apps each.</summary>
    public static IReadOnlyList<Finding> Many(int count)
    {
        var patterns = All();
        return [.. Enumerable.Range(0, count).Select(i => patterns[i % patterns.Count] with
        {
            Uid = $"{i:x8}",
            Device = new DeviceReference($"d-{i % 50:000}", patterns[i % patterns.Count].Device.Platform, $"handset-{i % 50:000}"),
            App = $"com.example.app{i / 50 % 10}",
            Title = $"com.example.app{i / 50 % 10} did what finding number {i} tells.",
            RelatedFindings = [],
            Playbook = patterns[i % patterns.Count].Playbook is { } playbook ? new(playbook.Markdown.Replace("banner.png", $"banner-{i}.png", StringComparison.Ordinal)) : null,
        })];
    }

    /// <summary>One in which every text that an app, a server or a file could have chosen is an attack on the reader.</summary>
    public static Finding Hostile()
    {
        const string attack = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\u202Egpj.exe\u001b[31m[red]\u0007 \"'>&amp;--></noscript><b>";
        var device = new DeviceReference("d-\u202e<b>", Platform.Android, attack, [attack]);
        var analytic = new AnalyticReference(attack, attack, attack, attack, attack, attack, [new(attack, attack, attack, attack)]);
        return new FindingBuilder("h</noscript>", analytic, device, attack)
        {
            FalsePositives = [attack], NextSteps = [attack], Related = [attack], Playbook = new(attack + "\n## " + attack + "\n- " + attack),
        }
        .Says(attack, attack)
        .Event(attack, EventClass.LogLine, 1, 0, 0, default, attack, (FieldId.Message, attack), (FieldId.LogTag, attack))
        .Event("stage", EventClass.FileActivity, 1, 1, 0, default, attack, (FieldId.FilePath, "/data/" + attack), (FieldId.FileHashes, new[] { attack }))
        .Stage(attack, attack, StageState.Matched).Stage("stage", attack, StageState.NotObservable, false, DataComponents.ModuleLoad)
        .Adds(attack, 40, Tri.True, attack).Adds(attack, 5, Tri.Unknown, attack)
        .Fact("app_state", attack, attack).Fact(attack, attack, attack).Tunable(attack, attack, attack).Note(attack)
        .Build();
    }

    /// <summary>The rich one: an interval, points, state changes, a stage that was missing and one that could not be seen.</summary>
    public static Finding LoadedCode()
    {
        var background = new StateBits { AppState = AppState.Background, IsDeviceLocked = Tri.True, IsManagedDevice = Tri.True };
        return new FindingBuilder("9d41c0b7f2a8e653", CodeLoad, Pixel, "com.example.torch")
        {
            Severity = Severity.High,
            Confidence = Confidence.High,
            Begin = FindingBuilder.Noon + TimeSpan.FromHours(2.4),
            FalsePositives = ["Plug-in frameworks that load signed modules from the app's own server.", "Ad kits that unpack a cached jar at start."],
            NextSteps = LoadSteps,
            Playbook = LoadPlaybook,
            Related = ["0b7e55d3a1c94f20"],
        }
        .Says(
            "com.example.torch downloaded a DEX file, wrote it to its own folder and loaded it on pixel-8-field-04 while in the background and locked.",
            "The app ran code that was not in the package that was installed; its content was recognised as DEX although it was named .png.")
        .Event("state", EventClass.MobileState, 1, -21, 0, new StateBits { AppState = AppState.Background }, "android:logcat")
        .Event("state", EventClass.MobileState, 2, -14, 0, new StateBits { IsDeviceLocked = Tri.True }, "android:logcat")
        .Event("download", EventClass.NetworkActivity, 6, 0, 12.318204, background, "VPN:MobileProxy",
            (FieldId.DstHostname, "cdn.assets-mirror.example"), (FieldId.DstIp, "203.0.113.7"), (FieldId.DstPort, 443L), (FieldId.ProtocolName, "tcp"),
            (FieldId.TlsVersion, "1.3"), (FieldId.TlsSni, "cdn.assets-mirror.example"), (FieldId.TlsJa3, "e7d705a3286e19ea42f587b344ee6865"), (FieldId.BytesIn, 48_213L),
            (FieldId.BytesOut, 1_104L), (FieldId.HttpContentType, "image/png"), (FieldId.HttpStatusCode, 200L), (FieldId.HttpMethod, "GET"),
            (FieldId.UrlText, "https://cdn.assets-mirror.example/t/7/banner.png"), (FieldId.UrlHostname, "cdn.assets-mirror.example"))
        .Event("write", EventClass.FileActivity, 1, 12.9, 0, background, "MobileEDR:telemetry",
            (FieldId.FilePath, "/data/data/com.example.torch/files/.c/banner.png"), (FieldId.FileSize, 48_213L), (FieldId.FileMagic, "dex"),
            (FieldId.FileEntropy, 6.71), (FieldId.FileHashes, new[] { new string('a', 62) + "3f" }))
        .Event("load", EventClass.ModuleActivity, 1, 31.402, 0, background, "MobileEDR:telemetry",
            (FieldId.ModulePath, "/data/data/com.example.torch/files/.c/banner.png"), (FieldId.ModuleType, "dex"), (FieldId.FunctionName, "dalvik.system.DexClassLoader.<init>"),
            (FieldId.ModuleHashes, new[] { new string('a', 62) + "3f" }), (FieldId.ProcessId, 4211L), (FieldId.ProcessName, "com.example.torch"))
        .Event("friction", EventClass.KernelDecision, 1, 31.455, 0, background, "android:logcat",
            (FieldId.KernelName, "execmem"), (FieldId.ActionId, 1L), (FieldId.KernelPath, "/data/data/com.example.torch/files/.c/banner.png"))
        .Stage("download", "Something was fetched", StageState.Matched, required: false)
        .Stage("write", "A code-like file was written", StageState.Matched)
        .Stage("load", "The written file was loaded", StageState.Matched)
        .Stage("deleted", "The file was deleted after the load", StageState.Missing, required: false)
        .Stage("bridge", "A script bridge was opened", StageState.NotObservable, required: false, DataComponents.OsApiExecution)
        .Adds("write and load", 50, Tri.True, "the loaded path is the written path, 18.5 s later")
        .Adds("download", 30, Tri.True, "48,213 bytes came in from cdn.assets-mirror.example just before")
        .Adds("magic contradicts the name", 10, Tri.True, "content is dex, the name ends in .png")
        .Adds("unattended", 10, Tri.True, "the app was in the background and the device locked")
        .Adds("friction", 10, Tri.True, "the kernel decided on execmem for the loaded file")
        .Adds("deleted afterwards", 10, Tri.False, "no deletion of the file within 60 s")
        .Adds("not in the vetted package", 10, Tri.Unknown, "no vetted package of version 3.2.1 is known")
        .Fact("app_state", "background", "state event 21 s before the download", -21, 31.402)
        .Fact("is_device_locked", "true", "state event 14 s before the download")
        .Fact("last_user_interaction", "unknown", "nothing told")
        .Tunable("TimeWindowSeconds", "60s").Tunable("PayloadEntropyThreshold", "7.2").Tunable("KnownGoodCDNAllowlist", "3 hosts", "policy: Field staff")
        .Note("The flow and the file events come from different sensors; a clock tolerance of 5 s was applied.")
        .Build();
    }

    /// <summary>Many contacts at even intervals.</summary>
    public static Finding PeriodicRelay()
    {
        var builder = new FindingBuilder("51aa0c6be2dd4971", Relay, Galaxy, "com.example.notes.keeper")
        {
            Begin = FindingBuilder.Noon + TimeSpan.FromHours(9),
            Count = 3,
            Omitted = 14,
            FalsePositives = ["A bot client that the user set up on purpose."],
            NextSteps = ["Ask whether the app's role permits messaging services, and write the answer into the policy."],
        }
        .Says(
            "com.example.notes.keeper talked to api.messages-bot.example every five minutes on galaxy-s24-sales-11 with nobody using it.",
            "A notes app has no use for a bot interface of a messenger; even timing speaks for a program, not for a person.")
        .Stage("contact", "A watched service was contacted", StageState.Matched)
        .Stage("trigger", "Background activity, protected resource or staging before it", StageState.Matched)
        .Stage("packages", "Installed packages were queried", StageState.NotObservable, required: false, DataComponents.OsApiExecution | DataComponents.ApplicationLogContent);
        for (var i = 0; i < 8; i++)
        {
            builder.Event("contact", EventClass.HttpActivity, 6, i * 300 + i % 3 * 1.7, 2.2, new StateBits { AppState = AppState.Background }, "NSM:Flow",
                (FieldId.DstHostname, "api.messages-bot.example"), (FieldId.DstIp, "2001:db8:4::17"), (FieldId.DstPort, 443L),
                (FieldId.BytesOut, 18_400L + i), (FieldId.BytesIn, 611L), (FieldId.HttpMethod, "POST"), (FieldId.UrlPath, "/bot/sendDocument"));
        }
        return builder
            .Event("trigger", EventClass.SensorUse, 1, -4, 0, new StateBits { IsDeviceLocked = Tri.True }, "android:logcat", (FieldId.Sensor, "contacts"))
            .Adds("base", 30, Tri.True, "a watched service class that the app's role does not permit")
            .Adds("protected resource", 15, Tri.True, "contacts were read 4 s before the first contact")
            .Adds("periodic", 15, Tri.True, "8 contacts, intervals vary by 0.4 %")
            .Adds("uplink", 15, Tri.False, "18 KiB a contact, the threshold is 100 KB")
            .Adds("locked", 15, Tri.Unknown, "no event tells the lock state during the contacts")
            .Fact("role", "unknown", "neither policy nor the list of well-known apps names this app")
            .Tunable("TimeWindow", "2m").Tunable("BeaconIntervalTolerance", "0.2")
            .Build();
    }

    /// <summary>Little telemetry, much that could not be seen.</summary>
    public static Finding IosRetrieval() => new FindingBuilder("0b7e55d3a1c94f20", IngressIos, Phone, "com.example.reader")
    {
        Severity = Severity.Low,
        Confidence = Confidence.Low,
        Begin = FindingBuilder.Noon + TimeSpan.FromMinutes(7),
    }
    .Says("com.example.reader fetched 2.4 MiB from files.drop.example on iphone-15-exec-02 while the device was locked.", "No file telemetry exists for this device, so where it went is not known.")
    .Event("retrieval", EventClass.NetworkActivity, 6, 0, 0, new StateBits { IsDeviceLocked = Tri.True, IsSupervised = Tri.True, TimeBasis = TimeBasis.Assumed }, "iOS:MDMLog",
        (FieldId.DstHostname, "files.drop.example"), (FieldId.BytesIn, 2_516_582L))
    .Stage("retrieval", "A large transfer toward the device", StageState.Matched)
    .Stage("artifact", "A risky file appeared in the container", StageState.NotObservable, required: false, DataComponents.FileCreation | DataComponents.FileModification)
    .Adds("retrieval without attention", 35, Tri.True, "file telemetry is not observable")
    .Adds("novel destination", 10, Tri.Unknown, "no baseline for this app")
    .Fact("app_state", "unknown", "")
    .Build();

    /// <summary>A span of hours, and no description of context at all.</summary>
    public static Finding KeyExchange() => new FindingBuilder("7c0011aa22bb33cc", Crypto, Pixel, "com.example.weather.now")
    {
        Severity = Severity.Medium,
        Begin = FindingBuilder.Noon + TimeSpan.FromHours(4),
    }
    .Says("com.example.weather.now made three RSA keys and then sent even blocks to 198.51.100.23 on pixel-8-field-04.", "A weather app needs no keys of its own.")
    .Event("key", EventClass.ModuleActivity, 3, 0, 0, default, "MobileEDR:telemetry", (FieldId.FunctionName, "java.security.KeyPairGenerator.generateKeyPair"), (FieldId.ModuleArgName, "RSA"))
    .Event("operation", EventClass.ModuleActivity, 3, 41, 0, default, "MobileEDR:telemetry", (FieldId.FunctionName, "javax.crypto.Cipher.doFinal"))
    .Event("send", EventClass.NetworkActivity, 6, 97.25, 5_200, default, "NSM:Flow", (FieldId.DstIp, "198.51.100.23"), (FieldId.DstPort, 8_443L), (FieldId.BytesOut, 61_440L))
    .Stage("key", "A key was made", StageState.Matched)
    .Stage("operation", "An asymmetric operation ran", StageState.Matched)
    .Stage("send", "Data went out", StageState.Matched)
    .Adds("base", 25, Tri.True, "key, operation and send inside the window")
    .Adds("novel destination", 15, Tri.True, "198.51.100.23 is not in the app's baseline")
    .Adds("installed recently", 10, Tri.True, "3 days before")
    .Build();
}
