using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>Takes values: one entry per JSON type, then by what the attribute is.</summary>
internal sealed partial class OcsfRecord
{
    /// <summary>A text, escapes resolved.</summary>
    public void Text(AttributeNode node, ReadOnlySpan<byte> text)
    {
        switch (node.Kind)
        {
            case AttributeKind.Text:
                SetText(node, text);
                break;
            case AttributeKind.ListItem:
                AddItem(node, text);
                break;
            case AttributeKind.List:
                if (!node.TakesPlainItems) WrongType(node, text);
                AddItem(node, text);
                break;
            case >= AttributeKind.Uid and <= AttributeKind.LogName:
                Name(node, text);
                break;
            case AttributeKind.AppState:
                SetAppState(node, text);
                break;
            case AttributeKind.InstallSource:
                SetInstallSource(node, text);
                break;
            case AttributeKind.Arguments:
                _batch.Set(FieldId.ModuleArgs, text);
                ModuleArguments.ReadText(text, _batch);
                break;
            default:
                TextElsewhere(node, text);
                break;
        }
    }

    /// <summary>A number, as written.</summary>
    public void Number(AttributeNode node, ReadOnlySpan<byte> number)
    {
        switch (node.Kind)
        {
            case AttributeKind.Quiet:
                break;
            case AttributeKind.Object:
                WrongShape(node, "a number");
                break;
            case AttributeKind.Number:
                SetNumber(node, number);
                break;
            case AttributeKind.Flag or AttributeKind.HeaderFlag:
                WrongType(node, number);
                if (number is [(byte)'0' or (byte)'1']) SetFlag(node, number[0] == (byte)'1');
                break;
            case AttributeKind.AppState or AttributeKind.InstallSource:
                Unusable(node, number, "is a number, not a word");
                break;
            case >= AttributeKind.Integer:
                if (WholeNumber.TryRead(number, out var whole)) Whole(node, whole);
                else Unusable(node, number, "is no whole number of 64 bits");
                break;
            default:
                WrongType(node, number);
                Text(node, number);
                break;
        }
    }

    /// <summary>A whole number for an attribute that is one.</summary>
    public void Whole(AttributeNode node, long value)
    {
        if (value < node.Min || value > node.Max)
        {
            Unusable(node, value, $"lies outside {node.Min} to {node.Max}");
            return;
        }
        ref var header = ref _batch.Current;
        switch (node.Kind)
        {
            case AttributeKind.ClassUid:
                header.ClassUid = (int)value;
                header.Class = EventClasses.FromUid(value);
                _seen |= Required.ClassUid;
                break;
            case AttributeKind.Activity:
                header.Activity = (ushort)value;
                _seen |= Required.Activity;
                break;
            case AttributeKind.OsType:
                header.Platform = Platforms.FromOsTypeId(value);
                break;
            case AttributeKind.Sequence:
                header.Sequence = value;
                break;
            case AttributeKind.Duration:
                _duration = value;
                break;
            case AttributeKind.Time or AttributeKind.EndTime:
                SetTime(node, Instant.FromMillis(value), TimeBasis.Stated);
                break;
            default:
                _batch.SetInteger(node.Field, value);
                break;
        }
    }

    /// <summary>A boolean.</summary>
    public void Flag(AttributeNode node, bool value)
    {
        if (node.Kind is AttributeKind.Flag or AttributeKind.HeaderFlag) SetFlag(node, value);
        else if (node.Kind != AttributeKind.Quiet) WrongShape(node, "a boolean");
    }

    /// <summary>An object or an array that is not walked.</summary>
    public void Whole(AttributeNode node, ReadOnlySpan<byte> json)
    {
        if (node.Kind == AttributeKind.Arguments) Arguments(json);
        else if (node.Kind != AttributeKind.Quiet) WrongShape(node, json[0] == (byte)'{' ? "an object" : "an array");
    }

    /// <summary>The beginning of an array.</summary>
    public void BeginList(AttributeNode node) => _batch.Unset(node.Field);

    // An object or an array.
    private void Arguments(ReadOnlySpan<byte> json)
    {
        _batch.Unset(FieldId.ModuleArgPath);
        _batch.Unset(FieldId.ModuleArgName);
        _batch.Set(FieldId.ModuleArgs, json);
        ModuleArguments.Read(json, _batch, scratch);
    }

