using System.Globalization;
using Nightjar.Calibration;

namespace Nightjar.Cli.Terminal;

/// <summary>What is found at each value as CSV (docs/reference/thresholds.md).</summary>
internal static class ThresholdsCsv
{
    public static void Write(IReadOnlyList<TunableStudy> studies, TextWriter to)
    {
        to.Write("analytic,tunable,value,number,is_default,is_in_force,findings,low,medium,high,devices,apps,refusal\n");
        foreach (var study in studies)
        {
            foreach (var value in study.Values) to.Write(Line(study, value) + "\n");
        }
    }

    private static string Line(TunableStudy study, ValueCount value)
    {
        var count = value.Count;
        object?[] cells =
        [
            study.Analytic, study.Tunable.Name, value.Value, value.Value.Number, value.IsDefault ? "true" : "false", value.IsInForce ? "true" : "false",
            count?.Findings, count?.Low, count?.Medium, count?.High, count?.Devices, count?.Apps, value.Refusal,
        ];
        return string.Join(',', cells.Select(cell => Quoted(Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "")));
    }

    // An analytic of the user's may be named anything, and a spreadsheet takes what begins so for a formula.
    private static string Quoted(string text)
    {
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) && !double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _)) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
