using System.Text;

namespace Nightjar.Sources.Har;

/// <summary>The attributes of an entry that are read.</summary>
internal enum HarField
{
    Started, Duration, Server, Connection, Method, Url, RequestBody, Status, ResponseBody, TransferSize, ContentSize, ContentType,
    UserAgent,
}

/// <summary>The request and response under way. Used again for the next.</summary>
internal sealed class HarEntry
{
    // In the order of HarField, but for what stands in headers.
    private static readonly string[] Paths =
    [
        "startedDateTime", "time", "serverIPAddress", "connection", "request.method", "request.url", "request.bodySize",
        "response.status", "response.bodySize", "response._transferSize", "response.content.size", "response.content.mimeType",
    ];

    private static readonly Dictionary<string, HarField> Fields = Paths.Select((path, i) => (path, field: (HarField)i)).ToDictionary(pair => pair.path, pair => pair.field, StringComparer.Ordinal);

    private readonly byte[][] _values = [.. Enumerable.Range(0, (int)HarField.UserAgent + 1).Select(_ => Array.Empty<byte>())];
    private readonly int[] _lengths = new int[(int)HarField.UserAgent + 1];

    /// <summary>The value; empty when the entry has none.</summary>
    public ReadOnlySpan<byte> this[HarField field] => _values[(int)field].AsSpan(0, _lengths[(int)field]);

    public void Clear() => Array.Clear(_lengths);

    /// <summary>Takes the value of an attribute, named by its path below the entry, if it is one that is read.</summary>
    public void Take(ReadOnlySpan<byte> path, ReadOnlySpan<byte> value)
    {
        Span<char> name = stackalloc char[64];
        if (path.Length > name.Length || !Ascii.IsValid(path)) return;
        if (Fields.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name[..Encoding.ASCII.GetChars(path, name)], out var field)) Set(field, value);
    }

    public void Set(HarField field, ReadOnlySpan<byte> value)
    {
        ref var held = ref _values[(int)field];
        if (held.Length < value.Length) held = new byte[Math.Max(value.Length, 64)];
        value.CopyTo(held);
        _lengths[(int)field] = value.Length;
    }
}
