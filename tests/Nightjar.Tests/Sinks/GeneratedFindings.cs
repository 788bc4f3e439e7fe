using FsCheck;
using FsCheck.Fluent;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Playbooks;

namespace Nightjar.Tests.Sinks;

/// <summary>Findings of every shape that the types allow, for properties that must hold of all of them.</summary>
internal static class GeneratedFindings
{
    /// <summary>The same findings on every run and machine; another seed here draws others.</summary>
    public static Config Config { get; } = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(20_260_314, 1);

    /// <summary>Any finding. Texts are valid Unicode, times lie in the range of OCSF.</summary>
    public static Gen<Finding> Any =>
        from uid in Word
        from activity in Gen.Elements(Enum.GetValues<FindingActivity>())
        from analytic in Analytic
        from device in Device
        from app in Maybe(Word)
        from texts in Gen.ArrayOf(Text, 2)
        from severity in Gen.Elements(Enum.GetValues<Severity>())
        from confidence in Gen.Elements(Enum.GetValues<Confidence>())
        from numbers in Gen.ArrayOf(Gen.Choose(0, 100), 3)
        from times in Times
        from stages in Several(Stage)
        from contributions in Several(Contribution)
        from triples in Gen.ArrayOf(Several(Gen.ArrayOf(Text, 3)), 2)
        from evidence in Several(EvidenceOf(device, app))
        from lists in Gen.ArrayOf(Several(Text), 4)
        from playbook in Maybe(Text)
        select new Finding
        {
            Uid = uid,
            Activity = activity,
            Analytic = analytic,
            Device = device,
            App = app,
            Title = texts[0],
            Description = texts[1],
            Severity = severity,
            Score = numbers[0],
            Confidence = confidence,
            Start = times.From,
            End = times.To,
            Count = numbers[1] + 1,
            Stages = stages,
            Contributions = contributions,
            Context = [.. triples[0].Select(item => new ContextFact(item[0], item[1], item[2]))],
            Tunables = [.. triples[1].Select(item => new TunableInForce(item[0], item[1], item[2]))],
            Evidence = evidence,
            EvidenceOmitted = numbers[2],
            Notes = lists[0],
            FalsePositives = lists[1],
            NextSteps = lists[2],
            RelatedFindings = lists[3],
            Playbook = playbook is null ? null : new Playbook(playbook),
        };

    private static Gen<string> Word => Gen.Elements("com.example.app", "d-1", "AN1677", "stage", "a b", "Ünïcode-名前", "x\u202Ey", "<b>&\"'", "{\"a\":1}", "line\nend\ttab\u0007\u001b[31m");

    private static Gen<string> Text => Gen.OneOf(Word, Gen.Constant(""), Gen.Choose(1, 40).SelectMany(length => Gen.ArrayOf(Gen.Choose(1, 0xD7FF), length)).Select(codes => string.Concat(codes.Select(code => (char)code))), Gen.Constant("🦉 emoji 👩‍🔬"));

    private static Gen<Instant> Time => from millis in Gen.Choose(0, int.MaxValue) from micros in Gen.Choose(0, 999) select new Instant(millis * 1_000_000L + micros);

    private static Gen<(Instant From, Instant To)> Times => from a in Time from b in Time select a < b ? (a, b) : (b, a);

    private static Gen<DataComponents> Components => Gen.Choose(0, (1 << DataComponentNames.Count) - 1).Select(bits => (DataComponents)bits);

    private static Gen<Tri> Tri => Gen.Elements(Enum.GetValues<Tri>());

    private static Gen<AnalyticReference> Analytic =>
        from words in Gen.ArrayOf(Word, 4)
        from strategy in Maybe(Word)
        from techniques in Gen.NonEmptyListOf(Technique)
        select new AnalyticReference(words[0], words[1], words[2], strategy, strategy is null ? null : words[3], "19.1", [.. techniques.Take(3)]);

    private static Gen<TechniqueReference> Technique =>
        from uid in Gen.Elements("T1407", "T1521.002", "T1544") from name in Word from tactic in Gen.Elements("TA0030", "TA0037") from title in Word
        select new TechniqueReference(uid, name, tactic, title);

