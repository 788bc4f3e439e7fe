using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Nightjar.Events;

namespace Nightjar.Tests.Sources.OcsfNdjson;

/// <summary>An invented event that says only what a line of the contract can say.</summary>
internal sealed record SomeEvent(int Class, int Activity, long Micros, long Lasts, long Sequence, uint State, int Platform, string Device, string App, (FieldId Field, int Seed)[] Values)
{
    private static readonly string[] Texts =
        ["a", "com.example.app", "é😀", "with \"quotes\" \\ and \t control \u0001", "a/b?c=d&e", "\u2028<script>", "-", "null", "12", new string('x', 300)];

    private static readonly int[] Classes = [.. Enumerable.Range(1, EventClasses.Count - 1).Select(i => ((EventClass)i).Uid()), 2004, 0, int.MaxValue];

    private static readonly FieldId[] Fields =
    [
        .. FieldCatalog.All.Where(info => info.Id < FieldCatalog.FirstHeaderField && info.Id is not (FieldId.ModuleArgPath or FieldId.ModuleArgName)).Select(info => info.Id),
    ];

    public static Arbitrary<SomeEvent> Any()
    {
        var value = from field in Gen.Elements(Fields) from seed in Gen.Choose(0, 1_000_000) select (field, seed);
        var some =
            from uid in Gen.Elements(Classes)
            from activity in Gen.Choose(0, 99)
            from micros in Between(Instant.Min.Micros, Instant.Max.Micros - 10_000_000_000)
            from lasts in Gen.OneOf(Gen.Constant(0L), Between(1, 10_000_000_000))
            from sequence in Gen.OneOf(Gen.Constant(0L), Between(long.MinValue, long.MaxValue))
            from state in Gen.Choose(0, int.MaxValue)
            from platform in Gen.Choose(0, 4)
            from device in Gen.Elements(Texts)
            from app in Gen.Elements(Texts.Append(""))
            from values in Gen.ArrayOf(value)
            select new SomeEvent(uid, activity, micros, lasts, sequence, (uint)state, platform, device, app, values);
        return some.ToArbitrary();
    }

    /// <summary>One that has every field, with other values for every number.</summary>
    public static SomeEvent Numbered(int number) => new(
        Classes[number % Classes.Length], number % 100, 1_772_366_400_000_000 + number * 501L, number % 3 * 7_001L, number % 2, (uint)number * 977, number % 5,
        Texts[number % Texts.Length], Texts[(number + 1) % Texts.Length], [.. Fields.Select((field, i) => (field, number + i))]);

    private static Gen<long> Between(long min, long max) =>
        from high in Gen.Choose(0, int.MaxValue)
        from low in Gen.Choose(0, int.MaxValue)
        select (long)(min + (Int128)(((UInt128)(ulong)((long)high << 31 | (uint)low) * (UInt128)((Int128)max - min)) >> 62));

    public void Put(EventBatch batch)
    {
        batch.Begin(EventClasses.FromUid(Class), Activity, new Instant(Micros), Reading.FileNumber, 1);
        ref var header = ref batch.Current;
        header.ClassUid = Class;
        header.End = new Instant(Micros + Lasts);
        header.Sequence = Sequence;
        header.Platform = (Platform)Platform;
        header.Device = batch.Symbols.Intern(Device);
        header.App = batch.Symbols.Intern(App);
        header.LogName = batch.Symbols.Intern(Texts[State % Texts.Length]);
        header.State = States();
        foreach (var (field, seed) in Values) Put(batch, field, seed);
        // What a reader would derive is said, and an event without a stated id has none before it is a line.
        if (batch.IsSet(FieldId.UrlText) && !batch.IsSet(FieldId.UrlHostname)) batch.Set(FieldId.UrlHostname, "h.example");
        if (!header.App.IsNone) header.State.AppGrade = batch.IsSet(FieldId.AppSigner) ? AppGrade.PackageAndSigner : AppGrade.Package;
        var uid = "event " + Micros.ToString(CultureInfo.InvariantCulture);
        batch.Set(FieldId.EventUid, uid);
        header.Id = EventIds.FromUid(Encoding.UTF8.GetBytes(uid));
        batch.Commit();
    }

    private StateBits States() => new()
    {
        AppState = (AppState)(State % 6),
        IsDeviceLocked = (Tri)(State / 6 % 3),
        IsScreenOn = (Tri)(State / 18 % 3),
        IsManagedApp = (Tri)(State / 54 % 3),
        IsManagedDevice = (Tri)(State / 162 % 3),
        IsSupervised = (Tri)(State / 486 % 3),
        InstallSource = (InstallSource)(State / 1458 % 7),
        IsHearsay = State / 10206 % 2 == 1,
    };

    private static void Put(EventBatch batch, FieldId field, int seed)
    {
        var text = Texts[seed % Texts.Length];
        switch (FieldCatalog.Of(field).Kind)
        {
            case FieldKind.Integer: batch.SetInteger(field, Integer(field, seed)); break;
            case FieldKind.Number: batch.SetNumber(field, seed / 125_000.0); break;
            case FieldKind.Flag: batch.SetFlag(field, seed % 2 == 0); break;
            case FieldKind.Address: batch.Set(field, seed % 2 == 0 ? "10.0.0.1" : "2001:db8::" + (seed % 9999)); break;
            case FieldKind.Path: batch.Set(field, "/sdcard/" + text); break;
            case FieldKind.SymbolList: PutList(batch, field, seed); break;
            case FieldKind.Text when field == FieldId.ModuleArgs: PutArguments(batch, seed); break;
            default: batch.Set(field, text); break;
        }
    }

    private static long Integer(FieldId field, int seed) => field switch
    {
        FieldId.DstPort or FieldId.SrcPort => seed % 65_536,
        FieldId.LastUserInteraction => seed * 1_000_000L - 1,
        _ => seed * 9_000_000_000_000L,
    };

    private static void PutList(EventBatch batch, FieldId field, int seed)
    {
        batch.Unset(field);
        for (var i = 0; i <= seed % 4; i++)
        {
            var item = field is FieldId.FileHashes or FieldId.ModuleHashes ? (seed + i).ToString("x8", CultureInfo.InvariantCulture) : Texts[(seed + i) % Texts.Length];
            batch.Add(field, Encoding.UTF8.GetBytes(item));
        }
    }

    private static void PutArguments(EventBatch batch, int seed)
    {
        batch.Unset(FieldId.ModuleArgPath);
        batch.Unset(FieldId.ModuleArgName);
        switch (seed % 4)
        {
            case 0:
                batch.Set(FieldId.ModuleArgs, $"{{\"path\":\"/sdcard/{seed}\",\"n\":[1,2.5,true,null],\"name\":\"\\u00e9\"}}");
                batch.Set(FieldId.ModuleArgPath, $"/sdcard/{seed}");
                batch.Set(FieldId.ModuleArgName, "é");
                break;
            case 1:
                batch.Set(FieldId.ModuleArgs, "/data/user/0/" + seed);
                batch.Set(FieldId.ModuleArgPath, "/data/user/0/" + seed);
                break;
            default:
                batch.Set(FieldId.ModuleArgs, "not json, \"" + seed);
                break;
        }
    }
}
