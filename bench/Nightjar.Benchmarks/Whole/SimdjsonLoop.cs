using System.Diagnostics;
using System.Globalization;

namespace Nightjar.Benchmarks.Whole;

/// <summary>The second yardstick: the same loop in C++ over simdjson, the fastest JSON reader there is. One thread.</summary>
/// <remarks>Built where g++ and libsimdjson-dev are; the program times itself, so starting it does not count.</remarks>
internal sealed class SimdjsonLoop(string repository) : IWhole
{
    private readonly string _source = Path.Combine(repository, "bench/simdjson-yardstick/yardstick.cpp");
    private readonly string _program = Path.Combine(repository, "artifacts/bench/simdjson-yardstick");

    public string Name => "simdjson loop (C++)";

    public string? Obstacle()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_program)!);
        if (File.Exists(_program) && File.GetLastWriteTimeUtc(_program) > File.GetLastWriteTimeUtc(_source)) return null;
        var (code, _, errors) = Start("g++", "-O3", "-march=native", "-std=c++17", "-DSIMDJSON_THREADS_ENABLED=0", _source, "-o", _program, "-lsimdjson");
        return code == 0 ? null : $"needs g++ and libsimdjson-dev: {errors.Split('\n')[0]}";
    }

    public WholeResult Run(FileInfo file)
    {
        var (code, output, errors) = Start(_program, file.FullName);
        if (code != 0) throw new InvalidOperationException(errors);
        var words = output.Split(' ');
        return new WholeResult(
            TimeSpan.FromMicroseconds(long.Parse(words[0], CultureInfo.InvariantCulture)),
            long.Parse(words[1], CultureInfo.InvariantCulture),
            ulong.Parse(words[2], CultureInfo.InvariantCulture)) { Processor = TimeSpan.FromMicroseconds(long.Parse(words[3], CultureInfo.InvariantCulture)) };
    }

    private static (int Code, string Output, string Errors) Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return (-1, "", missing.Message);
        }
    }
}
