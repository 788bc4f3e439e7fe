using System.Text;
using Nightjar.Events;
using Nightjar.Sources.Android;
using Nightjar.Sources.Logcat;

namespace Nightjar.Sources.Dumpstate;

/// <summary>The history of <c>batterystats</c>, as far as it tells for days which app was in front and whether the screen was on.</summary>
/// <remarks>Its lines count from a moment that the first line names and later ones correct; newer versions write the time out.</remarks>
internal sealed class BatterySection(Dump dump) : DumpSection(dump)
{
    private const int AppStateChange = 1;
    private const int ScreenOn = 5;
    private const int ScreenOff = 6;

    private readonly byte[] _stamp = new byte[32];
    private Instant? _base;
    private bool _isHistory;

    public override void OnLine(ReadOnlySpan<byte> line, long number, EventBatch batch)
    {
        var text = line.Trim(" \t"u8);
        if (text.StartsWith("Battery History"u8))
        {
            _isHistory = true;
            _base = null;
        }
        else if (_isHistory && !TryTake(text, number, batch) && !text.IsEmpty && line[0] != (byte)' ')
        {
            _isHistory = false;
        }
    }

    public override void OnEnd(EventBatch batch) => _isHistory = false;

    private bool TryTake(ReadOnlySpan<byte> text, long number, EventBatch batch)
    {
        var used = ElapsedText.Read(text, out var since);
        if (used == 0) return TryTakeWritten(text, number, batch);
        var at = text.IndexOf("TIME: "u8);
        if (at >= 0 && TryMoment(text[(at + 6)..], out var moment)) _base = moment - since;
        if (_base is { } begin) Write(text, begin + since, number, batch);
        return true;
    }

    // "02-27 10:00:00.123 095 +top=…": the year is that of the dump, or the one before.
    private bool TryTakeWritten(ReadOnlySpan<byte> text, long number, EventBatch batch)
    {
        if (text.Length < 19 || text[2] != (byte)'-' || text[5] != (byte)' ' || Dump.Now is not { } now) return false;
        Span<byte> stamp = stackalloc byte[23];
        var year = now.ToDateTimeOffset().Year;
        for (var tries = 0; tries < 2; tries++, year--)
        {
            Encoding.ASCII.GetBytes(year.ToString("0000", System.Globalization.CultureInfo.InvariantCulture), stamp);
            stamp[4] = (byte)'-';
            text[..18].CopyTo(stamp[5..]);
            if (!Dump.Zone.TryRead(stamp, out var time, out _) || time > now + TimeSpan.FromDays(1)) continue;
            Write(text, time, number, batch);
            return true;
        }
        return false;
    }

    // "2026-02-27-10-00-01"; milliseconds since 1970 in some.
    private bool TryMoment(ReadOnlySpan<byte> text, out Instant moment)
    {
        moment = default;
        var end = text.IndexOf((byte)' ');
        if (end >= 0) text = text[..end];
        if (System.Buffers.Text.Utf8Parser.TryParse(text, out long millis, out var used) && used == text.Length)
        {
            moment = TimeText.FromEpoch(millis);
            return millis > 0;
        }
        if (text.Length != 19) return false;
        text.CopyTo(_stamp);
        (_stamp[10], _stamp[13], _stamp[16]) = ((byte)' ', (byte)':', (byte)':');
        return Dump.Zone.TryRead(_stamp.AsSpan(0, 19), out moment, out _);
    }

    private void Write(ReadOnlySpan<byte> text, Instant time, long number, EventBatch batch)
    {
        foreach (var range in text.Split((byte)' '))
        {
            var word = text[range];
            if (word.Length < 5 || word[0] is not ((byte)'+' or (byte)'-')) continue;
            var isOn = word[0] == (byte)'+';
            if (word[1..].SequenceEqual("screen"u8)) WriteScreen(isOn, time, number, batch);
            else if (word[1..].StartsWith("top="u8)) WriteTop(word[5..], isOn, time, number, batch);
        }
    }

    private void WriteScreen(bool isOn, Instant time, long number, EventBatch batch)
    {
        Dump.Begin(batch, EventClass.MobileState, isOn ? ScreenOn : ScreenOff, time, Dump.Zone.Basis, number);
        batch.Current.State.IsScreenOn = TriLogic.Of(isOn);
        Commit("screen"u8, default, number, batch);
    }

    // u0a280:"com.x"; of a process that began in the same line the number only.
    private void WriteTop(ReadOnlySpan<byte> who, bool isOn, Instant time, long number, EventBatch batch)
    {
        var package = DumpText.Between(who, "\""u8, "\""u8);
        if (!AndroidPath.IsPackage(package)) return;
        Dump.Begin(batch, EventClass.MobileState, AppStateChange, time, Dump.Zone.Basis, number);
        batch.Current.State.AppState = isOn ? AppState.Foreground : AppState.Background;
        LogcatWriter.NameApp(batch, package, AppGrade.Package);
        var colon = who.IndexOf((byte)':');
        if (colon > 0) Dump.Log.Processes.LearnUid(AndroidUid.Parse(who[..colon]), package);
        Commit("top"u8, package, number, batch);
    }

    private void Commit(ReadOnlySpan<byte> what, ReadOnlySpan<byte> package, long number, EventBatch batch)
    {
        batch.Set(FieldId.LogTag, "batterystats"u8);
        batch.Current.Sequence = number;
        batch.Current.Id = Dump.Key.Begin("battery"u8).Add(what).Add(package).Add((long)batch.Current.Activity).Add((long)batch.Current.State.AppState).Add(batch.Current.Time.Micros).ToId();
        batch.Commit();
    }
}
