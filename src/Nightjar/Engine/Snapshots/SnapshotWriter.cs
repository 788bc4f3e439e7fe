using System.Numerics;
using System.Text;
using Nightjar.Events;

namespace Nightjar.Engine.Snapshots;

/// <summary>Writes values of a snapshot. Texts go into a table of their own, because symbols mean nothing in another run.</summary>
internal sealed class SnapshotWriter(SymbolTable symbols, Func<int, long, string> locate) : IDisposable
{
    private readonly MemoryStream _body = new();
    private readonly Dictionary<Symbol, int> _texts = [];
    private readonly List<Symbol> _order = [];
    private readonly Dictionary<StoredEvent, int> _events = new(ReferenceEqualityComparer.Instance);
    private readonly byte[] _scratch = new byte[16];

    /// <summary>Writes everything to a stream: mark, texts, body.</summary>
    public void Finish(Stream to)
    {
        using var writer = new BinaryWriter(to, Encoding.UTF8, leaveOpen: true);
        writer.Write(SnapshotFormat.Mark);
        writer.Write(_order.Count);
        foreach (var symbol in _order)
        {
            var utf8 = symbols.Utf8(symbol);
            writer.Write(utf8.Length);
            writer.Write(utf8);
        }
        writer.Write(_body.Length);
        _body.Position = 0;
        _body.CopyTo(to);
    }

    public void Dispose() => _body.Dispose();

    public void Number(long value)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(_scratch, value);
        _body.Write(_scratch, 0, 8);
    }

    public void Id(UInt128 value)
    {
        System.Buffers.Binary.BinaryPrimitives.WriteUInt128LittleEndian(_scratch, value);
        _body.Write(_scratch, 0, 16);
    }

    public void Time(Instant time) => Number(time.Micros);

    public void Flag(bool value) => Number(value ? 1 : 0);

    public void Text(ReadOnlySpan<byte> utf8)
    {
        Number(utf8.Length);
        _body.Write(utf8);
    }

    public void Text(string text) => Text(Encoding.UTF8.GetBytes(text));

    public void Symbol(Symbol symbol)
    {
        if (!_texts.TryGetValue(symbol, out var number))
        {
            number = _texts[symbol] = symbol.IsNone ? -1 : _order.Count;
            if (!symbol.IsNone) _order.Add(symbol);
        }
        Number(number);
    }

    /// <summary>An event: in full the first time, by its number after.</summary>
    public void Event(StoredEvent stored)
    {
        if (_events.TryGetValue(stored, out var number))
        {
            Number(number);
            return;
        }
        _events[stored] = _events.Count;
        Number(-1);
        Header(in stored.Header);
        var view = stored.View;
        var slot = 0;
        for (var mask = stored.Header.MaskLow; mask != 0; mask &= mask - 1) Slot((FieldId)BitOperations.TrailingZeroCount(mask), view.Values[slot++], in view);
        for (var mask = stored.Header.MaskHigh; mask != 0; mask &= mask - 1) Slot((FieldId)(64 + BitOperations.TrailingZeroCount(mask)), view.Values[slot++], in view);
        Moment(in stored.Moment);
    }

    private void Moment(in Moment moment)
    {
        Time(moment.Time);
        Number(moment.State.Packed);
        Time(moment.LastInteraction);
        Time(moment.AppStateTold);
        Time(moment.LockTold);
        Time(moment.Installed);
        Time(moment.Updated);
        Drifts(moment.Drifts);
        Symbol(moment.Version);
        Symbol(moment.Signer);
        Symbol(moment.Category);
        Flag(moment.IsManagedByPolicy);
        Permissions(moment.Permissions);
    }

    /// <summary>A set of permissions, in the order of their texts; −1 for none told.</summary>
    public void Permissions(IReadOnlySet<Symbol>? permissions)
    {
        Number(permissions?.Count ?? -1);
        foreach (var permission in (permissions ?? new HashSet<Symbol>()).OrderBy(symbols.Text, StringComparer.Ordinal)) Symbol(permission);
    }

    /// <summary>The latest drift of each kind, in the order of kinds; −1 where there is no app.</summary>
    public void Drifts(Drifts? drifts)
    {
        Number(drifts?.All.Count() ?? -1);
        foreach (var drift in drifts?.All ?? [])
        {
            Number((long)drift.Kind);
            Time(drift.Time);
            Id(drift.Event);
            Symbol(drift.From);
            Symbol(drift.To);
        }
    }

    public void Sighting(in Sighting sighting)
    {
        Event(sighting.Event);
        Flag(sighting.IsOpen);
        Text(sighting.Variant.VariantKey);
    }

    private void Header(ref readonly EventHeader header)
    {
        Time(header.Time);
        Time(header.End);
        Number(header.Sequence);
        Id(header.Id);
        Symbol(header.Device);
        Symbol(header.App);
        Symbol(header.LogName);
        Text(locate(header.File, header.Position));
        Number(header.ClassUid);
        Number(header.Activity);
        Number((long)header.Class);
        Number((long)header.Platform);
        Number(header.State.Packed);
        Number((long)header.MaskLow);
        Number((long)header.MaskHigh);
    }

    private void Slot(FieldId field, long value, in EventView view)
    {
        switch (FieldCatalog.Of(field).Kind)
        {
            case FieldKind.Text:
                Text(view.Text(field));
                break;
            case FieldKind.SymbolList:
                var list = view.List(field);
                Number(list.Count);
                for (var i = 0; i < list.Count; i++) Symbol(list[i]);
                break;
            case var kind when kind.IsSymbol():
                Symbol(new Symbol((int)value));
                break;
            default:
                Number(value);
                break;
        }
    }
}

/// <summary>What a snapshot begins with.</summary>
internal static class SnapshotFormat
{
    /// <summary>"NJS" and the version of the format.</summary>
    public const int Mark = 0x07_53_4A_4E;
}
