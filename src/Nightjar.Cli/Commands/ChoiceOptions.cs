using System.CommandLine;
using Nightjar.Cli.Content;
using Nightjar.Findings;
using Nightjar.Preview;

namespace Nightjar.Cli.Commands;

/// <summary>Which findings <c>policy preview --suggest</c> is about.</summary>
internal sealed class ChoiceOptions
{
    private static readonly string[] Keys = ["analytic", "app", "device"];

    private readonly Option<string[]> _findings = new("--finding") { Description = "Uid of a finding to hide, or the first letters of it; may stand several times." };
    private readonly Option<string[]> _choices = new("--choose") { Description = "Findings to hide by analytic=, app= and device=, with commas; all that is stated must hold. May stand several times." };
    private readonly Option<string?> _folder = new("--in") { Description = "Folder that `scan --output` wrote: all of its findings are to be hidden." };

    public IEnumerable<Option> Options => [_findings, _choices, _folder];

    public bool IsGiven(ParseResult parsed) => Options.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>The findings, in order of time.</summary>
    /// <exception cref="UsageException">One is not reported, or a choice chooses nothing.</exception>
    public IReadOnlyList<Finding> Chosen(ParseResult parsed, JudgedRun run)
    {
        var uids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var uid in parsed.GetValue(_findings) ?? []) uids.Add(One(uid, run).Uid);
        if (parsed.GetValue(_folder) is { } folder)
        {
            foreach (var finding in FindingsFolder.Read(FindingsFolder.FileOf(folder)).Select(line => line.Finding).OfType<Finding>()) uids.Add(One(finding.Uid, run).Uid);
        }
        foreach (var text in parsed.GetValue(_choices) ?? []) uids.UnionWith(Those(text, run.Reported).Select(finding => finding.Uid));
        if (uids.Count == 0) throw new UsageException("No finding was chosen.");
        return [.. run.Reported.Where(finding => uids.Contains(finding.Uid))];
    }

    private static Finding One(string uid, JudgedRun run)
    {
        Finding[] found = [.. run.Reported.Where(finding => uid.Length > 0 && finding.Uid.StartsWith(uid, StringComparison.Ordinal))];
        if (found.Length == 1) return found[0];
        if (found.Length > 1) throw new UsageException($"{uid} fits {found.Length} findings; give more of it.");
        throw new UsageException(run.Hidden.FirstOrDefault(finding => finding.Uid.StartsWith(uid, StringComparison.Ordinal)) is { } hidden
            ? $"The finding {uid} is hidden already, by {string.Join(", ", hidden.HiddenBy)}."
            : $"No finding in this telemetry has the uid {uid}. Were the same files, --analytics and policy scanned?");
    }

    private static Finding[] Those(string text, IReadOnlyList<Finding> reported)
    {
        var wanted = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is not [var key, { Length: > 0 } value] || !Keys.Contains(key) || !wanted.TryAdd(key, value))
                throw new UsageException($"--choose takes analytic=, app= and device= with a value, each once, not `{part}`.");
        }
        if (wanted.Count == 0) throw new UsageException("--choose takes analytic=, app= or device= with a value.");
        Finding[] found = [.. reported.Where(finding => Is("analytic", finding.Analytic.Uid) && Is("app", finding.App) && (Is("device", finding.Device.Uid) || Is("device", finding.Device.Name)))];
        return found.Length > 0 ? found : throw new UsageException($"No finding in this telemetry is of {text}.");

        bool Is(string key, string? value) => !wanted.TryGetValue(key, out var asked) || asked == value;
    }
}
