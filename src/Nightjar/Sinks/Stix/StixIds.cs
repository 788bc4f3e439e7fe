using System.Security.Cryptography;
using System.Text;

namespace Nightjar.Sinks.Stix;

/// <summary>Ids of STIX objects: made from what the object is, so that the same thing has the same id in every bundle.</summary>
internal static class StixIds
{
    /// <summary>STIX's own namespace for observables: tools that follow it give the same file the same id.</summary>
    private static readonly Guid Observables = new("00abedb4-aa42-466c-9c01-fed23315a9b7");

    /// <summary>Ours, for all other objects.</summary>
    private static readonly Guid Own = new("b3c2f6e4-52a7-4c1d-8f0e-6a9d71c5e2b8");

    /// <summary>The id of an object of ours.</summary>
    /// <param name="type">For example <c>sighting</c>.</param>
    /// <param name="parts">What tells it from all others.</param>
    public static string Of(string type, params ReadOnlySpan<string> parts)
    {
        var key = new StringBuilder(type);
        // Lengths keep two lists of parts apart whose texts run together.
        foreach (var part in parts) key.Append('\n').Append(part.Length).Append(' ').Append(part);
        return $"{type}--{Version5(Own, key.ToString())}";
    }

    /// <summary>The id of an observable, from the properties that STIX says make it up.</summary>
    public static string OfObservable(string type, string canonical) => $"{type}--{Version5(Observables, canonical)}";

    internal static Guid Version5(Guid space, string name)
    {
        var text = Encoding.UTF8.GetBytes(name);
        var input = new byte[16 + text.Length];
        space.TryWriteBytes(input, bigEndian: true, out _);
        text.CopyTo(input, 16);
#pragma warning disable CA5350 // SHA-1 is what a UUID of version 5 is made of; nothing is protected by it.
        var hash = SHA1.HashData(input).AsSpan(0, 16);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0F) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash, bigEndian: true);
    }
}
