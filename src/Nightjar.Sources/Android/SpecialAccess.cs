using System.Text;

namespace Nightjar.Sources.Android;

/// <summary>Settings that list who holds a special access: <c>com.x/.Service:com.y/com.y.Listener</c>.</summary>
internal static class SpecialAccess
{
    private static readonly Dictionary<string, byte[]> Privileges = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["enabled_accessibility_services"] = "accessibility",
        ["enabled_notification_listeners"] = "notifications",
        ["enabled_notification_assistant"] = "notifications",
        ["enabled_notification_policy_access_packages"] = "notification_policy",
        ["enabled_input_methods"] = "input_method",
        ["default_input_method"] = "input_method",
        ["assistant"] = "assistant",
        ["voice_interaction_service"] = "assistant",
        ["sms_default_application"] = "messages",
        ["dialer_default_application"] = "phone",
    }.ToDictionary(pair => pair.Key, pair => Encoding.ASCII.GetBytes(pair.Value), StringComparer.Ordinal);

    /// <summary>The access that a setting lists the holders of; empty when it lists none.</summary>
    public static ReadOnlySpan<byte> PrivilegeOf(ReadOnlySpan<byte> setting) =>
        setting.Length <= 64 ? Privileges.GetValueOrDefault(Encoding.UTF8.GetString(setting)) : default;

    /// <summary>Takes the next holder from a list; empty at its end.</summary>
    public static ReadOnlySpan<byte> NextHolder(ref ReadOnlySpan<byte> list)
    {
        while (!list.IsEmpty)
        {
            var end = list.IndexOfAny(":,; "u8);
            var holder = end < 0 ? list : list[..end];
            list = end < 0 ? default : list[(end + 1)..];
            var slash = holder.IndexOf((byte)'/');
            var package = slash < 0 ? holder : holder[..slash];
            if (AndroidPath.IsPackage(package)) return package;
        }
        return default;
    }
}
