namespace Nightjar.Tests.Sources.Dumpstate;

/// <summary>Invented dumps in the form of Android's.</summary>
internal static class DumpstateText
{
    public const string Header =
        """
        ========================================================
        == dumpstate: 2026-02-27 11:00:00
        ========================================================

        Build fingerprint: 'example/phone/phone:16/A/1:user/release-keys'
        Dumpstate info: id=1 pid=900 dry_run=0

        """;

    public const string Zone =
        """
        ------ SYSTEM PROPERTIES (getprop) ------
        [persist.sys.locale]: [en-US]
        [persist.sys.timezone]: [Europe/Zurich]
        [ro.product.model]: [Example Phone]
        ------ 0.021s was the duration of 'SYSTEM PROPERTIES' ------

        """;

    public const string Log =
        """
        ------ SYSTEM LOG (logcat -v threadtime -v printable -v uid -d *:v) ------
        --------- beginning of main
        02-27 10:59:01.250  1000  1954  2047 I ActivityManager: Start proc 5919:com.example.courier/u0a214 for service {com.example.courier/.Sync}
        02-27 10:59:02.000 10214  5919  5919 W courier : Attempt to load writable dex file: /data/user/0/com.example.courier/files/a.dex
        ------ 0.101s was the duration of 'SYSTEM LOG' ------

        """;

    public const string AppOps =
        """
        DUMP OF SERVICE appops:
        Current AppOps Service state:
          Settings:
            top_state_settle_time=+30s0ms
          Uid 1000:
            state=pers
              LEGACY_STORAGE: mode=allow
          Uid u0a214:
            state=cch
              COARSE_LOCATION: mode=ignore
            Package com.example.courier:
              RECORD_AUDIO (allow):
                null=[
                  Access: [cch-s] 2026-02-27 03:00:00.500 (-8h0m6s500ms) duration=+1m2s500ms
                  Access: [top-tp] 2026-02-26 12:00:00.000 (-23h0m7s0ms)
                ]
              READ_CONTACTS (ignore):
                  Reject: [bg-s]2026-02-27 04:00:00.000 (-7h0m7s0ms)
              WAKE_LOCK (allow):
                  Access: [bg-s] 2026-02-27 04:00:01.000 (-7h0m6s0ms) duration=+33ms
        --------- 0.053s was the duration of dumpsys appops, ending at: 2026-02-27 11:00:07

        """;

    public const string Usage =
        """
        DUMP OF SERVICE usagestats:
        user=0
          Last 24 hour events (timeRange="2026. 2. 26. 오전 11:00 ~ 2026. 2. 27. 오전 11:00" )
            time="2026-02-27 10:00:00" type=SCREEN_INTERACTIVE package=android flags=0x0
            time="2026-02-27 10:00:00" type=KEYGUARD_HIDDEN package=android flags=0x0
            time="2026-02-27 10:00:01" type=ACTIVITY_RESUMED package=com.example.courier class=com.example.courier.Main instanceId=7 taskRootPackage=com.example.courier flags=0x0
            time="2026-02-27 10:00:05" type=ACTIVITY_PAUSED package=com.example.courier class=com.example.courier.Main instanceId=7 flags=0x0
            time="2026-02-27 10:00:05" type=ACTIVITY_RESUMED package=com.example.courier class=com.example.courier.Detail instanceId=8 flags=0x0
            time="2026-02-27 10:00:05" type=ACTIVITY_STOPPED package=com.example.courier class=com.example.courier.Main instanceId=7 flags=0x0
            time="2026-02-27 10:00:06" type=FOREGROUND_SERVICE_START package=com.example.courier class=com.example.courier.Sync flags=0x0
            time="2026-02-27 10:00:09" type=ACTIVITY_PAUSED package=com.example.courier class=com.example.courier.Detail instanceId=8 flags=0x0
            time="2026-02-27 10:00:12" type=FOREGROUND_SERVICE_STOP package=com.example.courier class=com.example.courier.Sync flags=0x0
            time="2026-02-27 10:00:13" type=STANDBY_BUCKET_CHANGED package=com.example.courier standbyBucket=10 reason=u-mf flags=0x0
            time="2026-02-27 10:00:20" type=SCREEN_NON_INTERACTIVE package=android flags=0x0
          In-memory daily stats
            timeRange="2/27/2026, 12:00 AM – 11:00 AM"
            packages
              package=com.example.courier totalTimeUsed="0:08" lastTimeUsed="2026-02-27 10:00:09" flags=0x0
            events
            time="2026-02-27 10:00:20" type=SCREEN_NON_INTERACTIVE package=android flags=0x0
        --------- 0.017s was the duration of dumpsys usagestats, ending at: 2026-02-27 11:00:30

        """;

