using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Reading;
using Nightjar.Events;

namespace Nightjar.Analytics.Where;

/// <summary>The functions of the language, each with its parameters, its result and what it does.</summary>
internal static class Functions
{
    /// <summary>For the manual: name, parameters, result, meaning.</summary>
    public static IReadOnlyList<(string Name, string Parameters, string Result, string Meaning)> Manual { get; } =
    [
        ("stem", "path", "text", "the folder and the name without its extension; code files that belong together have the same"),
        ("folder", "path", "text", "the folder of a path, with its last slash"),
        ("file_name", "path", "text", "the last part of a path"),
        ("extension", "path", "text", "the extension in lower case, with its dot"),
        ("media_type", "content type", "text", "a content type in lower case, without its parameters: `text/html` for `Text/HTML; charset=utf-8`"),
        ("place", "path", "text", "the kind of place: app_private, shared_storage, installed_code, system, …"),
        ("owner", "path", "text", "the app whose place it is"),
        ("domain", "host", "text", "the registrable domain; an address is its own"),
        ("service_class", "host", "text", "the service class of a host; absent when it has none"),
        ("api_family", "function", "words", "the families of an API function"),
        ("roles", "app", "words", "the roles of an app; `unknown` when nobody wrote one down"),
        ("code_like", "threshold", "truth", "the event's file is code by magic, else by name, else by entropy"),
        ("code_name", "text", "truth", "a name whose extension is one of code"),
        ("writable", "path", "truth", "a place where the app itself may write"),
        ("magic_contradicts_name", "[stage]", "truth", "the content is something else than the name says"),
        ("unattended", "duration", "truth", "in the background, or locked, or no interaction for the duration"),
        ("attended", "duration", "truth", "in the foreground, unlocked and used within the duration, all known"),
        ("in_background", "", "truth", "the app was not in the foreground"),
        ("idle", "duration", "truth", "no user interaction for the duration"),
        ("installed_within", "duration", "truth", "the app was installed less than the duration before"),
        ("updated_within", "duration", "truth", "the app was installed or updated less than the duration before"),
        ("type_in", "set, threshold", "truth", "the file's type is in the set: by magic, else by extension, else `opaque` when its entropy reaches the threshold"),
        ("novel", "host", "truth", "the app's baseline does not hold the host's domain; unknown without a baseline"),
        ("vetted", "", "truth", "the reviewed package of the app holds the loaded code, or the written file; unknown without a manifest or a SHA-256"),
        ("novel_class", "host", "truth", "the app's baseline does not hold the host's service class; unknown without a baseline"),
        ("watched_service", "host", "truth", "the host belongs to a service through which commands may be relayed"),
        ("role_expects", "host", "truth", "a role of the app brings traffic with the host's service class"),
        ("permitted", "host", "truth", "the policy lets the app talk to the host: by its destinations or its service classes"),
        ("approved", "", "truth", "the policy approves the app; unknown where it does not say"),
        ("holds", "'permission'", "truth", "the app holds the permission; unknown when nothing told of its permissions"),
        ("installer_changed_within", "duration", "truth", "another installer or source than before was seen less than the duration ago"),
        ("drifted_within", "duration, ['kind', …]", "truth", $"less than the duration ago the app was seen to be no longer what it was: {string.Join(", ", DriftKinds.All.Select(DriftKinds.Name))}; any of these when none is named"),
        ("drifts", "['kind', …]", "truth", "this very event shows such a drift"),
        ("not_after", "stage", "truth", "the event begins no later than the event of the stage ends"),
        ("within", "stage, duration", "truth", "the event begins no later than the duration after the end of the event of the stage"),
        ("maybe", "truth", "truth", "true when the answer is true or unknown"),
        ("present", "field", "truth", "the event has the field"),
    ];

