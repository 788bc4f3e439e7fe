using System.Text;
using Nightjar.Events;

namespace Nightjar.Findings;

/// <summary>An event written out in full, independent of batches and symbols.</summary>
public sealed record EvidenceEvent
{
    /// <summary>The id that the source gave, or the fingerprint of the record.</summary>
    public required string Uid { get; init; }

    public required Instant Time { get; init; }

    /// <summary>Equal to <see cref="Time"/> for what has no length.</summary>
    public required Instant End { get; init; }

    public required EventClass Class { get; init; }

    public required int ClassUid { get; init; }

    public required int Activity { get; init; }

    public required string Device { get; init; }

    public required Platform Platform { get; init; }

    /// <summary>Null when the record names no app.</summary>
    public required string? App { get; init; }

    /// <summary>ATT&amp;CK log source name; empty when unknown.</summary>
    public required string LogName { get; init; }

    /// <summary>States and attributions as the record tells them.</summary>
    public required StateBits State { get; init; }

    /// <summary>The slot fields that the event has, in the order of <see cref="FieldId"/>.</summary>
    public required IReadOnlyList<EvidenceField> Fields { get; init; }

    /// <summary>Where the record stands: <c>logs/conn.log line 12</c>. Not part of the finding's identity: it changes with the split of files.</summary>
    public required string Provenance { get; init; }

    /// <summary>The value of a field; null when the event lacks it.</summary>
    public object? this[FieldId field] => Fields.FirstOrDefault(item => item.Field == field)?.Value;

    /// <summary>Writes an event out.</summary>
    public static EvidenceEvent From(in EventView view, SymbolTable symbols, string provenance)
    {
        ref readonly var header = ref view.Header;
        var uid = view.Text(FieldId.EventUid);
        return new EvidenceEvent
        {
            Uid = uid.IsEmpty ? EventIds.Text(header.Id) : Encoding.UTF8.GetString(uid),
            Time = header.Time,
            End = header.End,
            Class = header.Class,
            ClassUid = header.ClassUid,
            Activity = header.Activity,
            Device = symbols.Text(header.Device),
            Platform = header.Platform,
            App = header.App.IsNone ? null : symbols.Text(header.App),
            LogName = symbols.Text(header.LogName),
            State = header.State,
            Fields = FieldsOf(in view, symbols),
            Provenance = provenance,
        };
    }

    private static List<EvidenceField> FieldsOf(in EventView view, SymbolTable symbols)
    {
        var fields = new List<EvidenceField>();
        foreach (var info in FieldCatalog.All)
        {
            if (info.Id >= FieldCatalog.FirstHeaderField || !view.Has(info.Id)) continue;
            fields.Add(new EvidenceField(info.Id, ValueOf(in view, info, symbols)));
        }
        return fields;
    }

    private static object ValueOf(in EventView view, FieldInfo info, SymbolTable symbols)
    {
        switch (info.Kind)
        {
            case FieldKind.Text:
                return Encoding.UTF8.GetString(view.Text(info.Id));
            case FieldKind.SymbolList:
                var list = view.List(info.Id);
                var texts = new string[list.Count];
                for (var i = 0; i < texts.Length; i++) texts[i] = symbols.Text(list[i]);
                return texts;
            case FieldKind.Number:
                return view.TryGetNumber(info.Id, out var number) ? number : 0d;
            case FieldKind.Flag:
                return view.Flag(info.Id) == Tri.True;
            case FieldKind.Integer:
                return view.TryGetInteger(info.Id, out var integer) ? integer : 0L;
            default:
                return symbols.Text(view.Symbol(info.Id));
        }
    }
}

/// <summary>One field of an event: a <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="bool"/> or <c>string[]</c>.</summary>
public sealed record EvidenceField(FieldId Field, object Value);
