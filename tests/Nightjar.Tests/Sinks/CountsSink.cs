using System.Globalization;
using System.Text;
using Nightjar.Sinks;

namespace Nightjar.Tests.Sinks;

/// <summary>How many findings each analytic made, as <c>counts.csv</c>.</summary>
internal sealed class CountsSink : ISink
{
    public string Id => "counts";

    public string FileName => "counts.csv";

    public void Write(RunResult result, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine("analytic,findings");
        foreach (var group in result.Findings.GroupBy(finding => finding.Analytic.Uid).OrderBy(group => group.Key, StringComparer.Ordinal))
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{group.Key},{group.Count()}"));
    }
}