    public const string Packages =
        """
        DUMP OF SERVICE package:
        Database versions:
          Internal:
            sdkVersion=36 databaseVersion=3

        Domain verification status:
          com.example.courier:
            ID: 01234567-89ab-cdef-0123-456789abcdef
            Signatures: [00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF]
            Domain verification state:
              courier.example: verified

        Packages:
          Package [com.example.courier] (d64f8e0):
            appId=10214
            pkg=Package{5be8c47 com.example.courier}
            codePath=/data/app/~~Ab==/com.example.courier-Cd==
            versionCode=17 minSdk=28 targetSdk=36
            versionName=1.7
            flags=[ HAS_CODE ALLOW_CLEAR_USER_DATA ]
            timeStamp=2026-02-25 09:00:00
            lastUpdateTime=2026-02-25 09:00:00
            installerPackageName=com.example.store
            initiatingPackageName=com.example.browser
            packageSource=4
            signatures=PackageSignatures{6c98c74 version:3, signatures:[b378e95c], past signatures:[]}
            requested permissions:
              android.permission.INTERNET
              android.permission.READ_SMS
            install permissions:
              android.permission.INTERNET: granted=true
            User 0: ceDataInode=1 installed=true hidden=false suspended=false stopped=false notLaunched=false enabled=0 instant=false virtual=false
              firstInstallTime=2025-07-20 08:30:00
              gids=[3003]
              runtime permissions:
                android.permission.READ_SMS: granted=true, flags=[ USER_SET|USER_SENSITIVE_WHEN_GRANTED]
                android.permission.CAMERA: granted=false, flags=[ USER_SENSITIVE_WHEN_GRANTED]
          Package [android] (1):
            userId=1000
            codePath=/system/framework
            versionCode=36 minSdk=36 targetSdk=36
            versionName=16
            flags=[ SYSTEM HAS_CODE ]
            firstInstallTime=2008-12-31 16:00:00
            lastUpdateTime=2008-12-31 16:00:00
            installerPackageName=null

        Hidden system packages:
          Package [com.example.courier] (1):
            versionName=0.9

        --------- 0.053s was the duration of dumpsys package, ending at: 2026-02-27 11:00:40

        """;

    public const string NetStats =
        """
        DUMP OF SERVICE netstats:
        Xt stats:
          Pending bytes: 0
          History since boot:
          ident=[{type=1, ratType=COMBINED, wifiNetworkKey="office uid=1"open, metered=false}] uid=-1 set=ALL tag=0x0
            NetworkStatsHistory: bucketDuration=3600
              st=1772168400 rb=999 rp=1 tb=999 tp=1 op=0
        UID stats:
          History since boot:
          ident=[{type=1, ratType=COMBINED, wifiNetworkKey="office uid=1"open, metered=false}] uid=10214 set=DEFAULT tag=0x0
            NetworkStatsHistory: bucketDuration=7200
              st=1772164800 rb=480000 rp=400 tb=1200 tp=60 op=0
              st=1772186400 rb=10 rp=1 tb=20 tp=1 op=0
          ident=[{type=1, ratType=COMBINED, metered=false}] uid=10214 set=FOREGROUND tag=0x0
            NetworkStatsHistory: bucketDuration=7200
              st=1772164800 rb=7 rp=1 tb=8 tp=1 op=0
        UID tag stats:
          ident=[{type=1, ratType=COMBINED, metered=false}] uid=10214 set=DEFAULT tag=0xffffff82
            NetworkStatsHistory: bucketDuration=7200
              st=1772164800 rb=480000 rp=400 tb=1200 tp=60 op=0

        """;

