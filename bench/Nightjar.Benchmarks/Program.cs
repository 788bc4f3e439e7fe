using BenchmarkDotNet.Running;
using Nightjar.Benchmarks;
using Nightjar.Benchmarks.Engine;
using Nightjar.Benchmarks.Speed;
using Nightjar.Benchmarks.Whole;

// "whole", "speed", "generate" and "baseline" work on files of the size people have, "engine" and "state" on events in memory; everything else is BenchmarkDotNet's.
return args switch
{
    ["whole", .. var rest] => WholeCommand.Measure(rest, Console.Out, Console.Error),
    ["speed", .. var rest] => SpeedCommand.Measure(rest, Console.Out, Console.Error),
    ["generate", .. var rest] => WholeCommand.Generate(rest, Console.Out, Console.Error),
    ["baseline", .. var rest] => WholeCommand.Baseline(rest, Console.Out, Console.Error),
    ["engine", .. var rest] => EngineCommand.Measure(rest, Repository.Root, Console.Out, Console.Error),
    ["state", .. var rest] => StateCommand.Measure(rest, Repository.Root, Console.Out, Console.Error),
    _ => BenchmarkSwitcher.FromAssembly(typeof(WholeCommand).Assembly).Run(args).Any(summary => summary.HasCriticalValidationErrors) ? 1 : 0,
};
