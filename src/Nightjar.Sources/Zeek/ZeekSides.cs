namespace Nightjar.Sources.Zeek;

/// <summary>Which side of a connection is the device, by what a record says of both.</summary>
internal static class ZeekSides
{
    /// <summary>True when the device is the called side: only that side is in the local network. Else the calling side is taken.</summary>
    public static bool IsDeviceCalled(in ZeekRecord record) =>
        NetworkSides.IsLocal(record[ZeekField.RespHost], record.Flag(ZeekField.LocalResp)) && !NetworkSides.IsLocal(record[ZeekField.OrigHost], record.Flag(ZeekField.LocalOrig));
}
