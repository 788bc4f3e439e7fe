using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Nightjar.Events;

/// <summary>Writes events as lines of the contract, which read back as the same events. One thread; allocates nothing per event.</summary>
/// <remarks>What the contract has no attribute for is not written: how sure the app, the device and the zone of the time are, and where the
/// record stood. An event without a stated id gets that of its line when it is read.</remarks>
public sealed class OcsfNdjsonWriter : IDisposable
{
    // The output is no web page; escaping every letter beyond ASCII would only make it long.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private readonly IBufferWriter<byte> _to;
    private readonly SymbolTable _symbols;
    private readonly Utf8JsonWriter _json;

    /// <summary>Writes to <paramref name="to"/> events whose texts are in <paramref name="symbols"/>.</summary>
    public OcsfNdjsonWriter(IBufferWriter<byte> to, SymbolTable symbols)
    {
        _to = to;
        _symbols = symbols;
        _json = new Utf8JsonWriter(to, Options);
    }

    /// <summary>One event as a line without its end.</summary>
    public static string Line(in EventView view, SymbolTable symbols)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var writer = new OcsfNdjsonWriter(buffer, symbols);
        writer.Write(in view);
        return Encoding.UTF8.GetString(buffer.WrittenSpan[..^1]);
    }

    /// <summary>Writes one event and a line end.</summary>
    public void Write(in EventView view)
    {
        _json.Reset();
        _json.WriteStartObject();
        Members(ContractTree.Root, in view, ContractTree.Present(in view));
        _json.WriteEndObject();
        _json.Flush();
        _to.Write("\n"u8);
    }

    public void Dispose() => _json.Dispose();

    private void Members(ContractNode parent, in EventView view, UInt128 present)
    {
        foreach (var node in parent.Children)
        {
            if ((node.Mask & present) == 0) continue;
            _json.WritePropertyName(node.Name);
            if ((node.Own & present) != 0)
            {
                Value(node, in view);
                continue;
            }
            _json.WriteStartObject();
            Members(node, in view, present);
            _json.WriteEndObject();
        }
    }

    private void Value(ContractNode node, in EventView view)
    {
        ref readonly var header = ref view.Header;
        switch (node.Field)
        {
            case FieldId.Time:
                Time(header.Time);
                break;
            case FieldId.EndTime:
                Time(header.End);
                break;
            case FieldId.AppStateName or FieldId.InstallSourceName:
                var field = node.Field.Value;
                _json.WriteStringValue(HeaderFields.WordText(field, HeaderFields.Word(in header, field)));
                break;
            case FieldId.ModuleArgs:
                Arguments(view.Text(FieldId.ModuleArgs));
                break;
            case null:
                _json.WriteNumberValue(header.Sequence);
                break;
            default:
                Plain(node, node.Field.Value, in view);
                break;
        }
    }

    private void Plain(ContractNode node, FieldId field, in EventView view)
    {
        switch (FieldCatalog.Of(field).Kind)
        {
            case FieldKind.Text:
                Text(view.Text(field));
                break;
            case FieldKind.SymbolList:
                List(node, view.List(field));
                break;
            case FieldKind.Integer when view.TryGetInteger(field, out var integer):
                _json.WriteNumberValue(integer);
                break;
            case FieldKind.Number when view.TryGetNumber(field, out var number):
                _json.WriteNumberValue(number);
                break;
            case FieldKind.Flag:
                _json.WriteBooleanValue(view.Flag(field) == Tri.True);
                break;
            default:
                Text(_symbols.Utf8(view.Symbol(field)));
                break;
        }
    }

    private void List(ContractNode node, SymbolSpan list)
    {
        _json.WriteStartArray();
        for (var i = 0; i < list.Count; i++)
        {
            if (node.ItemName is not { } name)
            {
                Text(_symbols.Utf8(list[i]));
                continue;
            }
            _json.WriteStartObject();
            _json.WritePropertyName(name);
            Text(_symbols.Utf8(list[i]));
            _json.WriteEndObject();
        }
        _json.WriteEndArray();
    }

    // Milliseconds, as OCSF has it, unless that would lose digits.
    private void Time(Instant time)
    {
        if (time.Micros % 1000 == 0)
        {
            _json.WriteNumberValue(time.Millis);
            return;
        }
        Span<byte> text = stackalloc byte[40];
        time.ToDateTimeOffset().TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        _json.WriteStringValue(text[..length]);
    }

    private void Arguments(ReadOnlySpan<byte> arguments)
    {
        if (IsJson(arguments)) _json.WriteRawValue(arguments, skipInputValidation: true);
        else Text(arguments);
    }

    private void Text(ReadOnlySpan<byte> utf8)
    {
        if (Utf8.IsValid(utf8)) _json.WriteStringValue(utf8);
        else _json.WriteStringValue(Encoding.UTF8.GetString(utf8));
    }

    // What was read as JSON is written as JSON; but a line end in it would end the line.
    private static bool IsJson(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'{' or (byte)'[', ..] || text.ContainsAny("\r\n"u8) || !Utf8.IsValid(text)) return false;
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = ContractTree.MaxArgumentDepth });
        try
        {
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
