using System.Diagnostics;

namespace Nightjar.Conformance.House;

/// <summary>Runs what a document tells its reader to run: in bash, at the repository's root, without input, for two minutes at most.</summary>
internal static class Shell
{
    public static async Task<(int Code, string Output, string Errors)> Run(string script, string folder, CancellationToken cancellation)
    {
        using var process = new Process { StartInfo = Start(folder) };
        process.Start();
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var errors = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.WriteAsync(script.AsMemory(), cancellation);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await errors);
    }

    private static ProcessStartInfo Start(string folder)
    {
        var start = new ProcessStartInfo("timeout", ["120", "bash", "-euo", "pipefail", "-c", "eval \"$(cat)\" </dev/null"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["TERM"] = "dumb";
        return start;
    }
}
