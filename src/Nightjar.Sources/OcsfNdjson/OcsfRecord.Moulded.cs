using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Takes the values of a line that were found by a mould: the same as the walker hands over one by one, in the same order. Because all of them are known
/// at once, what is looked up of them in memory is asked for before it is needed, and the waits fall together.</summary>
internal sealed partial class OcsfRecord
{
    // A session over a small file does without recent texts.
    private const int LinesBefore = 256;

    private RecentTexts? _recent;
    private int _lines;

    /// <summary>Takes the values of a line.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Take(Moulds moulds, ReadOnlySpan<byte> line, Span<MouldValue> values)
    {
        if (_recent is null && ++_lines > LinesBefore) _recent = new RecentTexts();
        Expect(moulds, line, values);
        foreach (ref readonly var value in values)
        {
            ref readonly var step = ref moulds.Step(value.Step);
            if (step.Form == MouldForm.Text) Text(step.Node!, line, in value);
            else if (step.Form == MouldForm.Digits) Whole(step.Node!, WholeNumber.OfDigits(line, value.Start, value.End));
            else Other(in step, line, value.Start, value.End);
        }
    }

    /// <summary>Gives back what was lent; nothing more is taken.</summary>
    public void GiveBack()
    {
        _recent?.GiveBack();
        _recent = null;
    }

    // The second loop is kept short, so that the processor has all of a line's waits under way at once.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Expect(Moulds moulds, ReadOnlySpan<byte> line, Span<MouldValue> values)
    {
        foreach (ref var value in values)
        {
            ref readonly var step = ref moulds.Step(value.Step);
            if (step.IsInterned && !value.IsEscaped) Reckon(step.Node!, line, ref value);
        }
        var (recent, symbols) = (_recent, _symbols!);
        foreach (ref var value in values)
        {
            if (!value.Key.IsNone) value.Seen = symbols.Fetch(value.Key);
            else if (value.Place >= 0) value.Seen = recent!.Fetch(value.Place);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Reckon(AttributeNode node, ReadOnlySpan<byte> line, ref MouldValue value)
    {
        var length = value.End - value.Start;
        if (length <= RecentTexts.MaxLength && node.Kind != AttributeKind.ListItem && _recent is { } recent && length > 0 && recent.Expects(node.Field))
            value.Place = RecentTexts.PlaceOf(RecentTexts.Load(line, value.Start, length), length);
        else if (length is > 0 and <= EventBatch.MaxTextBytes)
            value.Key = SymbolTable.KeyOf(line.Slice(value.Start, length));
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private void Text(AttributeNode node, ReadOnlySpan<byte> line, ref readonly MouldValue value)
    {
        var text = line[value.Start..value.End];
        if (value.IsEscaped) Escaped(node, text);
        else if (value.Place >= 0) Recent(node, text, RecentTexts.Load(line, value.Start, text.Length), value.Place);
        else if (value.Key.IsNone) Text(node, text);
        else Interned(node, text, value.Key);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Escaped(AttributeNode node, ReadOnlySpan<byte> text)
    {
        text = scratch.Unescape(text, out var isWhole);
        if (!isWhole) BrokenText(node);
        Text(node, text);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Interned(AttributeNode node, ReadOnlySpan<byte> text, TextKey key)
    {
        switch (node.Kind)
        {
            case AttributeKind.Text when node.FieldKind != FieldKind.Address:
                _batch.Set(node.Field, text, key);
                break;
            case AttributeKind.ListItem when !node.IsHash || !text.ContainsAnyInRange((byte)'A', (byte)'F'):
                _batch.Add(node.Field, text, key);
                break;
            default:
                Text(node, text);
                break;
        }
    }

    private void Recent(AttributeNode node, ReadOnlySpan<byte> text, Vector256<byte> loaded, int place)
    {
        var symbol = _recent!.Find(node.FieldKind, loaded, text.Length, place);
        if (!symbol.IsNone)
        {
            Put(node, symbol);
            return;
        }
        Keep(node, text, loaded, place);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Keep(AttributeNode node, ReadOnlySpan<byte> text, Vector256<byte> loaded, int place)
    {
        // Of an attribute that is given twice the text may be none, and what the event then has is the other's.
        var isSecond = node.Kind == AttributeKind.Text && _batch.IsSet(node.Field);
        var known = _symbols!.Count;
        Text(node, text);
        if (!isSecond && Got(node) is { IsNone: false } made) _recent!.Keep(node, loaded, text.Length, place, made, made.Id >= known);
    }

    // Mostly the host of the same line's endpoint, which has just been looked up.
    private void SetHost(ReadOnlySpan<byte> host)
    {
        if (_recent is { } recent && host.Length is > 0 and <= RecentTexts.MaxLength)
        {
            var text = RecentTexts.Load(host, 0, host.Length);
            if (recent.Find(FieldKind.Host, text, host.Length, RecentTexts.PlaceOf(text, host.Length)) is { IsNone: false } symbol)
            {
                _batch.Set(FieldId.UrlHostname, symbol);
                return;
            }
        }
        _batch.Set(FieldId.UrlHostname, host);
    }

    private void Put(AttributeNode node, Symbol symbol)
    {
        switch (node.Kind)
        {
            case AttributeKind.Device:
                _batch.Current.Device = symbol;
                _seen |= Required.Device;
                break;
            case AttributeKind.App:
                _apps[(int)node.Place] = symbol;
                break;
            case AttributeKind.LogName:
                _batch.Current.LogName = symbol;
                break;
            default:
                _batch.Set(node.Field, symbol);
                break;
        }
    }

    private Symbol Got(AttributeNode node) => node.Kind switch
    {
        AttributeKind.Device => _batch.Current.Device,
        AttributeKind.App => _apps[(int)node.Place],
        AttributeKind.LogName => _batch.Current.LogName,
        _ => _batch.CurrentSymbol(node.Field),
    };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Other(ref readonly MouldStep step, ReadOnlySpan<byte> line, int start, int end)
    {
        switch (step.Form)
        {
            case MouldForm.Number:
                Number(step.Node!, line[start..end]);
                break;
            case MouldForm.Word when line[start] != (byte)'n':
                Flag(step.Node!, line[start] == (byte)'t');
                break;
            case MouldForm.List:
                BeginList(step.Node!);
                break;
            case MouldForm.WholeObject or MouldForm.WholeArray:
                Whole(step.Node!, line[start..end]);
                break;
            case MouldForm.Any:
                Unknown(step.Parent!, line.Slice(start - step.NameBack, step.NameLength));
                break;
        }
    }
}
