using System.Globalization;
using System.Text;
using Nightjar.Events;
using Nightjar.Sources.Mapping.Plan;

namespace Nightjar.Sources.Mapping;

/// <summary>Gives one attribute of the event under way its value, in the form that the attribute asks for.</summary>
internal sealed class FieldWriter(MappingPlan plan, SourceInput input)
{
    private readonly StepRoom _room = new();
    private byte[] _joined = new byte[256];

    /// <summary>Where the record stands, for reports.</summary>
    public long Number { get; set; }

    /// <summary>The time of a rule; false when there is none, which is reported.</summary>
    public bool TryTime(FieldRule rule, RecordView view, EventBatch batch, out Instant time, out TimeBasis basis)
    {
        var text = Value(rule, view);
        basis = TimeBasis.Reported;
        time = default;
        if (text.IsEmpty && rule.OrFileTime && input.FileTime is { } fileTime)
        {
            time = fileTime;
            return true;
        }
        if (text.IsEmpty)
        {
            batch.Report(AnomalyKind.MissingField, input.File.Number, Number, "The record has no time.");
            return false;
        }
        if (TryTime(rule, text, out time, out basis)) return true;
        batch.Report(AnomalyKind.BadTime, input.File.Number, Number, $"The time `{Excerpt(text)}` has none of the forms that are mapped.");
        return false;
    }

    /// <summary>Sets the attribute; what cannot be taken is reported and left out.</summary>
    public void Write(FieldRule rule, RecordView view, EventBatch batch)
    {
        if (rule.Field.Kind == FieldKind.SymbolList)
        {
            WriteList(rule, view, batch);
            return;
        }
        var text = Value(rule, view);
        if (text.IsEmpty || TrySet(rule, text, view, batch)) return;
        Unusable(rule, text, batch);
    }

    /// <summary>The value of a rule as text; empty when there is none.</summary>
    public ReadOnlySpan<byte> Value(FieldRule rule, RecordView view)
    {
        if (rule.Constant is { } constant) return constant;
        if (rule.IsJoined) return Finish(rule, Joined(rule, view));
        foreach (var path in rule.From)
        {
            var value = view.Text(path);
            if (plan.Meaning.IsNothing(value)) continue;
            value = Through(rule, value);
            if (!value.IsEmpty) return Translated(rule, value);
        }
        return rule.Default;
    }

    private bool TrySet(FieldRule rule, ReadOnlySpan<byte> text, RecordView view, EventBatch batch)
    {
        ref var header = ref batch.Current;
        switch (rule.Field.Id)
        {
            case FieldId.DeviceUid:
                header.Device = batch.Intern(text);
                return true;
            case FieldId.AppUid:
                header.App = batch.Intern(text);
                header.State.AppGrade = rule.Grade;
                return true;
            case FieldId.LogName:
                header.LogName = batch.Intern(text);
                return true;
            case FieldId.OsTypeId:
                return TryPlatform(text, ref header);
            case FieldId.EndTime:
                return TryTime(rule, text, out header.End, out _);
            case FieldId.DurationMillis:
                return TryEnd(rule, text, ref header);
            case FieldId.AppStateName or FieldId.InstallSourceName:
                return TryWord(rule.Field.Id, text, ref header);
            case FieldId.LastUserInteraction:
                if (!TryTime(rule, text, out var moment, out _)) return false;
                batch.SetInteger(FieldId.LastUserInteraction, moment.Millis);
                return true;
            default:
                return TrySlot(rule, text, view, batch);
        }
    }