    public const string Jobs =
        """
        DUMP OF SERVICE jobscheduler:
        Registered 1 jobs:
          JOB #u0a214/17: db3c931 com.example.courier/androidx.work.impl.background.systemjob.SystemJobService
            u0a214 tag=*job*/com.example.courier/androidx.work.impl.background.systemjob.SystemJobService
            Source: uid=u0a214 user=0 pkg=com.example.courier
            JobInfo:
              Service: com.example.courier/androidx.work.impl.background.systemjob.SystemJobService
              PERIODIC: interval=+15m0s0ms flex=+5m0s0ms
            Enqueue time: -1m30s0ms
            Run time: earliest=+13m17s891ms, latest=+18m17s891ms
          Job history:
             -19m40s688ms START-P: #u0a214/9008 @Ns@com.example.courier/.BarJobService
             -19m40s409ms  STOP-P: #u0a214/9008 @Ns@com.example.courier/.BarJobService onStartJob returned false

        """;

    public const string Settings =
        """
        DUMP OF SERVICE settings:
        SECURE SETTINGS (user 0)
        _id:240 name:accessibility_enabled pkg:android value:1 default:0 defaultSystemSet:true
        _id:241 name:enabled_accessibility_services pkg:com.android.settings value:com.example.courier/.Reader:com.example.keys/com.example.keys.Watch default:x defaultSystemSet:true
        _id:242 name:lock_screen_owner_info pkg:com.android.settings value:mine default:mine

        """;

    public const string Downloads =
        """
        ------ APP PROVIDERS (dumpsys activity provider all) ------
        PROVIDER ContentProviderRecord{abc u0 com.android.providers.downloads/.DownloadProvider} pid=2100
            Client:
              Downloads updated in last hour:
                Download #12:
                  _id=12 uri=https://cdn.courier.example/pkg/update.apk?x=1 method=0 entity=null no_integrity=0
                  hint=file:///storage/emulated/0/Download/update.apk otaupdate=null
                  _data=/storage/emulated/0/Download/update.apk mimetype=application/vnd.android.package-archive destination=4
                  visibility=1 control=null status=200 numfailed=0 lastmod=1772185800000
                  notificationpackage=com.example.courier notificationclass=null useragent=null referer=null total_bytes=16600000
                  current_bytes=16600000 etag="1" uid=10214 otheruid=null title=status=404 uri=http://wrong.example/ description= scanned=1
                Download #13:
                  _id=13 uri=https://cdn.courier.example/later.bin _data=null mimetype=null status=190 lastmod=1772185900000
                  notificationpackage=com.example.courier total_bytes=-1 current_bytes=0
        ------ 0.500s was the duration of 'APP PROVIDERS' ------

        """;

    public const string Battery =
        """
        DUMP OF SERVICE batterystats:
        Battery History (2% used, 6616 used of 256KB, 48 strings using 4000):
                            0 (19) RESET:TIME: 2026-02-26-17-30-01
                            0 (2) 095 status=discharging +screen
                   +26m18s315ms (2) 095 +top=u0a214:"com.example.courier"
                 +1h26m18s315ms (3) 094 -top=u0a214:"com.example.courier" -screen +job=u0a1:"x"

        Per-PID Stats:
          PID 900 wake time: +1s

        """;

    public const string Rule = "-------------------------------------------------------------------------------\n";

    public static string Whole { get; } = Header + Zone + Log + Rule + AppOps + Rule + Usage + Rule + Packages + Rule + NetStats + Rule + Jobs + Rule + Settings
        + Downloads + Rule + Battery;
}
