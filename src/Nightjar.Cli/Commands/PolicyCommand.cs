using System.CommandLine;
using Nightjar.Analytics;
using Nightjar.Cli.Content;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Policies.Reading;
using Nightjar.Policies.Telling;
using Nightjar.Sinks;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar policy check | show | diff | preview | schema</c></summary>
internal static class PolicyCommand
{
    public static Command Create(GlobalOptions settings, CancellationToken cancellation)
    {
        var command = new Command("policy", "What is expected of apps and devices: check it, show what it comes to, compare it, try a change.");
        command.Subcommands.Add(Check(settings));
        command.Subcommands.Add(Show(settings));
        command.Subcommands.Add(Diff(settings));
        command.Subcommands.Add(PolicyPreviewCommand.Create(settings, cancellation));
        command.Subcommands.Add(Schema());
        return command;
    }

    private static Command Check(GlobalOptions settings)
    {
        var file = PolicyArgument("file", "The policy.");
        var at = new Option<string?>("--at") { Description = "The day for which exceptions are checked. Default: today." };
        var from = From();
        var command = new Command("check", "Every mistake at once: unknown names, conflicts, what can never apply, what is too broad or has expired.") { file, at, from };
        command.SetAction(parsed =>
        {
            var reading = PolicyFile.Read(parsed.GetValue(file)!);
            var diagnostics = reading.Diagnostics.ToList();
            if (reading.Readable is { } readable) diagnostics.AddRange(Catalogue.Load(parsed.GetValue(from), new SymbolTable(), readable).Diagnostics);
            if (reading.Policy is { } policy) diagnostics.AddRange(PolicyDates.At(policy, At(parsed.GetValue(at))));
            var code = DiagnosticText.Print([.. diagnostics.Distinct().Order()], Console.Out);
            if (!settings.IsQuiet(parsed)) Console.Error.WriteLine(Summary(reading.Policy, diagnostics));
            return code;
        });
        return command;
    }

