using Nightjar.Findings;
using Xunit;

namespace Nightjar.Conformance.Sigma;

/// <summary>Correlations of every type find what Sigma's specification says.</summary>
public sealed class CorrelationTests
{
    private const string Ground = """
        title: A flow
        name: flow
        logsource: {product: android}
        detection: {sel: {class_uid: 4001}, condition: sel}
        ---
        title: A file is written
        name: write
        logsource: {product: android}
        detection: {sel: {class_uid: 1001, activity_id: 1}, condition: sel}
        ---
        title: A module is loaded
        name: load
        logsource: {product: android}
        detection: {sel: {class_uid: 1005, activity_id: 1}, condition: sel}
        ---

        """;

    /// <summary>What is meant, the correlation, the events, and how many findings there must be.</summary>
    public static TheoryData<string, string, string, int> Cases { get; } = new()
    {
        { "gte holds", "event_count [flow] 1m {gte: 3}", "f0 f10 f20", 1 },
        { "gte just missed", "event_count [flow] 1m {gte: 3}", "f0 f10", 0 },
        { "gte within any window", "event_count [flow] 1m {gte: 3}", "f0 f100 f110 f120", 1 },
        { "gte beyond the window", "event_count [flow] 1m {gte: 3}", "f0 f40 f80", 0 },
        { "gte at the end of the window", "event_count [flow] 1m {gte: 3}", "f0 f30 f60", 1 },
        { "gt", "event_count [flow] 1m {gt: 3}", "f0 f10 f20", 0 },
        { "gt holds", "event_count [flow] 1m {gt: 2}", "f0 f10 f20", 1 },
        { "lt holds", "event_count [flow] 1m {lt: 3}", "f0 f10", 1 },
        { "lt does not hold, nor for the end of the burst", "event_count [flow] 1m {lt: 3}", "f0 f10 f20 f30", 0 },
        { "lte", "event_count [flow] 1m {lte: 2}", "f0 f10", 1 },
        { "lte does not hold", "event_count [flow] 1m {lte: 2}", "f0 f10 f20", 0 },
        { "eq", "event_count [flow] 1m {eq: 3}", "f0 f10 f20", 1 },
        { "eq of more", "event_count [flow] 1m {eq: 3}", "f0 f10 f20 f30", 0 },
        { "eq of fewer", "event_count [flow] 1m {eq: 3}", "f0 f10", 0 },
        { "neq", "event_count [flow] 1m {neq: 3}", "f0 f10", 1 },
        { "neq does not hold", "event_count [flow] 1m {neq: 3}", "f0 f10 f20", 0 },
        { "a range holds", "event_count [flow] 1m {gte: 2, lte: 3}", "f0 f10 f20", 1 },
        { "a range is exceeded", "event_count [flow] 1m {gte: 2, lte: 3}", "f0 f10 f20 f30", 0 },
        { "a drop of the rate", "event_count [flow] 1m {lt: 3}", "f0 f10 f20 f30 f40 f50 f65 f75", 1 },
        { "several rules are counted together", "event_count [flow, write] 1m {gte: 3}", "f0 w10 f20", 1 },
        { "several rules, too few", "event_count [flow, write] 1m {gte: 3}", "f0 w10 l20", 0 },
        { "by host: one host", "event_count [flow] 1m {gte: 3} dst_endpoint.hostname", "f0:a f10:a f20:a", 1 },
        { "by host: several hosts", "event_count [flow] 1m {gte: 3} dst_endpoint.hostname", "f0:a f10:b f20:a", 0 },
        { "by host: records without one are of no group", "event_count [flow] 1m {gte: 3} dst_endpoint.hostname", "f0 f10 f20", 0 },
        { "by host among others", "event_count [flow] 1m {gte: 3} dst_endpoint.hostname", "f0:a f10:b f20:a f30:a", 1 },
        { "by host: eq in one of two groups", "event_count [flow] 1m {eq: 2} dst_endpoint.hostname", "f0:a f1:b f2:a f3:b f4:b", 1 },
        { "by port", "event_count [flow] 1m {gte: 2} dst_endpoint.port", "f0:a:1 f10:b:1", 1 },
        { "by port: others", "event_count [flow] 1m {gte: 2} dst_endpoint.port", "f0:a:1 f10:a:2", 0 },
        { "by host and port", "event_count [flow] 1m {gte: 2} dst_endpoint.hostname dst_endpoint.port", "f0:a:1 f10:a:2 f20:b:1", 0 },
        { "by app", "event_count [flow] 1m {gte: 2} actor.app_uid", "f0@x f10@y", 0 },
        { "by app: the same", "event_count [flow] 1m {gte: 2} actor.app_uid", "f0@x f10@y f20@x", 1 },
        { "two devices are two", "event_count [flow] 1m {gte: 2}", "f0%1 f10%2", 0 },
        { "distinct values", "value_count [flow] 1m {field: dst_endpoint.hostname, gte: 3}", "f0:a f10:b f20:c", 1 },
        { "distinct values, one twice", "value_count [flow] 1m {field: dst_endpoint.hostname, gte: 3}", "f0:a f10:b f20:a", 0 },
        { "distinct numbers", "value_count [flow] 1m {field: dst_endpoint.port, gte: 2}", "f0:a:1 f10:a:2", 1 },
        { "distinct pairs", "value_count [flow] 1m {field: [dst_endpoint.hostname, dst_endpoint.port], gte: 3}", "f0:a:1 f10:a:2 f20:b:1", 1 },
        { "distinct values with lt", "value_count [flow] 1m {field: dst_endpoint.hostname, lt: 2}", "f0:a f10:a f20:a", 1 },
        { "distinct values in a group", "value_count [flow] 1m {field: dst_endpoint.port, gte: 2} dst_endpoint.hostname", "f0:a:1 f10:b:2", 0 },
        { "a sum", "value_sum [flow] 1m {field: traffic.bytes_out, gte: 300}", "f0:a:1:100 f10:a:1:200", 1 },
        { "a sum that is less", "value_sum [flow] 1m {field: traffic.bytes_out, gt: 300}", "f0:a:1:100 f10:a:1:200", 0 },
        { "an average", "value_avg [flow] 1m {field: traffic.bytes_out, gte: 150}", "f0:a:1:100 f10:a:1:200", 1 },
        { "an average that is less", "value_avg [flow] 1m {field: traffic.bytes_out, gt: 150}", "f0:a:1:100 f10:a:1:200", 0 },
        { "an average leaves out what has no number", "value_avg [flow] 1m {field: traffic.bytes_out, gte: 150}", "f0:a:1:150 f10:a", 1 },
        { "an average with lt", "value_avg [flow] 1m {field: traffic.bytes_out, lt: 151}", "f0:a:1:100 f10:a:1:200", 1 },
        { "a percentile", "value_percentile [flow] 1m {field: traffic.bytes_out, percentile: 75, gte: 300}", "f0:a:1:100 f1:a:1:200 f2:a:1:300 f3:a:1:400", 1 },
        { "a percentile that is less", "value_percentile [flow] 1m {field: traffic.bytes_out, percentile: 75, gt: 300}", "f0:a:1:100 f1:a:1:200 f2:a:1:300 f3:a:1:400", 0 },
        { "the median without a percentile", "value_percentile [flow] 1m {field: traffic.bytes_out, eq: 200}", "f0:a:1:100 f1:a:1:200 f2:a:1:900", 1 },
        { "temporal", "temporal [flow, write, load] 1m", "f0 w10 l20", 1 },
        { "temporal in another order", "temporal [flow, write, load] 1m", "l0 f10 w20", 1 },
        { "temporal with one missing", "temporal [flow, write, load] 1m", "f0 f10 l20", 0 },
        { "temporal beyond the window", "temporal [flow, write] 1m", "f0 w61", 0 },
        { "temporal over two devices", "temporal [flow, write] 1m", "f0%1 w10%2", 0 },
        { "temporal of two of three", "temporal [flow, write, load] 1m {gte: 2}", "l0 f10", 1 },
        { "temporal of two of three, one only", "temporal [flow, write, load] 1m {gte: 2}", "l0 l10", 0 },
        { "temporal of exactly two", "temporal [flow, write, load] 1m {eq: 2}", "f0 w10 l20", 0 },
        { "temporal with a condition", "temporal [flow, write, load] 1m flow and (write or load)", "l0 f10", 1 },
        { "temporal with a condition that misses", "temporal [flow, write, load] 1m flow and (write or load)", "l0 w10", 0 },
        { "temporal with a negation", "temporal [flow, write, load] 1m flow and write and not load", "f0 w10", 1 },
        { "temporal with a negation that misses", "temporal [flow, write, load] 1m flow and write and not load", "f0 w10 l20", 0 },
        { "ordered", "temporal_ordered [flow, write, load] 1m", "f0 w10 l20", 1 },
        { "ordered, in another order", "temporal_ordered [flow, write, load] 1m", "f0 l10 w20", 0 },
        { "ordered by host", "temporal_ordered [flow, load] 1m dst_endpoint.hostname", "f0:a l10:a", 1 },
        { "ordered by host, another", "temporal_ordered [flow, load] 1m dst_endpoint.hostname", "f0:a l10:b", 0 },
        { "ordered with a condition", "temporal_ordered [flow, write, load] 1m flow and load", "f0 l10", 1 },
        { "ordered with a condition, reversed", "temporal_ordered [flow, write, load] 1m flow and load", "l0 f10", 0 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_correlation_finds_what_the_specification_says(string what, string correlation, string events, int findings)
    {
        Assert.NotEmpty(what);
        // Rules that the correlation is not about run by themselves.
        Assert.Equal(findings, SigmaBench.Run(Ground + Document(correlation), Lines(events)).Count(finding => finding.Analytic.Uid == "whole"));
    }

    [Fact]
    public void Events_of_two_groups_are_not_taken_for_one()
    {
        var finding = Assert.Single(SigmaBench.Run(Ground + Document("event_count [flow] 1m {gte: 3} dst_endpoint.hostname"), Lines("f0:a f1:b f2:a f3:b f4:a")));
        Assert.Equal(3, finding.Evidence.Count);
    }

    [Fact]
    public void The_same_events_in_any_order_of_lines_are_the_same_findings()
    {
        var rules = Ground + Document("temporal_ordered [flow, write, load] 1m");
        string[] lines = [.. Lines("f0 w10 l20 f100 w110 l130")];
        string[] Uids(IEnumerable<string> from) => [.. SigmaBench.Run(rules, from.Order(StringComparer.Ordinal)).Select(item => item.Uid)];
        Assert.Equal(Uids(lines), Uids(lines.Reverse()));
    }

    /// <summary>Writes <c>type [rules] timespan condition group…</c> out as a document.</summary>
    internal static string Document(string text)
    {
        var open = text.IndexOf('[', StringComparison.Ordinal);
        var close = text.IndexOf(']', StringComparison.Ordinal);
        var rest = text[(close + 1)..].Trim();
        var timespan = rest.Split(' ')[0];
        rest = rest[timespan.Length..].Trim();
        var brace = rest.StartsWith('{') ? rest[..(rest.IndexOf('}', StringComparison.Ordinal) + 1)] : "";
        var tail = rest[brace.Length..].Trim();
        var isCondition = brace.Length == 0 && tail.Contains(' ', StringComparison.Ordinal);
        string[] groups = ["device.uid", .. isCondition ? [] : tail.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var condition = isCondition ? tail : brace;
        return $"""
            title: The whole
            name: whole
            correlation:
              type: {text[..open].Trim()}
              rules: {text[open..(close + 1)]}
              group-by: [{string.Join(", ", groups)}]
              timespan: {timespan}
              {(condition.Length == 0 ? "" : $"condition: {condition}")}
            level: high

            """;
    }

    /// <summary>Writes <c>f10:host:port:bytes@app%device</c> out as events: f a flow, w a file, l a module; the number is the second.</summary>
    internal static IEnumerable<string> Lines(string events)
    {
        foreach (var word in events.Split(' '))
        {
            var device = word.Contains('%', StringComparison.Ordinal) ? word[(word.IndexOf('%', StringComparison.Ordinal) + 1)..] : "1";
            var named = word.Split('%')[0];
            var app = named.Contains('@', StringComparison.Ordinal) ? named[(named.IndexOf('@', StringComparison.Ordinal) + 1)..] : "com.example.torch";
            var parts = named.Split('@')[0].Split(':');
            var seconds = double.Parse(parts[0][1..], System.Globalization.CultureInfo.InvariantCulture);
            var (eventClass, activity) = word[0] switch { 'f' => (4001, 6), 'w' => (1001, 1), _ => (1005, 1) };
            var endpoint = parts.Length > 1 ? $"\"dst_endpoint\":{{\"hostname\":\"{parts[1]}.example\"{(parts.Length > 2 ? $",\"port\":{parts[2]}" : "")}}}" : "";
            var attributes = parts.Length > 3 ? $"{endpoint},\"traffic\":{{\"bytes_out\":{parts[3]}}}" : endpoint;
            yield return SigmaBench.Line(seconds, attributes, eventClass, activity, app, $"phone-{device}");
        }
    }
}
