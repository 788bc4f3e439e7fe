using System.ComponentModel;
using System.Diagnostics;
using Nightjar.Sources.Intake;

namespace Nightjar.Cli.Captures;

/// <summary>Wireshark's tshark, where it is installed.</summary>
/// <param name="program">Full path of the program.</param>
/// <param name="limits">How much it may take.</param>
internal sealed class Tshark(string program, TsharkLimits limits) : IDissector
{
    private static readonly TimeSpan TrialSilence = TimeSpan.FromSeconds(30);

    private readonly Lock _asking = new();
    private HashSet<string>? _unknownFields;

    /// <summary>The one in the search path; null when there is none.</summary>
    public static Tshark? Find() => Find(Environment.GetEnvironmentVariable("PATH") ?? "");

    /// <summary>The first in a search path; null when there is none.</summary>
    internal static Tshark? Find(string searchPath)
    {
        var name = OperatingSystem.IsWindows() ? "tshark.exe" : "tshark";
        foreach (var folder in searchPath.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            // A relative folder would take a program out of the folder that is looked into.
            if (Path.IsPathFullyQualified(folder) && File.Exists(Path.Combine(folder, name))) return new Tshark(Path.Combine(folder, name), new TsharkLimits());
        }
        return null;
    }

    public Stream Dissect(Stream capture, IReadOnlyList<string> fields, CancellationToken cancellation)
    {
        var unknown = UnknownFields(fields, cancellation);
        return new TsharkStream(Start(fields.Where(field => !unknown.Contains(field))), capture, limits, cancellation);
    }

    // Fields came with versions. An older tshark names those that it does not know, and does nothing else.
    private HashSet<string> UnknownFields(IReadOnlyList<string> fields, CancellationToken cancellation)
    {
        lock (_asking)
        {
            if (_unknownFields is not null) return _unknownFields;
            using var trial = new TsharkStream(Start(fields), Stream.Null, limits with { Silence = limits.Silence < TrialSilence ? limits.Silence : TrialSilence }, cancellation);
            try
            {
                trial.CopyTo(Stream.Null);
            }
            catch (IOException)
            {
                // That nothing is no capture is known.
            }
            return _unknownFields = [.. trial.Complaint.Split(['\n', '\r', '\t', ' '], StringSplitOptions.RemoveEmptyEntries).Intersect(fields)];
        }
    }

    private Process Start(IEnumerable<string> fields)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in (string[])["-r", "-", "-n", "-T", "ek"]) start.ArgumentList.Add(argument);
        foreach (var field in fields)
        {
            start.ArgumentList.Add("-e");
            start.ArgumentList.Add(field);
        }
        // Preferences and plug-ins of the user would change what is told.
        start.Environment["WIRESHARK_CONFIG_DIR"] = Path.Combine(AppContext.BaseDirectory, "no-profile");
        start.Environment["LC_ALL"] = "C";
        start.Environment["TZ"] = "UTC";
        try
        {
            return Process.Start(start) ?? throw new IOException("tshark could not be started.");
        }
        catch (Win32Exception e)
        {
            throw new IOException($"tshark could not be started: {e.Message}", e);
        }
    }
}

/// <summary>How much tshark may take for one capture.</summary>
internal sealed record TsharkLimits
{
    /// <summary>How long it may be silent.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it may be waited for in all.</summary>
    public TimeSpan Whole { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Bytes of memory; it holds every connection of the capture.</summary>
    public long Memory { get; init; } = 4L << 30;

    /// <summary>How often the limits are looked at.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromMilliseconds(500);
}