    public static Bound Bind(Binder binder, CallExpression call) => call.Name switch
    {
        "stem" => Map(binder, call, binder.Names.Facts.StemKey),
        "folder" => Map(binder, call, path => path[..(path.LastIndexOf('/') + 1)]),
        "file_name" => Map(binder, call, path => path[(path.LastIndexOf('/') + 1)..]),
        "extension" => Map(binder, call, path => Path.GetExtension(path).ToLowerInvariant()),
        "media_type" => Map(binder, call, type => type.Split(';', 2)[0].Trim().ToLowerInvariant()),
        "place" => Map(binder, call, binder.Names.Facts.Place),
        "owner" => Map(binder, call, binder.Names.Facts.Owner),
        "domain" => Map(binder, call, binder.Names.Facts.RegistrableDomain),
        "service_class" => Map(binder, call, binder.Names.Facts.ServiceClass),
        "api_family" => Words(binder, call, binder.Names.Facts.ApiFamilies, []),
        "roles" => Arity(binder, call, 1) && binder.Text(call.Arguments[0]) is { } app ? new BoundRoles(app) : new BoundNothing(),
        "code_name" => Test(binder, call, binder.Names.Facts.IsCodeName),
        "writable" => Test(binder, call, binder.Names.Facts.IsAppWritable),
        "code_like" => CodeLike(binder, call),
        "magic_contradicts_name" => Contradiction(binder, call),
        "unattended" => Moment(binder, call, (in moment, span) => moment.Unattended(span), Interaction),
        "attended" => Moment(binder, call, (in moment, span) => moment.Attended(span), Interaction),
        "idle" => Moment(binder, call, (in moment, span) => moment.IdleFor(span), Interaction),
        "installed_within" => Moment(binder, call, (in moment, span) => moment.Within(moment.Installed, span), ("time since the installation", (in moment) => moment.Installed)),
        "updated_within" => Moment(binder, call, (in moment, span) => moment.Within(moment.Installed, span).Or(moment.Within(moment.Updated, span)), Change),
        "in_background" => Arity(binder, call, 0) ? new BoundTruth(new MomentTest((in moment) => moment.InBackground)) : new BoundNothing(),
        "type_in" => TypeIn(binder, call),
        "novel" => Arity(binder, call, 1) && binder.Text(call.Arguments[0]) is { } host ? new BoundTruth(new NoveltyTest(host, binder.Names.Normal)) : new BoundNothing(),
        "vetted" => Arity(binder, call, 0) ? new BoundTruth(new VettedTest(binder.Names.Normal.Reviews)) : new BoundNothing(),
        "novel_class" => Arity(binder, call, 1) && binder.Text(call.Arguments[0]) is { } service ? new BoundTruth(new ClassNoveltyTest(service, binder.Names.Facts, binder.Names.Symbols, binder.Names.Normal)) : new BoundNothing(),
        "watched_service" => Test(binder, call, binder.Names.Facts.IsWatchedService),
        "role_expects" => Arity(binder, call, 1) && binder.Text(call.Arguments[0]) is { } target ? new BoundTruth(new RoleTest(target, binder.Names.Facts, binder.Names.Symbols)) : new BoundNothing(),
        "permitted" => Arity(binder, call, 1) && binder.Text(call.Arguments[0]) is { } to ? new BoundTruth(new PermittedTest(to, binder.Names.Facts, binder.Names.Symbols)) : new BoundNothing(),
        "approved" => Arity(binder, call, 0) ? new BoundTruth(new ApprovedTest(binder.Names.Facts, binder.Names.Symbols)) : new BoundNothing(),
        "holds" => Holds(binder, call),
        "installer_changed_within" => Moment(binder, call, (in moment, span) => TriLogic.Of(moment.Drifts?.IsWithin(moment.Time, span, DriftKind.Installer, DriftKind.Source) == true), ("time since another installer was seen", (in moment) => moment.Drifts?.LatestOf(DriftKind.Installer, DriftKind.Source) ?? Instant.Min)),
        "drifted_within" or "drifts" => DriftTest.Bind(binder, call),
        "not_after" => NotAfter(binder, call),
        "within" => Within(binder, call),
        "maybe" => Arity(binder, call, 1) ? new BoundTruth(new Maybe(binder.Truth(call.Arguments[0]))) : new BoundNothing(),
        "present" => Present(binder, call),
        _ => binder.Refuse<Bound>(call, $"`{call.Name}` is no function.", new BoundNothing(), Rules.UnknownFunction, Nearest.Hint(call.Name, Manual.Select(item => item.Name))),
    };

    private static bool Arity(Binder binder, CallExpression call, int count) =>
        call.Arguments.Count == count || binder.Refuse(call, $"`{call.Name}` takes {count} value(s), not {call.Arguments.Count}.", false);

    private static Bound Map(Binder binder, CallExpression call, Func<string, string?> map) =>
        Arity(binder, call, 1) && binder.Text(call.Arguments[0]) is { } text
            ? new BoundText(new MappedText(text, new SymbolMap(binder.Names.Symbols, map)))
            : new BoundNothing();

    private static Bound Words(Binder binder, CallExpression call, Func<string, IReadOnlyCollection<string>> of, IReadOnlyCollection<string> absent) =>
        Arity(binder, call, 1) && binder.Text(call.Arguments[0]) is { } text ? new BoundWords(text, of, absent) : new BoundNothing();

