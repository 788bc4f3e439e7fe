namespace Nightjar.Tests.House;

/// <summary>Approved forms: what the repository holds is compared with what the code gives, and rewritten only when asked.</summary>
internal static class Approval
{
    /// <summary>True when <c>NIGHTJAR_APPROVE=1</c> asks to take the present form over.</summary>
    public static bool IsAsked => Environment.GetEnvironmentVariable("NIGHTJAR_APPROVE") == "1";

    /// <summary>What was added and what is missing, each line under the unindented one above it.</summary>
    public static IEnumerable<string> Differences(string approved, string actual)
    {
        var (before, now) = (Lines(approved), Lines(actual));
        return now.Except(before, StringComparer.Ordinal).Select(line => "added:   " + line)
            .Concat(before.Except(now, StringComparer.Ordinal).Select(line => "missing: " + line));
    }

    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        var heading = "";
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!line.StartsWith(' ')) heading = line;
            lines.Add(line == heading ? line : $"{heading}: {line.Trim()}");
        }
        return lines;
    }
}