    private static Command Show(GlobalOptions settings)
    {
        var file = PolicyArgument("file", "The policy.");
        var effective = new Option<bool>("--effective") { Description = "What it comes to for one device and app: every value, with who sets it." };
        var asked = new QuestionOptions();
        var at = new Option<string?>("--at") { Description = "The day by which exceptions are called expired. Default: today." };
        var from = From();
        var command = new Command("show", "The policy in words; with --effective, what it comes to for one device and app.") { file, effective, at, from };
        foreach (var option in asked.Options) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            var isAsked = parsed.GetValue(effective);
            if (!isAsked && asked.IsGiven(parsed)) throw new UsageException("--device, --app and what is known of them go with --effective.");
            if (Bound(parsed.GetValue(file)!, parsed.GetValue(from)) is not var (bound, analytics)) return ExitCode.Mistakes;
            if (!isAsked) PolicyText.Write(bound.Policy, Console.Out);
            else
            {
                var question = asked.Question(parsed);
                var answer = EffectivePolicy.Of(bound, analytics, ReferenceData.Shipped, question);
                if (settings.IsJson(parsed)) EffectiveText.WriteJson(question, answer, Console.Out);
                else EffectiveText.Write(question, answer, At(parsed.GetValue(at)), Console.Out);
            }
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Diff(GlobalOptions settings)
    {
        var before = PolicyArgument("old", "A policy.");
        var after = PolicyArgument("new", "Another.");
        var from = From();
        var command = new Command("diff", "What was added, removed and changed, and the values that come of it.") { before, after, from };
        command.SetAction(parsed =>
        {
            if (Bound(parsed.GetValue(before)!, parsed.GetValue(from)) is not var (old, analytics) || Bound(parsed.GetValue(after)!, parsed.GetValue(from)) is not var (now, _)) return ExitCode.Mistakes;
            var changes = PolicyDiff.Between(old, now, analytics);
            foreach (var change in changes) Console.Out.WriteLine($"{change.Kind.ToString().ToLowerInvariant(),-8} {VisibleText.Of(change.What)}: {VisibleText.Of(change.Text)}");
            if (!settings.IsQuiet(parsed)) Console.Error.WriteLine(changes.Count == 0 ? "The two say the same." : $"{SinkWords.Count(changes.Count, "change")}.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "The JSON schema of a policy, for editors.");
        command.SetAction(_ => Console.Out.Write(PolicySchema.Write(ReferenceData.Shipped)));
        return command;
    }

    private static Argument<string> PolicyArgument(string name, string description) => new(name) { Description = description };

    private static Option<string?> From() => new("--analytics") { Description = "A folder of analytics that the policy is for, beside those that come with Nightjar." };

    // Null after errors, which are told; warnings are told by check.
    private static (BoundPolicy Bound, IReadOnlyList<Analytic> Analytics)? Bound(string file, string? choice)
    {
        if (!PolicyFile.TryRead(file, out var policy)) return null;
        var load = Catalogue.Load(choice, new SymbolTable(), policy!);
        if (load.InForce is null)
        {
            DiagnosticText.Print([.. load.Analytics.Diagnostics, .. load.Diagnostics], Console.Error);
            return null;
        }
        var analytics = Catalogue.Load(choice, new SymbolTable()).Analytics;
        return (load.InForce.Bound, analytics);
    }

    private static string Summary(Policy? policy, List<Diagnostic> diagnostics)
    {
        var errors = diagnostics.Count(item => item.Severity == DiagnosticSeverity.Error);
        var state = errors > 0 ? "The policy is not usable" : diagnostics.Count > 0 ? "The policy is usable" : "The policy is sound";
        return $"{state}: {SinkWords.Count(errors, "error")}, {SinkWords.Count(diagnostics.Count - errors, "remark")}{(policy is null ? "" : $"; {SinkWords.Count(policy.Exceptions.Count, "exception")}, {SinkWords.Count(policy.Tunables.Sum(item => item.Values.Count), "value")}")}.";
    }

    private static Instant At(string? text) => text is null
        ? Instant.From(DateTimeOffset.UtcNow)
        : DateText.Parse(text) ?? throw new UsageException($"--at takes a day such as 2026-12-31, not `{text}`.");
}

/// <summary>Whom <c>policy show --effective</c> is about, and what would be known of them.</summary>
internal sealed class QuestionOptions
{
    private readonly Option<string?> _device = new("--device") { Description = "Uid of the device." };
    private readonly Option<string?> _app = new("--app") { Description = "Package name or bundle id." };
    private readonly Option<string?> _platform = new("--platform") { Description = "android, ios or ipados." };
    private readonly Option<string[]> _groups = new("--group") { Description = "A group of the device as telemetry names it; may stand several times." };
    private readonly Option<bool?> _managed = new("--managed") { Description = "true or false: whether the device is managed." };
    private readonly Option<string?> _signer = new("--signer") { Description = "SHA-256 of the app's signer." };
    private readonly Option<string?> _category = new("--category") { Description = "The app's store category." };

    public IEnumerable<Option> Options => [_device, _app, _platform, _groups, _managed, _signer, _category];

    public bool IsGiven(ParseResult parsed) => Options.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <exception cref="UsageException">A value cannot be meant.</exception>
    public PolicyQuestion Question(ParseResult parsed)
    {
        var word = parsed.GetValue(_platform);
        var platform = word switch
        {
            null => Platform.Unknown,
            "android" => Platform.Android,
            "ios" => Platform.IOS,
            "ipados" => Platform.IPadOS,
            _ => throw new UsageException($"--platform takes android, ios or ipados, not `{word}`."),
        };
        var managed = parsed.GetValue(_managed) is { } told ? told ? Tri.True : Tri.False : Tri.Unknown;
        return new PolicyQuestion(new DeviceFacts(parsed.GetValue(_device) ?? "", platform, parsed.GetValue(_groups) ?? [], managed), parsed.GetValue(_app) ?? "", parsed.GetValue(_signer), parsed.GetValue(_category));
    }
}
