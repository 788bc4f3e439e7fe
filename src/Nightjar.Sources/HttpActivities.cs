namespace Nightjar.Sources;

/// <summary>OCSF activities of http_activity.</summary>
internal static class HttpActivities
{
    /// <summary>The activity of a method: 0 when there is none, 99 when OCSF has no number for it.</summary>
    public static int OfMethod(ReadOnlySpan<byte> method) => method.Length switch
    {
        0 => 0,
        3 when Is(method, "GET"u8) => 3,
        3 when Is(method, "PUT"u8) => 7,
        4 when Is(method, "HEAD"u8) => 4,
        4 when Is(method, "POST"u8) => 6,
        5 when Is(method, "TRACE"u8) => 8,
        5 when Is(method, "PATCH"u8) => 9,
        6 when Is(method, "DELETE"u8) => 2,
        7 when Is(method, "CONNECT"u8) => 1,
        7 when Is(method, "OPTIONS"u8) => 5,
        _ => 99,
    };

    private static bool Is(ReadOnlySpan<byte> method, ReadOnlySpan<byte> name) => System.Text.Ascii.EqualsIgnoreCase(method, name);
}
