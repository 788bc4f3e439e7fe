using System.CommandLine;
using Nightjar.Knowledge;
using Nightjar.Policies;

namespace Nightjar.Cli.Content;

/// <summary>Reads the policy that a run or a command names.</summary>
internal static class PolicyFile
{
    // A file that could never be a policy is not read into memory.
    private const long MostBytes = 64 << 20;

    public static Option<string?> Option() => new("--policy") { Description = "What is expected here: groups, roles, allowances, values of tunables, exceptions." };

    /// <summary>The policy of a file, null where none is named; false after mistakes, which are told.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static bool TryRead(string? path, out Policy? policy)
    {
        policy = null;
        if (path is null) return true;
        var reading = Read(path);
        policy = reading.Policy;
        if (policy is not null) return true;
        DiagnosticText.Print(reading.Diagnostics, Console.Error);
        return false;
    }

    /// <summary>The policy of a file with every mistake of its own.</summary>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static PolicyReading Read(string path)
    {
        if (!File.Exists(path)) throw new UsageException($"There is no policy {path}.");
        if (new FileInfo(path).Length > MostBytes) throw new UsageException($"{path} is larger than any policy.");
        return PolicyReader.Read(new PolicySource(path.Replace('\\', '/'), File.ReadAllBytes(path)), ReferenceData.Shipped);
    }
}
