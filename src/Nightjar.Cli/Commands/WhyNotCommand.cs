using System.CommandLine;
using Nightjar.Analytics;
using Nightjar.Analytics.Reading;
using Nightjar.Cli.Scanning;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Sinks.Plain;
using Nightjar.Sinks.Records;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar why-not ANALYTIC DEVICE APP PATH…</c>: why an analytic reported nothing, stage by stage.</summary>
internal sealed class WhyNotCommand
{
    private readonly Argument<string> _analytic = new("analytic") { Description = "Uid of the analytic, for example AN1677." };
    private readonly Argument<string> _device = new("device-uid") { Description = "Uid or name of the device." };
    private readonly Argument<string> _app = new("app") { Description = "Package name or bundle id. An analytic about the device as a whole does not look at it." };
    private readonly InputOptions _input = new();

    public static Command Create(GlobalOptions settings, CancellationToken cancellation)
    {
        var whyNot = new WhyNotCommand();
        var command = new Command("why-not", "Why an analytic reported nothing about an app of a device: what was seen, what was missing, and by how much.")
        {
            whyNot._analytic, whyNot._device, whyNot._app, whyNot._input.Paths,
        };
        foreach (var option in whyNot._input.Options) command.Options.Add(option);
        command.SetAction(parsed => whyNot.Run(parsed, settings, cancellation));
        return command;
    }

    private int Run(ParseResult parsed, GlobalOptions settings, CancellationToken cancellation)
    {
        var progress = ProgressLine.ForTerminal(settings.IsQuiet(parsed));
        if (_input.Request(parsed, progress) is not { } request) return ExitCode.Mistakes;
        var symbols = new SymbolTable();
        if (_input.Load(parsed, request, symbols) is not { } content) return ExitCode.Mistakes;
        var analytic = Find(parsed.GetValue(_analytic)!, content.Analytics.Analytics);
        using var run = new WhyNotRun(request, analytic, symbols, parsed.GetValue(_device)!, parsed.GetValue(_app)!) { Policy = content.Policy };
        try
        {
            run.Read(cancellation);
        }
        finally
        {
            progress?.Clear();
        }
        return Tell(run, settings.IsJson(parsed));
    }

    private static int Tell(WhyNotRun run, bool asJson)
    {
        var answer = run.Answer();
        if (asJson)
        {
            using var output = Console.OpenStandardOutput();
            WhyNotWriter.Write(answer, output);
        }
        else
        {
            TextWhyNot.Write(answer, Console.Out);
        }
        foreach (var path in run.Unreadable) Console.Error.WriteLine($"nightjar: {path} could not be read.");
        return run.Unreadable.Count > 0 ? ExitCode.Unreadable : ExitCode.Done;
    }

    private static Analytic Find(string uid, IReadOnlyList<Analytic> analytics) =>
        analytics.FirstOrDefault(item => string.Equals(item.Uid, uid, StringComparison.OrdinalIgnoreCase))
        ?? throw new UsageException($"There is no analytic `{uid}`. {Nearest.Hint(uid, analytics.Select(item => item.Uid))} Known: {string.Join(", ", analytics.Select(item => item.Uid))}.".Replace("  ", " ", StringComparison.Ordinal));
}
