using System.Buffers.Text;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Sources;

/// <summary>What the events of one network source have in common, and how their values are set: what is no value of its kind is left out and reported.</summary>
internal sealed class NetworkEvents(SourceInput input, string logName, string product)
{
    private readonly UrlBuilder _url = new();
    private SymbolTable? _symbols;
    private Symbol _logName;
    private Symbol _product;
    private long _position;

    /// <summary>Begins an event.</summary>
    public void Begin(EventBatch batch, EventClass eventClass, int activity, Instant time, TimeBasis basis, long position)
    {
        Learn(batch.Symbols);
        _position = position;
        batch.Begin(eventClass, activity, time, input.File.Number, position);
        batch.Current.LogName = _logName;
        batch.Current.State.TimeBasis = basis;
        batch.Set(FieldId.ProductName, _product);
    }

    /// <summary>Sets an address.</summary>
    public void Address(EventBatch batch, FieldId to, ReadOnlySpan<byte> text, string name)
    {
        if (MeaninglessText.Is(text)) return;
        batch.Set(to, text);
        if (!batch.IsSet(to)) ReportValue(batch, name);
    }

    /// <summary>Sets a count: a whole number that is not negative.</summary>
    public void Count(EventBatch batch, FieldId to, ReadOnlySpan<byte> digits, string name)
    {
        if (MeaninglessText.Is(digits)) return;
        if (Utf8Parser.TryParse(digits, out long count, out var used) && used == digits.Length && count >= 0) batch.SetInteger(to, count);
        else ReportValue(batch, name);
    }

    /// <summary>Sets a port.</summary>
    public void Port(EventBatch batch, FieldId to, ReadOnlySpan<byte> digits, string name)
    {
        if (MeaninglessText.Is(digits)) return;
        if (Utf8Parser.TryParse(digits, out ushort port, out var used) && used == digits.Length) batch.SetInteger(to, port);
        else ReportValue(batch, name);
    }

    /// <summary>Sets the name of a protocol in lower case.</summary>
    public static void Protocol(EventBatch batch, ReadOnlySpan<byte> name)
    {
        Span<byte> lower = stackalloc byte[32];
        if (name.Length <= lower.Length && Ascii.ToLower(name, lower, out var length) == System.Buffers.OperationStatus.Done)
            batch.Set(FieldId.ProtocolName, lower[..length]);
    }

    /// <summary>Sets the name that a client asked for in its handshake.</summary>
    public static void ServerName(EventBatch batch, ReadOnlySpan<byte> name)
    {
        if (MeaninglessText.Is(name)) return;
        batch.Set(FieldId.TlsSni, name);
        if (!UrlText.IsAddress(name)) batch.Set(FieldId.DstHostname, name);
    }

    /// <summary>Sets what a request asked for, where host, port and target are told apart.</summary>
    public void Target(EventBatch batch, ReadOnlySpan<byte> server, ReadOnlySpan<byte> port, ReadOnlySpan<byte> target, ReadOnlySpan<byte> method)
    {
        Host(batch, UrlText.HostOf(server));
        if (target.IsEmpty) return;
        batch.Set(FieldId.UrlPath, UrlText.PathOf(target));
        _url.Write(server, port, target, method.SequenceEqual("CONNECT"u8));
        batch.Set(FieldId.UrlText, _url.Written);
    }

    /// <summary>Sets host and path of a request whose URL is not told whole.</summary>
    public static void Host(EventBatch batch, ReadOnlySpan<byte> server, ReadOnlySpan<byte> path)
    {
        Host(batch, UrlText.HostOf(server));
        batch.Set(FieldId.UrlPath, UrlText.PathOf(path));
    }

    /// <summary>Sets what a whole URL tells, or an authority (<c>host:443</c>) where the request was for a tunnel.</summary>
    public static void Url(EventBatch batch, ReadOnlySpan<byte> url)
    {
        if (MeaninglessText.Is(url)) return;
        batch.Set(FieldId.UrlText, url);
        batch.Set(FieldId.UrlPath, UrlText.PathOf(url));
        var authority = UrlText.IsAbsolute(url) ? UrlText.AuthorityOf(url) : url;
        // What names neither a scheme nor a port is no authority: data:image/png;base64,…
        if (!UrlText.IsAbsolute(url) && url[(url.LastIndexOf((byte)':') + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9')) return;
        Host(batch, UrlText.HostOf(authority));
        SetPort(batch, url, authority);
    }

    /// <summary>Sets type and size of what was answered, and its name where the answer is the thing that was asked for.</summary>
    /// <param name="batch">The event under way, its status set.</param>
    /// <param name="url">The URL or target that was asked for.</param>
    /// <param name="type">Type of the content; empty when unknown.</param>
    /// <param name="size">Bytes of the content; null when unknown.</param>
    public static void Content(EventBatch batch, ReadOnlySpan<byte> url, ReadOnlySpan<byte> type, long? size)
    {
        if (!MeaninglessText.Is(type)) batch.Set(FieldId.HttpContentType, type);
        // A refusal or a redirection transfers no file of the name that was asked for.
        if (batch.CurrentInteger(FieldId.HttpStatusCode) is < 100 or >= 300) return;
        Span<byte> decoded = stackalloc byte[UrlText.MaxFileName];
        batch.Set(FieldId.FileName, UrlText.FileName(url, decoded));
        if (size is >= 0 and var bytes && (batch.IsSet(FieldId.FileName) || batch.IsSet(FieldId.HttpContentType))) batch.SetInteger(FieldId.FileSize, bytes);
    }

    /// <summary>Reports a value that is not of its type; the rest of the record stands.</summary>
    public void ReportValue(EventBatch batch, string name) =>
        batch.Report(AnomalyKind.BadValue, input.File.Number, _position, $"The value of {name} is not of its type or outside its range; it was left out.");

    private static void Host(EventBatch batch, ReadOnlySpan<byte> name)
    {
        if (MeaninglessText.Is(name)) return;
        batch.Set(FieldId.UrlHostname, name);
        if (!UrlText.IsAddress(name)) batch.Set(FieldId.DstHostname, name);
        else if (!batch.IsSet(FieldId.DstIp)) batch.Set(FieldId.DstIp, name);
    }

    private static void SetPort(EventBatch batch, ReadOnlySpan<byte> url, ReadOnlySpan<byte> authority)
    {
        if (batch.IsSet(FieldId.DstPort)) return;
        var colon = authority.LastIndexOf((byte)':');
        var digits = colon > authority.LastIndexOf((byte)']') ? authority[(colon + 1)..] : default;
        if (!digits.IsEmpty && Utf8Parser.TryParse(digits, out ushort port, out var used) && used == digits.Length) batch.SetInteger(FieldId.DstPort, port);
        else if (url.StartsWith("https://"u8) || url.StartsWith("wss://"u8)) batch.SetInteger(FieldId.DstPort, 443);
        else if (url.StartsWith("http://"u8) || url.StartsWith("ws://"u8)) batch.SetInteger(FieldId.DstPort, 80);
    }

    private void Learn(SymbolTable symbols)
    {
        if (ReferenceEquals(symbols, _symbols)) return;
        _symbols = symbols;
        _logName = symbols.Intern(Encoding.UTF8.GetBytes(logName));
        _product = symbols.Intern(Encoding.UTF8.GetBytes(product));
    }
}
