namespace Nightjar.Sources;

/// <summary>The contract's word for what an app used, from Apple's category or, in betas of iOS 15, from the name of the permission or stream.</summary>
internal static class SensorNames
{
    private const string Service = "kTCCService";
    private const string Stream = "com.apple.privacy.accounting.stream.";

    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mediaLibrary"] = "media_library",
        ["screenRecording"] = "screen",
        ["screenCapture"] = "screen",
        ["screen-recording"] = "screen",
        ["addressBook"] = "contacts",
        ["pasteboard"] = "clipboard",
        ["photosAdd"] = "photos",
        ["speechRecognition"] = "speech_recognition",
        ["bluetoothAlways"] = "bluetooth",
        ["faceID"] = "face_id",
        ["homeKit"] = "home",
        ["willow"] = "home",
    };

    /// <summary>The word; a category that is not known stays as it is. Null when nothing names one.</summary>
    public static string? Of(ReadOnlySpan<byte> category, ReadOnlySpan<byte> service, ReadOnlySpan<byte> stream)
    {
        if (!category.IsEmpty) return Word(category);
        if (!service.IsEmpty) return Word(service.StartsWith("kTCCService"u8) ? service[Service.Length..] : service);
        return stream.StartsWith("com.apple.privacy.accounting.stream."u8) && !stream.EndsWith(".tcc"u8) ? Word(stream[Stream.Length..]) : null;
    }

    /// <summary>The word for the name of a permission, <c>kTCCServiceCamera</c>; null when it is none.</summary>
    public static string? OfService(ReadOnlySpan<byte> service) => service.StartsWith("kTCCService"u8) ? Word(service[Service.Length..]) : null;

    private static string? Word(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.Length > 64) return null;
        var name = System.Text.Encoding.UTF8.GetString(text);
        return Known.TryGetValue(name, out var word) ? word : char.ToLowerInvariant(name[0]) + name[1..];
    }
}