    private static bool TrySlot(FieldRule rule, ReadOnlySpan<byte> text, RecordView view, EventBatch batch)
    {
        var field = rule.Field.Id;
        switch (rule.Field.Kind)
        {
            case FieldKind.Integer:
                if (!NumberText.TryRead(text, rule.Factor * Times(rule, view), out var whole)) return false;
                var (min, max) = NumberText.RangeOf(field);
                if (whole < min || whole > max) return false;
                if (field == FieldId.ActivityId) batch.Current.Activity = (ushort)whole;
                else batch.SetInteger(field, whole);
                return true;
            case FieldKind.Number:
                if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number)) return false;
                batch.SetNumber(field, number);
                return true;
            case FieldKind.Flag:
                return FlagText.TryRead(text, out var flag) && SetFlag(field, flag, batch);
            default:
                batch.Set(field, text);
                return rule.Field.Kind != FieldKind.Address || batch.IsSet(field);
        }
    }

    private void WriteList(FieldRule rule, RecordView view, EventBatch batch)
    {
        if (rule.Constant is { } constant) batch.Add(rule.Field.Id, constant);
        foreach (var path in rule.From)
        {
            if (view.Of(path.Scope) is not { } values) continue;
            var any = false;
            for (var place = values.FirstOf(path.Slot); place >= 0; place = values.NextOf(place))
            {
                var value = values.TextOf(place);
                if (plan.Meaning.IsNothing(value)) continue;
                value = Finish(rule, value);
                if (value.IsEmpty) continue;
                any = true;
                if (!TryAdd(rule, value, batch)) Unusable(rule, value, batch);
            }
            // Of hashes every kind is taken; of other lists the first that holds anything.
            if (any && !IsHashes(rule.Field.Id)) return;
        }
    }

    private static bool IsHashes(FieldId field) => field is FieldId.FileHashes or FieldId.ModuleHashes;

    // Hex digits mean the same in either case, but analytics compare them as text. Documents of vendors print hashes of impossible length.
    private static bool TryAdd(FieldRule rule, ReadOnlySpan<byte> value, EventBatch batch)
    {
        if (rule.Field.Id == FieldId.AnswerData) value = AnswerText.Of(value);
        if (!IsHashes(rule.Field.Id))
        {
            batch.Add(rule.Field.Id, value);
            return true;
        }
        if (value.Length is not (32 or 40 or 56 or 64 or 96 or 128)) return false;
        Span<byte> lower = stackalloc byte[128];
        Ascii.ToLower(value, lower, out var length);
        lower = lower[..length];
        if (length != value.Length || lower.ContainsAnyExcept("0123456789abcdef"u8)) return false;
        batch.Add(rule.Field.Id, lower);
        return true;
    }

    private bool TryTime(FieldRule rule, ReadOnlySpan<byte> text, out Instant time, out TimeBasis basis)
    {
        basis = TimeBasis.Stated;
        foreach (var form in rule.Forms)
        {
            if (!form.TryRead(text, rule.Zone ?? input.Settings.AssumedOffset, out time, out var isStated)) continue;
            if (!isStated && rule.Zone is null) basis = TimeBasis.Assumed;
            return true;
        }
        time = default;
        return false;
    }

    private static bool TryEnd(FieldRule rule, ReadOnlySpan<byte> text, ref EventHeader header)
    {
        if (!NumberText.TryRead(text, rule.Factor, out var millis) || millis < 0) return false;
        header.End = header.Time + TimeSpan.FromMilliseconds(Math.Min(millis, (double)TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMillisecond / 2));
        return true;
    }

    // "iOS 17.1" and "Google Android" are platforms too. A name of another system says that it is none of ours.
    private static bool TryPlatform(ReadOnlySpan<byte> text, ref EventHeader header)
    {
        if (NumberText.TryRead(text, 1, out var number))
        {
            header.Platform = Platforms.FromOsTypeId(number);
            return true;
        }
        header.Platform = Platform.Other;
        while (!text.IsEmpty)
        {
            var length = 0;
            while (length < text.Length && char.IsAsciiLetter((char)text[length])) length++;
            if (PlatformOf(text[..length]) is var platform and not Platform.Unknown)
            {
                header.Platform = platform;
                return true;
            }
            text = text[Math.Min(text.Length, length + 1)..];
        }
        return true;
    }

    private static Platform PlatformOf(ReadOnlySpan<byte> word) =>
        Ascii.EqualsIgnoreCase(word, "android") ? Platform.Android
        : Ascii.EqualsIgnoreCase(word, "ios") || Ascii.EqualsIgnoreCase(word, "iphone") ? Platform.IOS
        : Ascii.EqualsIgnoreCase(word, "ipados") ? Platform.IPadOS : Platform.Unknown;

    private static bool TryWord(FieldId field, ReadOnlySpan<byte> text, ref EventHeader header)
    {
        if (field == FieldId.AppStateName)
        {
            if (!StateNames.TryParse(text, out AppState state)) return false;
            header.State.AppState = state;
            return true;
        }
        if (!StateNames.TryParse(text, out InstallSource source)) return false;
        header.State.InstallSource = source;
        return true;
    }

    private static bool SetFlag(FieldId field, bool value, EventBatch batch)
    {
        ref var state = ref batch.Current.State;
        var truth = TriLogic.Of(value);
        switch (field)
        {
            case FieldId.IsDeviceLocked: state.IsDeviceLocked = truth; break;
            case FieldId.IsScreenOn: state.IsScreenOn = truth; break;
            case FieldId.IsManagedApp: state.IsManagedApp = truth; break;
            case FieldId.IsManagedDevice: state.IsManagedDevice = truth; break;
            case FieldId.IsSupervised: state.IsSupervised = truth; break;
            case FieldId.IsHearsay: state.IsHearsay = value; break;
            default: batch.SetFlag(field, value); break;
        }
        return true;
    }

    private static double Times(FieldRule rule, RecordView view) =>
        rule.Times is { } path && NumberText.TryRead(view.Text(path), 1, out var times) && times > 0 ? times : 1;

    private ReadOnlySpan<byte> Joined(FieldRule rule, RecordView view)
    {
        var length = 0;
        foreach (var path in rule.From)
        {
            var part = view.Text(path);
            // A date without its time is no time.
            if (plan.Meaning.IsNothing(part)) return default;
            if (_joined.Length < length + part.Length + 1) Array.Resize(ref _joined, (length + part.Length + 1) * 2);
            if (length > 0) _joined[length++] = (byte)' ';
            part.CopyTo(_joined.AsSpan(length));
            length += part.Length;
        }
        return _joined.AsSpan(0, length);
    }

    private ReadOnlySpan<byte> Finish(FieldRule rule, ReadOnlySpan<byte> value)
    {
        value = Through(rule, value);
        return value.IsEmpty ? rule.Default : Translated(rule, value);
    }

    private ReadOnlySpan<byte> Through(FieldRule rule, ReadOnlySpan<byte> value)
    {
        foreach (var step in rule.Steps)
        {
            if (value.IsEmpty) return default;
            value = step.Apply(value, _room);
        }
        return plan.Meaning.IsNothing(value) ? default : value;
    }

    // What a table does not know goes on as it is: where it fits the attribute it is taken, where not it is reported there.
    private static ReadOnlySpan<byte> Translated(FieldRule rule, ReadOnlySpan<byte> value) =>
        rule.Table is null ? value : rule.Table.Find(value) ?? value;

    private void Unusable(FieldRule rule, ReadOnlySpan<byte> text, EventBatch batch) =>
        batch.Report(AnomalyKind.BadValue, input.File.Number, Number, $"`{Excerpt(text)}` does not fit {rule.Field.Path}; it was left out.");

    private static string Excerpt(ReadOnlySpan<byte> text)
    {
        var whole = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 80)]);
        return string.Concat(whole.Select(c => char.IsControl(c) || c == '\uFFFD' ? ' ' : c)) + (text.Length > 80 ? "…" : "");
    }
}

/// <summary>What a name resolves to, in the form in which other events name it.</summary>
internal static class AnswerText
{
    /// <summary>An address in its shortest form, a name in lower case; other data as it stands.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> answer)
    {
        if (answer.Length > HostText.MaxLength || answer.Contains((byte)' ')) return answer;
        if (HostText.Address(Encoding.UTF8.GetString(answer)) is { } address) return Encoding.ASCII.GetBytes(address);
        var name = new byte[HostText.MaxLength];
        return name.AsSpan(0, HostText.WriteHost(answer, name));
    }
}

/// <summary>Yes and no as sources write them.</summary>
internal static class FlagText
{
    /// <summary>Reads true, false, yes, no, on, off, 1, 0, enabled, disabled, in any case.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out bool value)
    {
        value = Is(text, "true") || Is(text, "yes") || Is(text, "on") || Is(text, "1") || Is(text, "enabled");
        return value || Is(text, "false") || Is(text, "no") || Is(text, "off") || Is(text, "0") || Is(text, "disabled");
    }

    private static bool Is(ReadOnlySpan<byte> text, string word) => Ascii.EqualsIgnoreCase(text, word);
}
