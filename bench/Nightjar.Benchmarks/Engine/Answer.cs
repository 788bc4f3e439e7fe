using System.Globalization;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Benchmarks.Engine;

/// <summary>How many findings there are, and a sum over what they say that does not depend on their order. No time is told before two answers agree.</summary>
internal sealed class Answer
{
    private ulong _sum;

    public int Findings { get; private set; }

    public static Answer Of(IEnumerable<Finding> findings)
    {
        var answer = new Answer();
        foreach (var finding in findings)
            answer.Add(Number(finding.Device.Uid), Number(finding.App ?? "0"), finding.Start, finding.End, finding.Count);
        return answer;
    }

    public void Add(int device, int app, Instant start, Instant end, int count)
    {
        Findings++;
        var hash = 14_695_981_039_346_656_037UL;
        foreach (var part in (ReadOnlySpan<long>)[device, app, start.Micros, end.Micros, count]) hash = (hash ^ (ulong)part) * 0x9E37_79B9_7F4A_7C15 ^ hash >> 29;
        _sum += hash;
    }

    public bool Agrees(Answer other) => Findings == other.Findings && _sum == other._sum;

    public override string ToString() => $"{Findings} findings {_sum:x16}";

    private static int Number(string name) => int.Parse(name.AsSpan(name.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1), CultureInfo.InvariantCulture);
}