    private static Gen<DeviceReference> Device =>
        from uid in Word from platform in Gen.Elements(Enum.GetValues<Platform>()) from name in Maybe(Word) from groups in Several(Word)
        select new DeviceReference(uid, platform, name, groups.Length == 0 ? null : groups);

    private static Gen<StageOutcome> Stage =>
        from id in Word from title in Text from state in Gen.Elements(Enum.GetValues<StageState>()) from required in Gen.Elements(true, false)
        from missing in Components from uids in Several(Word)
        select new StageOutcome(id, title, state, required, missing, uids);

    private static Gen<Contribution> Contribution =>
        from name in Word from points in Gen.Choose(-50, 100) from state in Tri from reason in Text
        select new Contribution(name, points, state, reason);

    private static Gen<Evidence> EvidenceOf(DeviceReference device, string? app) =>
        from stage in Word
        from uid in Word
        from times in Times
        from kind in Gen.Elements(Enum.GetValues<EventClass>())
        from activity in Gen.Choose(0, 8)
        from other in Gen.Elements(app, null, "com.example.other")
        from log in Gen.Elements("", "NSM:Flow", "android:logcat")
        from state in State
        from fields in Fields
        select new Evidence(stage, new EvidenceEvent
        {
            Uid = uid, Time = times.From, End = times.To, Class = kind, ClassUid = kind.Uid(), Activity = activity, Device = device.Uid,
            Platform = device.Platform, App = other, LogName = log, State = state, Fields = fields, Provenance = "logs/any.ndjson line 1",
        });

    private static Gen<StateBits> State =>
        from app in Gen.Elements(Enum.GetValues<AppState>())
        from tris in Gen.ArrayOf(Tri, 5)
        from grade in Gen.Elements(Enum.GetValues<AppGrade>())
        from basis in Gen.Elements(Enum.GetValues<TimeBasis>())
        from source in Gen.Elements(Enum.GetValues<InstallSource>())
        from origin in Gen.Elements(Enum.GetValues<DeviceBasis>())
        from hearsay in Gen.Elements(true, false)
        select new StateBits
        {
            AppState = app, IsDeviceLocked = tris[0], IsScreenOn = tris[1], IsManagedApp = tris[2], IsManagedDevice = tris[3], IsSupervised = tris[4],
            AppGrade = grade, TimeBasis = basis, InstallSource = source, DeviceBasis = origin, IsHearsay = hearsay,
        };

    private static Gen<EvidenceField[]> Fields =>
        Gen.SubListOf(FieldCatalog.All.Where(info => info.Id < FieldCatalog.FirstHeaderField))
            .SelectMany(infos => Gen.CollectToArray(infos.OrderBy(info => info.Id).Select(Field)));

    private static Gen<EvidenceField> Field(FieldInfo info) => Value(info).Select(value => new EvidenceField(info.Id, value));

    private static Gen<object> Value(FieldInfo info) => info.Kind switch
    {
        FieldKind.Integer => Gen.OneOf(Gen.Choose(-2, 70_000).Select(value => (object)(long)value), Gen.Elements<object>(long.MinValue, long.MaxValue)),
        FieldKind.Number => Gen.Elements<object>(0d, 7.2, -1.5, 1e300, double.Epsilon),
        FieldKind.Flag => Gen.Elements<object>(true, false),
        FieldKind.SymbolList => Several(Gen.OneOf(Word, Gen.Elements(new string('a', 32), new string('b', 64), new string('c', 128)))).Select(texts => (object)texts),
        FieldKind.Address => Gen.Elements<object>("203.0.113.7", "2001:db8::1", "::ffff:10.0.0.1", "fe80::1%wlan0", "no address", "1", ""),
        _ => Text.Select(text => (object)text),
    };

    private static Gen<T[]> Several<T>(Gen<T> one) => Gen.Choose(0, 4).SelectMany(count => Gen.ArrayOf(one, count));

    private static Gen<string?> Maybe(Gen<string> text) => Gen.OneOf(text.Select(value => (string?)value), Gen.Constant<string?>(null));
}
