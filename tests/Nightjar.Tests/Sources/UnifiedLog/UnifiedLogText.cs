using System.Text.Json;

namespace Nightjar.Tests.Sources.UnifiedLog;

/// <summary>Entries of an invented phone.</summary>
internal static class UnifiedLogText
{
    public const string SpringBoard = "/System/Library/CoreServices/SpringBoard.app/SpringBoard";
    public const string Courier = "/private/var/containers/Bundle/Application/11111111-2222-4333-8444-555555555555/Courier.app/Courier";

    /// <summary>One line as <c>log show --style ndjson</c> writes it.</summary>
    public static string Entry(string message, string process = SpringBoard, string time = "2026-02-20 13:03:28.908085-0700", int pid = 77, long mach = 5_000, string more = "", string eventType = "logEvent") =>
        $$"""{"timezoneName":"","messageType":"Default","eventType":"{{eventType}}","source":null,"formatString":"%{public}@","userID":501,"activityIdentifier":0,"subsystem":"com.example.part","category":"main","threadID":3305,"senderImageUUID":"C2C1A8F0-0000-4000-8000-000000000000","backtrace":{"frames":[{"imageOffset":1234,"imageUUID":"C2C1A8F0-0000-4000-8000-000000000000"}]},"bootUUID":"AAAAAAAA-0000-4000-8000-000000000001","processImagePath":{{JsonSerializer.Serialize(process)}},"senderImagePath":"/usr/lib/libsystem_trace.dylib","timestamp":"{{time}}","machTimestamp":{{mach}},"eventMessage":{{JsonSerializer.Serialize(message)}},"processImageUUID":"C2C1A8F0-0000-4000-8000-000000000000","traceID":18446744073709551615,"processID":{{pid}},"senderProgramCounter":1234,"parentActivityIdentifier":0{{more}}}""";

    /// <summary>The same entries as <c>log show --style json</c> writes them.</summary>
    public static string Array(IEnumerable<string> entries) =>
        "[" + string.Join(",", entries.Select(entry => JsonSerializer.Serialize(JsonDocument.Parse(entry).RootElement, Indented))) + "]\n";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };
}
