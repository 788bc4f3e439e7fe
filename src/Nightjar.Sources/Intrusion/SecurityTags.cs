using System.Buffers.Text;

namespace Nightjar.Sources.Intrusion;

/// <summary>Names of Android's security events, as the export writes them, by their tag number.</summary>
internal static class SecurityTags
{
    private const int First = 210_001;

    private static readonly string[] Names =
    [
        "adb_shell_interactive", "adb_shell_cmd", "adb_sync_recv_file", "adb_sync_send_file", "app_process_start", "keyguard_dismissed",
        "keyguard_dismiss_auth_attempt", "keyguard_secured", "os_startup", "os_shutdown", "logging_started", "logging_stopped", "media_mounted",
        "media_unmounted", "log_buffer_size_critical", "password_expiration_set", "password_complexity_set", "password_history_length_set",
        "max_screen_lock_timeout_set", "max_password_attempts_set", "keyguard_disabled_features_set", "remote_lock", "wipe_failure", "key_generated",
        "key_imported", "key_destruction", "user_restriction_added", "user_restriction_removed", "cert_authority_installed", "cert_authority_removed",
        "crypto_self_test_completed", "key_integrity_violation", "cert_validation_failure", "camera_policy_set", "password_complexity_required",
        "password_changed", "wifi_connection", "wifi_disconnection", "bluetooth_connection", "bluetooth_disconnection", "package_installed",
        "package_updated", "package_uninstalled", "backup_service_toggled", "nfc_enabled", "nfc_disabled",
    ];

    private static readonly byte[][] Utf8 = [.. Names.Select(System.Text.Encoding.ASCII.GetBytes)];

    /// <summary>The name of a tag given as a number; other text as it stands, without a prefix of the platform's constants.</summary>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> tag)
    {
        if (Utf8Parser.TryParse(tag, out int number, out var used) && used == tag.Length)
            return number >= First && number < First + Utf8.Length ? Utf8[number - First] : tag;
        if (tag.StartsWith("security_"u8)) return tag[9..];
        if (tag.StartsWith("TAG_"u8)) tag = tag[4..];
        foreach (var name in Utf8)
            if (System.Text.Ascii.EqualsIgnoreCase(tag, name)) return name;
        return tag;
    }
}
