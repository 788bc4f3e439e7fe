namespace Nightjar.Sources.Dumpstate;

/// <summary>What of the user an operation of Android touches.</summary>
internal static class Operations
{
    private static readonly (byte[] Name, byte[] Sensor)[] Known =
    [
        .. Of("camera", "CAMERA", "PHONE_CALL_CAMERA", "RECEIVE_SANDBOX_TRIGGER_CAMERA"),
        .. Of("microphone", "RECORD_AUDIO", "PHONE_CALL_MICROPHONE", "RECORD_AUDIO_HOTWORD", "RECORD_INCOMING_PHONE_AUDIO", "RECORD_AUDIO_OUTPUT"),
        .. Of("location", "COARSE_LOCATION", "FINE_LOCATION", "GPS", "MONITOR_LOCATION", "MONITOR_HIGH_POWER_LOCATION", "ACCESS_MEDIA_LOCATION"),
        .. Of("contacts", "READ_CONTACTS", "WRITE_CONTACTS"),
        .. Of("messages", "READ_SMS", "RECEIVE_SMS", "SEND_SMS", "WRITE_SMS", "RECEIVE_MMS", "RECEIVE_WAP_PUSH", "READ_ICC_SMS"),
        .. Of("call_log", "READ_CALL_LOG", "WRITE_CALL_LOG"),
        .. Of("calendar", "READ_CALENDAR", "WRITE_CALENDAR"),
        .. Of("clipboard", "READ_CLIPBOARD"),
        .. Of("screen", "PROJECT_MEDIA"),
        .. Of("accessibility", "BIND_ACCESSIBILITY_SERVICE", "ACCESS_ACCESSIBILITY"),
        .. Of("notifications", "ACCESS_NOTIFICATIONS"),
        .. Of("photos", "READ_MEDIA_IMAGES", "READ_MEDIA_VIDEO", "READ_MEDIA_VISUAL_USER_SELECTED"),
        .. Of("media_library", "READ_MEDIA_AUDIO"),
        .. Of("body_sensors", "BODY_SENSORS", "ACTIVITY_RECOGNITION"),
        .. Of("phone", "READ_PHONE_STATE", "READ_PHONE_NUMBERS", "READ_DEVICE_IDENTIFIERS", "CALL_PHONE"),
    ];

    /// <summary>The contract's word; empty for operations that touch nothing personal.</summary>
    public static ReadOnlySpan<byte> SensorOf(ReadOnlySpan<byte> operation)
    {
        foreach (var (name, sensor) in Known)
            if (operation.SequenceEqual(name)) return sensor;
        return default;
    }

    private static IEnumerable<(byte[] Name, byte[] Sensor)> Of(string sensor, params string[] operations) =>
        operations.Select(operation => (System.Text.Encoding.ASCII.GetBytes(operation), System.Text.Encoding.ASCII.GetBytes(sensor)));
}
