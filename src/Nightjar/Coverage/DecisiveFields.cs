using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Coverage;

/// <summary>Which events could have had a field that decides, and which had it.</summary>
internal static class DecisiveFields
{
    private const ulong Bytes = 1UL << (int)FieldId.BytesIn | 1UL << (int)FieldId.BytesOut;

    private const ulong Hosts =
        1UL << (int)FieldId.DstHostname | 1UL << (int)FieldId.TlsSni | 1UL << (int)FieldId.UrlHostname | 1UL << (int)FieldId.QueryHostname;

    private const ulong Hashes = 1UL << (int)FieldId.FileHashes | 1UL << (int)FieldId.ModuleHashes;

    private const int Create = 1;
    private const int Update = 3;
    private const int Load = 1;

    /// <summary>Counts an event for every field that it could have had.</summary>
    public static void Count(ref DayCell day, in EventView view, bool isAppStateKnown, bool isLockKnown)
    {
        ref readonly var header = ref view.Header;
        var isNamed = !header.App.IsNone;
        Add(ref day, DecisiveField.App, isNamed);
        Add(ref day, DecisiveField.Lock, isLockKnown || header.State.IsDeviceLocked != Tri.Unknown);
        if (isNamed) Add(ref day, DecisiveField.AppState, isAppStateKnown || header.State.AppState != AppState.Unknown);
        switch (header.Class)
        {
            case EventClass.NetworkActivity or EventClass.HttpActivity:
                Add(ref day, DecisiveField.Bytes, (header.MaskLow & Bytes) != 0);
                Add(ref day, DecisiveField.Host, (header.MaskLow & Hosts) != 0);
                break;
            case EventClass.DnsActivity:
                Add(ref day, DecisiveField.Host, (header.MaskLow & Hosts) != 0);
                break;
            case EventClass.FileActivity when header.Activity is Create or Update:
            case EventClass.ModuleActivity when header.Activity == Load:
                Add(ref day, DecisiveField.Hash, (header.MaskLow & Hashes) != 0);
                break;
        }
    }

    private static void Add(ref DayCell day, DecisiveField field, bool isThere)
    {
        day.Applicable[(int)field]++;
        day.Complete[(int)field] += isThere ? 1u : 0u;
    }
}
