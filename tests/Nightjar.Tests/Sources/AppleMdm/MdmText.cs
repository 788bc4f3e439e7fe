namespace Nightjar.Tests.Sources.AppleMdm;

/// <summary>Answers of an invented device.</summary>
internal static class MdmText
{
    public const string Device = "00000000-0000-4000-8000-000000000017";

    public static string Plist(string entries, string command = "C-1") => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
        <key>CommandUUID</key><string>{command}</string>
        {entries}
        <key>Status</key><string>Acknowledged</string>
        <key>UDID</key><string>{Device}</string>
        </dict>
        </plist>

        """;

    public static string App(string bundle, string more = "") =>
        $"<dict><key>Identifier</key><string>{bundle}</string><key>Name</key><string>An app</string><key>ShortVersion</key><string>2.1</string><key>Version</key><string>2107</string>{more}</dict>";

    public static string Installed(params string[] apps) => $"<key>InstalledApplicationList</key><array>{string.Concat(apps)}</array>";

    public static string Managed(string bundle, string status) =>
        $"<key>ManagedApplicationList</key><dict><key>{bundle}</key><dict><key>Status</key><string>{status}</string><key>ManagementFlags</key><integer>1</integer></dict></dict>";

    public const string Status =
        """
        {
          "StatusItems" : {
            "app" : { "managed" : { "list" : [
              { "identifier" : "com.example.courier", "name" : "Courier", "version" : "2107", "short-version" : "2.1", "state" : "managed", "declaration-identifier" : "D-1" },
              { "identifier" : "com.example.old", "_removed" : true }
            ] } },
            "mdm" : { "app" : [ { "identifier" : "com.example.notes", "state" : "user-installed-app" } ] },
            "device" : { "identifier" : { "udid" : "00000000-0000-4000-8000-000000000017" }, "model" : { "family" : "iPhone", "identifier" : "iPhone10,2" }, "operating-system" : { "version" : "16.0" } },
            "passcode" : { "is-compliant" : true, "is-present" : true }
          },
          "Errors" : [ { "StatusItem" : "test.error-value", "Reasons" : [ { "code" : "Error.Unknown" } ] } ]
        }
        """;
}
