using System.CommandLine;
using Nightjar.Analytics;
using Nightjar.Analytics.Reading;
using Nightjar.Analytics.Tuning;
using Nightjar.Calibration;
using Nightjar.Cli.Scanning;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar analytics thresholds PATH…</c>: what the user's own data say about each number that is tunable.</summary>
internal sealed class ThresholdsCommand
{
    private readonly InputOptions _input = new();
    private readonly Option<string?> _uids = new("--analytic") { Description = "Uids of the analytics to study, with commas. Default: all." };
    private readonly Option<string?> _tunable = new("--tunable") { Description = "The tunable to study. Default: all that are numbers or switches." };
    private readonly Option<string?> _values = new("--values") { Description = "Values to try, with commas, for example 4KiB,16KiB,64KiB; needs --tunable. Default: chosen from the data." };
    private readonly Option<bool> _csv = new("--csv") { Description = "Write the counts as CSV, a line for each value." };

    public static Command Create(GlobalOptions settings, CancellationToken cancellation)
    {
        var thresholds = new ThresholdsCommand();
        var command = new Command("thresholds", "What is compared with each tunable in your own data, and what would be found at other values. Reads everything several times.") { thresholds._input.Paths };
        foreach (var option in new Option[] { thresholds._uids, thresholds._tunable, thresholds._values, thresholds._csv }.Concat(thresholds._input.Options)) command.Options.Add(option);
        command.SetAction(parsed => thresholds.Run(parsed, settings, cancellation));
        return command;
    }

    private int Run(ParseResult parsed, GlobalOptions settings, CancellationToken cancellation)
    {
        if (parsed.GetValue(_csv) && settings.IsJson(parsed)) throw new UsageException("Either --json or --csv can be written, not both.");
        var progress = ProgressLine.ForTerminal(settings.IsQuiet(parsed));
        if (_input.Request(parsed, progress) is not { } request) return ExitCode.Mistakes;
        if (request.Paths.Contains("-")) throw new UsageException("Standard input can be read once only, and the values are tried by reading again. Write it to a file first.");
        var symbols = new SymbolTable();
        if (_input.LoadTunable(parsed, request, symbols) is not var (content, compile)) return ExitCode.Mistakes;
        var analytics = Chosen(parsed.GetValue(_uids), content.Analytics.Analytics);
        var study = new ThresholdStudy(analytics, compile, symbols, Options(parsed, analytics) with { Threads = request.Threads });
        var run = new ThresholdsRun(request, study, symbols);
        try
        {
            run.Run(cancellation);
        }
        finally
        {
            progress?.Clear();
        }
        Tell(parsed, settings, study);
        foreach (var path in run.Unreadable) Console.Error.WriteLine($"nightjar: {path} could not be read.");
        return run.Unreadable.Count > 0 ? ExitCode.Unreadable : ExitCode.Done;
    }

    private void Tell(ParseResult parsed, GlobalOptions settings, ThresholdStudy study)
    {
        if (parsed.GetValue(_csv)) ThresholdsCsv.Write(study.Results(), Console.Out);
        else if (settings.IsJson(parsed)) ThresholdsJson.Write(study.Results(), study.Cut, Console.OpenStandardOutput());
        else ThresholdsText.Write(study.Results(), study.Cut, settings.Output(parsed));
    }

    private StudyOptions Options(ParseResult parsed, IReadOnlyList<Analytic> analytics)
    {
        var name = parsed.GetValue(_tunable);
        var values = Words(parsed.GetValue(_values));
        if (name is null) return values is null ? new StudyOptions() : throw new UsageException("--values needs --tunable: values of which?");
        List<Tunable> named = [.. analytics.SelectMany(item => item.Tunables).Where(item => item.Name == name)];
        if (named.Count == 0)
        {
            var known = analytics.SelectMany(item => item.Tunables).Where(IsCountable).Select(item => item.Name).Distinct(StringComparer.Ordinal).ToList();
            throw new UsageException($"No analytic that was chosen has a tunable `{name}`. {Nearest.Hint(name, known)} Known: {string.Join(", ", known)}.".Replace("  ", " ", StringComparison.Ordinal));
        }
        if (!named.Exists(IsCountable)) throw new UsageException($"`{name}` is no number and no switch but {named[0].Kind.Name()}; its values cannot be tried one after the other.");
        foreach (var text in values ?? []) Check(text, named);
        return new StudyOptions { Tunable = name, Values = values };
    }

    // A value must be one for at least one of the analytics that have the tunable.
    private static void Check(string text, List<Tunable> named)
    {
        var reason = "";
        foreach (var tunable in named)
        {
            var value = TunableValue.Parse(tunable.Kind, [text], out var problem);
            if (value is not null && tunable.Allows(value)) return;
            reason = value is null ? problem : $"It lies outside {ThresholdsText.Range(tunable)}.";
        }
        throw new UsageException($"`{named[0].Name}` cannot be `{text}`. {reason}");
    }

    private static bool IsCountable(Tunable tunable) => tunable.Kind <= TunableKind.Boolean;

    private static IReadOnlyList<Analytic> Chosen(string? text, IReadOnlyList<Analytic> analytics)
    {
        if (Words(text) is not { } uids) return analytics;
        foreach (var uid in uids.Where(uid => !analytics.Any(item => Is(item, uid))))
            throw new UsageException($"There is no analytic `{uid}`. Known: {string.Join(", ", analytics.Select(item => item.Uid))}.");
        return [.. analytics.Where(item => uids.Any(uid => Is(item, uid)))];
    }

    private static bool Is(Analytic analytic, string uid) => string.Equals(analytic.Uid, uid, StringComparison.OrdinalIgnoreCase);

    private static string[]? Words(string? text) => text?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } words ? words : null;
}
