using Nightjar.Engine;
using Nightjar.Events;
using Nightjar.Preview;

namespace Nightjar.Cli.Scanning;

/// <summary>Reads once what a scan would read, and judges it by each of some policies.</summary>
internal sealed class PreviewRun(ScanRequest request, SymbolTable symbols, IReadOnlyList<RunContent> contents)
{
    private static readonly EngineOptions Engine = new();

    /// <summary>Inputs that could not be read at all.</summary>
    public IReadOnlyList<string> Unreadable { get; private set; } = [];

    /// <summary>One for each content, in the same order.</summary>
    /// <exception cref="OperationCanceledException">Interrupted; temporary files are gone.</exception>
    public IReadOnlyList<JudgedRun> Run(CancellationToken cancellation)
    {
        using var reading = new TelemetryReading(request, symbols, Engine.ClockSkew);
        PolicyTrial[] trials = [];
        reading.Feed(() => [.. (trials = Begin(reading)).SelectMany(trial => trial.Takers)], cancellation);
        Unreadable = [.. reading.Intake.Accounts.Where(file => file.State == FileState.Unreadable).Select(file => file.Path)];
        return [.. trials.Select(trial => trial.Complete())];
    }

    private PolicyTrial[] Begin(TelemetryReading reading) =>
        [.. contents.Select(content => new PolicyTrial(Engine, request.Threads, content.Analytics.Analytics, symbols, (file, position) => reading.Intake.FileOf(file).Locate(position), content.Policy))];
}