    private static Bound Test(Binder binder, CallExpression call, Func<string, bool> test) =>
        Arity(binder, call, 1) && binder.Text(call.Arguments[0]) is { } text
            ? new BoundTruth(new TextTest(text, new SymbolMemo(binder.Names.Symbols, test), Tri.Unknown))
            : new BoundNothing();

    private delegate Tri MomentWithin(in Moment moment, TimeSpan span);

    private static (string What, OfMoment<Instant> Since) Interaction => ("time since the last interaction", (in moment) => moment.LastInteraction);

    private static (string What, OfMoment<Instant> Since) Change =>
        ("time since the installation or update", (in moment) => moment.Installed > moment.Updated ? moment.Installed : moment.Updated);

    private static Bound Moment(Binder binder, CallExpression call, MomentWithin test, (string What, OfMoment<Instant> Since) compared)
    {
        if (!Arity(binder, call, 1) || binder.Fixed(call.Arguments[0]) is not { } seconds) return new BoundNothing();
        var span = TimeSpan.FromSeconds(seconds);
        var tuned = binder.TunableOf(call.Arguments[0]) is { } tunable
            ? new TunedTest(tunable, compared.What, new DecidingNumber(At(TimeSpan.MinValue), At(TimeSpan.MaxValue), new SecondsSince(compared.Since)))
            : null;
        return new BoundTruth(new MomentTest((in moment) => test(in moment, span), tuned));

        MomentTest At(TimeSpan end) => new((in moment) => test(in moment, end));
    }

    private static Bound CodeLike(Binder binder, CallExpression call) =>
        Arity(binder, call, 1) && binder.Fixed(call.Arguments[0]) is { } threshold
            ? new BoundTruth(new CodeLikeTest(binder.Names.Facts, binder.Names.Symbols, threshold, binder.TunableOf(call.Arguments[0])))
            : new BoundNothing();

    private static Bound TypeIn(Binder binder, CallExpression call)
    {
        if (!Arity(binder, call, 2) || binder.Fixed(call.Arguments[1]) is not { } threshold) return new BoundNothing();
        return binder.Bind(call.Arguments[0]) is BoundSet set
            ? new BoundTruth(new TypeTest(binder.Names.Facts, binder.Names.Symbols, set.Has, threshold, binder.TunableOf(call.Arguments[1])))
            : binder.Refuse<Bound>(call, "`type_in` takes a set of types first.", new BoundNothing());
    }

    private static Bound Contradiction(Binder binder, CallExpression call)
    {
        var stage = -1;
        if (call.Arguments is [NameExpression name]) stage = binder.Names.Stages.ToList().IndexOf(name.Name);
        if (call.Arguments.Count > 1 || call.Arguments.Count == 1 && (stage < 0 || !binder.Names.Reachable(stage)))
            return binder.Refuse<Bound>(call, "`magic_contradicts_name` takes a stage that comes before, or nothing.", new BoundNothing());
        return new BoundTruth(new ContradictionTest(binder.Names.Facts, binder.Names.Symbols, stage));
    }

    private static Bound Holds(Binder binder, CallExpression call)
    {
        if (call.Arguments is not [TextExpression permission]) return binder.Refuse<Bound>(call, "`holds` takes the name of a permission in quotes.", new BoundNothing());
        var symbol = binder.Names.Symbols.Intern(permission.Value);
        return new BoundTruth(new MomentTest((in moment) => moment.Holds(symbol)));
    }

    private static Bound NotAfter(Binder binder, CallExpression call)
    {
        var stage = call.Arguments is [NameExpression name] ? binder.Names.Stages.ToList().IndexOf(name.Name) : -1;
        return stage >= 0 && binder.Names.Reachable(stage)
            ? new BoundTruth(new NotAfterTest(stage, TimeSpan.Zero))
            : binder.Refuse<Bound>(call, "`not_after` takes another stage.", new BoundNothing());
    }

    private static Bound Within(Binder binder, CallExpression call)
    {
        if (call.Arguments is not [NameExpression name, var duration] || binder.Names.Stages.ToList().IndexOf(name.Name) is not (>= 0 and var stage) || !binder.Names.Reachable(stage))
            return binder.Refuse<Bound>(call, "`within` takes another stage and a duration.", new BoundNothing());
        return binder.Fixed(duration) is { } seconds ? new BoundTruth(new NotAfterTest(stage, TimeSpan.FromSeconds(seconds))) : new BoundNothing();
    }

    private static Bound Present(Binder binder, CallExpression call)
    {
        if (call.Arguments is [NameExpression name] && FieldCatalog.Find(name.Name) is { } field) return new BoundTruth(new FieldPresent(field.Id, -1));
        return binder.Refuse<Bound>(call, "`present` takes the name of a field.", new BoundNothing());
    }
}
