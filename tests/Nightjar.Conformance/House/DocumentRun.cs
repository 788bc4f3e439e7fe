using Nightjar.Tests.House;

namespace Nightjar.Conformance.House;

/// <summary>
/// The commands of a document, run in the order they stand in. A block marked <c>sh run</c> must end with exit code 0,
/// one marked <c>sh run exit=N</c> with N; where a block marked <c>text output</c> follows, the output must be that. A
/// line of it that is only "…" stands for any number of lines.
/// </summary>
internal sealed class DocumentRun(string text, string folder)
{
    private readonly List<string> _complaints = [];
    private readonly List<string> _lines = [.. text.Split('\n')];

    /// <summary>The document with the true output in place of what it says, for approval. Elided output is left as it is.</summary>
    public string Corrected => string.Join('\n', _lines);

    /// <summary>True when it has commands to run.</summary>
    public static bool IsNeeded(string text) => Markdown.Parse(text).Fences.Any(IsRun);

    /// <summary>Runs all; returns what is not as the document says.</summary>
    public async Task<IReadOnlyList<string>> Complaints(CancellationToken cancellation)
    {
        var fences = Markdown.Parse(text).Fences;
        var moved = 0;
        for (var i = 0; i < fences.Count; i++)
        {
            if (!IsRun(fences[i])) continue;
            var result = await Shell.Run(fences[i].Text, folder, cancellation);
            var expected = ExpectedCode(fences[i]);
            if (result.Code != expected) _complaints.Add($"line {fences[i].Line}: exit code {result.Code}, not {expected}.\n{result.Errors}{result.Output}");
            if (i + 1 < fences.Count && fences[i + 1].Info == "text output") moved += Compare(fences[i + 1], result.Output, moved);
        }
        return _complaints;
    }

    private static bool IsRun(Fence fence) => fence.Info.StartsWith("sh run", StringComparison.Ordinal);

    private static int ExpectedCode(Fence fence)
    {
        var word = fence.Info.Split(' ').FirstOrDefault(word => word.StartsWith("exit=", StringComparison.Ordinal));
        return word is null ? 0 : int.Parse(word[5..], System.Globalization.CultureInfo.InvariantCulture);
    }

    // Returns by how many lines the rest of the document moves when the output is put in.
    private int Compare(Fence fence, string output, int moved)
    {
        var (said, actual) = (LinesOf(fence.Text), LinesOf(output));
        if (Agrees(said, actual)) return 0;
        _complaints.Add($"line {fence.Line}: the output is\n{string.Join('\n', actual)}");
        if (said.Contains("…")) return 0;
        _lines.RemoveRange(fence.First + moved, fence.Text.AsSpan().Count('\n'));
        _lines.InsertRange(fence.First + moved, actual);
        return actual.Count - fence.Text.AsSpan().Count('\n');
    }

    private static bool Agrees(List<string> said, List<string> actual)
    {
        var at = 0;
        for (var i = 0; i < said.Count; i++)
        {
            if (said[i] != "…")
            {
                if (at >= actual.Count || said[i] != actual[at++]) return false;
                continue;
            }
            if (i == said.Count - 1) return true;
            while (at < actual.Count && actual[at] != said[i + 1]) at++;
        }
        return at == actual.Count;
    }

    private static List<string> LinesOf(string text) => [.. text.TrimEnd().Split('\n').Select(line => line.TrimEnd())];
}
