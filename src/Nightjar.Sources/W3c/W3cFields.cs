using System.Text;

namespace Nightjar.Sources.W3c;

/// <summary>The fields that are read. <c>c</c> is the client, <c>s</c> the proxy, <c>r</c> the server beyond it.</summary>
internal enum W3cField
{
    Date, Time, TimeTaken, Client, Status, Method, Scheme, Host, Port, Path, Query, Uri, Agent, Sent, Received, ContentType, Server, Action,
}

/// <summary>Finds the values of a line by the header. A value with blanks stands in quotes.</summary>
internal sealed class W3cFields
{
    private const int MaxFields = 128;

    private static readonly Dictionary<string, W3cField> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["date"] = W3cField.Date, ["time"] = W3cField.Time, ["time-taken"] = W3cField.TimeTaken, ["c-ip"] = W3cField.Client,
        ["sc-status"] = W3cField.Status, ["cs-method"] = W3cField.Method, ["cs-uri-scheme"] = W3cField.Scheme, ["cs-host"] = W3cField.Host,
        ["cs-uri-host"] = W3cField.Host, ["cs-uri-port"] = W3cField.Port, ["cs-uri-path"] = W3cField.Path, ["cs-uri-query"] = W3cField.Query,
        ["cs-uri"] = W3cField.Uri, ["c-uri"] = W3cField.Uri, ["cs(user-agent)"] = W3cField.Agent, ["c-agent"] = W3cField.Agent,
        ["cs-bytes"] = W3cField.Sent, ["sc-bytes"] = W3cField.Received, ["rs(content-type)"] = W3cField.ContentType, ["cs-mime-type"] = W3cField.ContentType,
        ["r-ip"] = W3cField.Server, ["s-action"] = W3cField.Action,
    };

    private readonly int[] _index = new int[(int)W3cField.Action + 1];
    private readonly Range[] _values = new Range[MaxFields];
    private int _count;

    /// <summary>True for the line that names the fields.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> line) => line.StartsWith("#Fields:"u8);

    /// <summary>True when the client is told, and a server beyond the one that wrote the log. Web servers write this format too.</summary>
    public static bool IsOfProxy(ReadOnlySpan<byte> header)
    {
        var fields = new W3cFields();
        fields.TakeHeader(header);
        return fields.Knows(W3cField.Client) && (fields.Knows(W3cField.Server) || fields.Knows(W3cField.Scheme) || fields.Knows(W3cField.Uri));
    }

    /// <summary>True when the lines have the field.</summary>
    public bool Knows(W3cField field) => _index[(int)field] >= 0;

    /// <summary>Takes the header; fields that are not read count too.</summary>
    public void TakeHeader(ReadOnlySpan<byte> header)
    {
        Array.Fill(_index, -1);
        _count = 0;
        header = header["#Fields:".Length..];
        foreach (var range in header.SplitAny(" \t"u8))
        {
            if (header[range].IsEmpty) continue;
            if (Names.TryGetValue(Encoding.UTF8.GetString(header[range]), out var field) && !Knows(field)) _index[(int)field] = _count;
            _count++;
        }
    }

    /// <summary>Finds the values of a line; false when there are more or fewer than the header names.</summary>
    public bool TryTakeLine(ReadOnlySpan<byte> line)
    {
        var found = 0;
        for (var at = 0; at < line.Length;)
        {
            if (line[at] is (byte)' ' or (byte)'\t')
            {
                at++;
                continue;
            }
            if (found == MaxFields || found == _count) return false;
            var quoted = line[at] == (byte)'"';
            var start = quoted ? at + 1 : at;
            var length = quoted ? line[start..].IndexOf((byte)'"') : line[start..].IndexOfAny(" \t"u8);
            if (quoted && length < 0) return false;
            if (length < 0) length = line.Length - start;
            _values[found++] = start..(start + length);
            at = start + length + (quoted ? 1 : 0);
        }
        return _count > 0 && found == _count;
    }

    /// <summary>A value; empty when the line has none.</summary>
    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, W3cField field)
    {
        var at = _index[(int)field];
        if (at < 0) return default;
        var value = line[_values[at]];
        return value.SequenceEqual("-"u8) ? default : value;
    }
}
