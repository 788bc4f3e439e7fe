namespace Nightjar.Events;

/// <summary>Whether the app was in use. Unknown is a value of its own.</summary>
public enum AppState : byte
{
    Unknown = 0,
    Foreground,
    Background,
    ForegroundService,
    Suspended,
    NotRunning,
}

/// <summary>Where an app came from.</summary>
public enum InstallSource : byte
{
    Unknown = 0,
    OfficialStore,
    Managed,
    AlternativeStore,
    Sideload,
    DeveloperTool,
    System,
}

/// <summary>How surely an event names its app, best first; kept so that a finding can say it.</summary>
public enum AppGrade : byte
{
    Unknown = 0,
    PackageAndSigner,
    Package,
    Uid,
    ProcessName,
    Label,
}

/// <summary>How the zone of an event's time was obtained.</summary>
public enum TimeBasis : byte
{
    Stated = 0,
    Assumed,
    RelativeToCapture,
    RelativeToBoot,
    /// <summary>The record has no time; the time is that of the report that holds it.</summary>
    Reported,
    /// <summary>Moved to the clock of the device, by what matching records tell.</summary>
    Aligned,
}

/// <summary>How an event got its device.</summary>
public enum DeviceBasis : byte
{
    Stated = 0,
    DeviceMap,
    DhcpLease,
    Folder,
    Option,
    None,
    /// <summary>By its address, from an inventory or a session that names the device.</summary>
    Inventory,
}

/// <summary>How an event got its app.</summary>
public enum AppBasis : byte
{
    /// <summary>The record names it, or nothing does.</summary>
    Stated = 0,
    /// <summary>Another record of the same connection names it.</summary>
    Connection,
    /// <summary>It alone went to the same place at the same time.</summary>
    Destination,
}

/// <summary>The small facts of an event, packed into 32 bits: states as the event itself tells them, and how sure its attributions are.</summary>
public struct StateBits : IEquatable<StateBits>
{
    private uint _bits;

    /// <summary>The packed form, for storing.</summary>
    public uint Packed { readonly get => _bits; set => _bits = value; }

    public AppState AppState { readonly get => (AppState)Get(0, 7); set => Set(0, 7, (uint)value); }

    public Tri IsDeviceLocked { readonly get => (Tri)Get(3, 3); set => Set(3, 3, (uint)value); }

    public Tri IsScreenOn { readonly get => (Tri)Get(5, 3); set => Set(5, 3, (uint)value); }

    public Tri IsManagedApp { readonly get => (Tri)Get(7, 3); set => Set(7, 3, (uint)value); }

    public Tri IsManagedDevice { readonly get => (Tri)Get(9, 3); set => Set(9, 3, (uint)value); }

    public Tri IsSupervised { readonly get => (Tri)Get(11, 3); set => Set(11, 3, (uint)value); }

    public AppGrade AppGrade { readonly get => (AppGrade)Get(13, 7); set => Set(13, 7, (uint)value); }

    public TimeBasis TimeBasis { readonly get => (TimeBasis)Get(16, 7); set => Set(16, 7, (uint)value); }

    public InstallSource InstallSource { readonly get => (InstallSource)Get(19, 7); set => Set(19, 7, (uint)value); }

    /// <summary>The text came from a process that anyone may run, so it may be forged.</summary>
    public bool IsHearsay { readonly get => Get(22, 1) != 0; set => Set(22, 1, value ? 1u : 0); }

    public DeviceBasis DeviceBasis { readonly get => (DeviceBasis)Get(23, 7); set => Set(23, 7, (uint)value); }

    public AppBasis AppBasis { readonly get => (AppBasis)Get(26, 3); set => Set(26, 3, (uint)value); }

    public readonly bool Equals(StateBits other) => _bits == other._bits;

    public override readonly bool Equals(object? obj) => obj is StateBits other && Equals(other);

    public override readonly int GetHashCode() => (int)_bits;

    public static bool operator ==(StateBits left, StateBits right) => left.Equals(right);

    public static bool operator !=(StateBits left, StateBits right) => !left.Equals(right);

    private readonly uint Get(int shift, uint mask) => _bits >> shift & mask;

    private void Set(int shift, uint mask, uint value) => _bits = _bits & ~(mask << shift) | (value & mask) << shift;
}

/// <summary>The words of the contract for the states.</summary>
public static class StateNames
{
    private static readonly string[] AppStates = ["unknown", "foreground", "background", "foreground_service", "suspended", "not_running"];

    private static readonly string[] InstallSources =
        ["unknown", "official_store", "managed", "alternative_store", "sideload", "developer_tool", "system"];

    public static string Name(this AppState state) => AppStates[(int)state];

    public static string Name(this InstallSource source) => InstallSources[(int)source];

    /// <summary>Reads one of the contract's words, in any case, "unknown" among them; false when it is none of them.</summary>
    public static bool TryParse(ReadOnlySpan<byte> word, out AppState state)
    {
        var number = IndexOf(AppStates, word);
        state = (AppState)Math.Max(0, number);
        return number >= 0;
    }

    /// <summary>Reads one of the contract's words, in any case, "unknown" among them; false when it is none of them.</summary>
    public static bool TryParse(ReadOnlySpan<byte> word, out InstallSource source)
    {
        var number = IndexOf(InstallSources, word);
        source = (InstallSource)Math.Max(0, number);
        return number >= 0;
    }

    /// <summary>Unknown when the word is none of the contract's.</summary>
    public static AppState ParseAppState(string word) => (AppState)Math.Max(0, Array.IndexOf(AppStates, word));

    /// <summary>Unknown when the word is none of the contract's.</summary>
    public static InstallSource ParseInstallSource(string word) => (InstallSource)Math.Max(0, Array.IndexOf(InstallSources, word));

    private static int IndexOf(string[] words, ReadOnlySpan<byte> word)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (System.Text.Ascii.EqualsIgnoreCase(word, words[i])) return i;
        }
        return -1;
    }
}