    private void Name(AttributeNode node, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty) return;
        switch (node.Kind)
        {
            case AttributeKind.Device:
                _batch.Current.Device = _batch.Intern(text);
                _seen |= Required.Device;
                break;
            case AttributeKind.App:
                _apps[(int)node.Place] = _batch.Intern(text);
                break;
            case AttributeKind.LogName:
                ref var likely = ref _logNames[ClassNumber];
                _batch.Current.LogName = likely = _batch.Intern(text, likely);
                break;
            default:
                _batch.Set(FieldId.EventUid, text);
                // Of an id that is kept cut off, the whole counts.
                _longId = text.Length > EventBatch.MaxTextBytes ? EventIds.FromUid(text) : default;
                break;
        }
    }

    // Text where none is expected: what it spells is taken where that is beyond doubt.
    private void TextElsewhere(AttributeNode node, ReadOnlySpan<byte> text)
    {
        switch (node.Kind)
        {
            case AttributeKind.Quiet:
                break;
            case AttributeKind.Object:
                WrongShape(node, "a text");
                break;
            case >= AttributeKind.Moment when TryTimeText(node, text):
                break;
            case AttributeKind.Flag or AttributeKind.HeaderFlag:
                WrongType(node, text);
                if (text.SequenceEqual("true"u8) || text.SequenceEqual("false"u8)) SetFlag(node, text[0] == (byte)'t');
                break;
            default:
                if (!WholeNumber.IsNumber(text))
                {
                    Unusable(node, text, node.Kind >= AttributeKind.Moment ? "is no time" : "is no number");
                    break;
                }
                WrongType(node, text);
                Number(node, text);
                break;
        }
    }

    private void SetTime(AttributeNode node, Instant time, TimeBasis basis)
    {
        ref var header = ref _batch.Current;
        if (node.Kind == AttributeKind.Moment)
        {
            _batch.SetInteger(node.Field, time.Millis);
            return;
        }
        if (node.Kind == AttributeKind.EndTime)
        {
            header.End = time;
            _hasEnd = true;
            return;
        }
        header.Time = time;
        header.State.TimeBasis = basis;
        _seen |= Required.Time;
    }

    private bool TryTimeText(AttributeNode node, ReadOnlySpan<byte> text)
    {
        if (!TimeText.TryParse(text, input.Settings.AssumedOffset, out var time, out var basis)) return false;
        SetTime(node, time, basis);
        return true;
    }

    private void SetText(AttributeNode node, ReadOnlySpan<byte> text)
    {
        _batch.Set(node.Field, text);
        if (node.FieldKind == FieldKind.Address && !text.IsEmpty && !_batch.IsSet(node.Field)) Unusable(node, text, "is no IP address");
    }

    private void SetAppState(AttributeNode node, ReadOnlySpan<byte> word)
    {
        if (StateNames.TryParse(word, out AppState state)) _batch.Current.State.AppState = state;
        else Unusable(node, word, "is no state of an app");
    }

    private void SetInstallSource(AttributeNode node, ReadOnlySpan<byte> word)
    {
        if (StateNames.TryParse(word, out InstallSource source)) _batch.Current.State.InstallSource = source;
        else Unusable(node, word, "is no source of installation");
    }

    private void SetNumber(AttributeNode node, ReadOnlySpan<byte> number)
    {
        if (!double.TryParse(number, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var value)
            || !double.IsFinite(value) || value < node.Min || value > node.Max)
            Unusable(node, number, $"lies outside {node.Min} to {node.Max}");
        else
            _batch.SetNumber(node.Field, value);
    }

    private void SetFlag(AttributeNode node, bool value)
    {
        ref var state = ref _batch.Current.State;
        var truth = TriLogic.Of(value);
        switch (node.Field)
        {
            case FieldId.IsDeviceLocked: state.IsDeviceLocked = truth; break;
            case FieldId.IsScreenOn: state.IsScreenOn = truth; break;
            case FieldId.IsManagedApp: state.IsManagedApp = truth; break;
            case FieldId.IsManagedDevice: state.IsManagedDevice = truth; break;
            case FieldId.IsSupervised: state.IsSupervised = truth; break;
            case FieldId.IsHearsay: state.IsHearsay = value; break;
            default: _batch.SetFlag(node.Field, value); break;
        }
    }

    // Hex digits mean the same in either case, but analytics compare them as text.
    private void AddItem(AttributeNode node, ReadOnlySpan<byte> text)
    {
        Span<byte> lower = stackalloc byte[128];
        if (!node.IsHash || text.Length > lower.Length || !text.ContainsAnyInRange((byte)'A', (byte)'F'))
        {
            _batch.Add(node.Field, text);
            return;
        }
        System.Text.Ascii.ToLower(text, lower, out var length);
        _batch.Add(node.Field, lower[..length] is var hex && hex.ContainsAnyExcept("0123456789abcdef"u8) ? text : hex);
    }
}
