using System.CommandLine;
using Nightjar.Cli.Content;
using Nightjar.Cli.Scanning;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Policies.Reading;
using Nightjar.Preview;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar policy preview [--from OLD] --to NEW PATH…</c>: what a change of the policy would have done to past telemetry.</summary>
internal sealed class PolicyPreviewCommand
{
    private const int DaysOfSuggestion = 90;

    private readonly InputOptions _input = new();
    private readonly Option<string?> _from = new("--from") { Description = "The policy before the change. Default: none." };
    private readonly Option<string?> _to = new("--to") { Description = "The policy after the change. Default: none." };
    private readonly Option<bool> _suggest = new("--suggest") { Description = "Propose the narrowest exceptions to --to that would hide the chosen findings, and warn of what else they would hide." };
    private readonly ChoiceOptions _choice = new();
    private readonly Option<string?> _created = new("--created") { Description = "The day on which suggested exceptions are written down. Default: today." };
    private readonly Option<string?> _expires = new("--expires") { Description = $"The day on which suggested exceptions end. Default: {DaysOfSuggestion} days later." };

    public static Command Create(GlobalOptions settings, CancellationToken cancellation)
    {
        var preview = new PolicyPreviewCommand();
        var command = new Command("preview", "What a change of the policy would have done: findings gained, lost, changed in score, and what each exception hid. With --suggest: exceptions for chosen findings.") { preview._input.Paths };
        foreach (var option in new Option[] { preview._from, preview._to, preview._suggest }.Concat(preview._choice.Options).Concat([preview._created, preview._expires]).Concat(preview._input.OptionsWithoutPolicy))
            command.Options.Add(option);
        command.SetAction(parsed => preview.Run(parsed, settings, cancellation));
        return command;
    }

    private int Run(ParseResult parsed, GlobalOptions settings, CancellationToken cancellation)
    {
        var isSuggesting = parsed.GetValue(_suggest);
        CheckUsage(parsed, isSuggesting);
        var dates = Dates(parsed);
        var progress = ProgressLine.ForTerminal(settings.IsQuiet(parsed));
        if (_input.Request(parsed, progress) is not { } request) return ExitCode.Mistakes;
        var symbols = new SymbolTable();
        // Both are loaded before either counts, so that the mistakes of both are told.
        string?[] files = isSuggesting ? [parsed.GetValue(_to)] : [parsed.GetValue(_from), parsed.GetValue(_to)];
        RunContent?[] loaded = [.. files.Select(file => _input.Load(parsed, request, symbols, file))];
        if (loaded.Any(content => content is null)) return ExitCode.Mistakes;
        var run = new PreviewRun(request, symbols, [.. loaded.OfType<RunContent>()]);
        IReadOnlyList<JudgedRun> judged;
        try
        {
            judged = run.Run(cancellation);
        }
        finally
        {
            progress?.Clear();
        }
        if (isSuggesting) TellSuggestions(parsed, settings, judged[0], request.Analytics, dates);
        else TellComparison(parsed, settings, judged, request.Analytics);
        foreach (var path in run.Unreadable) Console.Error.WriteLine($"nightjar: {path} could not be read.");
        return run.Unreadable.Count > 0 ? ExitCode.Unreadable : ExitCode.Done;
    }

    private void CheckUsage(ParseResult parsed, bool isSuggesting)
    {
        if (isSuggesting && parsed.GetValue(_from) is not null) throw new UsageException("--from goes with a comparison. What --suggest proposes is for --to, or for a new policy without it.");
        if (isSuggesting && !_choice.IsGiven(parsed))
            throw new UsageException("--suggest needs the findings to hide: --finding UID, --choose analytic=AN1848,app=com.example.app,device=UID, or --in DIR for those that a scan wrote.");
        if (!isSuggesting && (_choice.IsGiven(parsed) || new Option[] { _created, _expires }.Any(option => parsed.GetResult(option) is { Implicit: false })))
            throw new UsageException("--finding, --choose, --in, --created and --expires go with --suggest.");
        if (!isSuggesting && parsed.GetValue(_from) is null && parsed.GetValue(_to) is null) throw new UsageException("Name the policy after the change with --to, or the one before it with --from, or both.");
    }

    private static void TellComparison(ParseResult parsed, GlobalOptions settings, IReadOnlyList<JudgedRun> judged, string? choice)
    {
        var comparison = PolicyComparison.Between(judged[0], judged[1], Catalogue.Load(choice, new SymbolTable()).Analytics, ReferenceData.Shipped);
        if (settings.IsJson(parsed)) PreviewJson.Write(comparison, Console.OpenStandardOutput());
        else PreviewText.Write(comparison, settings.Output(parsed));
    }

    private void TellSuggestions(ParseResult parsed, GlobalOptions settings, JudgedRun judged, string? choice, SuggestionDates dates)
    {
        if (judged.MatchesLeftOut > 0) throw new UsageException($"There are {judged.MatchesLeftOut} matches more than can be kept. Read less of it: --analytics, --since and --until.");
        var chosen = _choice.Chosen(parsed, judged);
        var (sources, scenarios) = Catalogue.FilesOf(choice);
        var report = new SuggestionStudy(judged, dates, ReferenceData.Shipped).Suggest(chosen, scenarios, sources);
        if (settings.IsJson(parsed)) SuggestionJson.Write(report, Console.OpenStandardOutput());
        else SuggestionText.Write(report, settings.Output(parsed), Console.Out);
    }

    private SuggestionDates Dates(ParseResult parsed)
    {
        var created = Day(parsed, _created) ?? Instant.From(DateTimeOffset.UtcNow);
        var expires = Day(parsed, _expires) ?? created + TimeSpan.FromDays(DaysOfSuggestion);
        // Written as days, so that what is checked is what would be pasted.
        var dates = new SuggestionDates(DateText.Parse(DateText.Day(created))!.Value, DateText.Parse(DateText.Day(expires))!.Value);
        return dates.Expires > dates.Created ? dates : throw new UsageException("A suggested exception would expire no later than it was created.");
    }

    private static Instant? Day(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text
        ? null
        : DateText.Parse(text) ?? throw new UsageException($"{option.Name} takes a day such as 2026-12-31, not `{text}`.");
}
