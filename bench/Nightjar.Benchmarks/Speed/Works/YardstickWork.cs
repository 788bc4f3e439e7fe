using System.Globalization;
using Nightjar.Benchmarks.Whole;

namespace Nightjar.Benchmarks.Speed.Works;

/// <summary>A yardstick over the telemetry in order.</summary>
internal sealed class YardstickWork(IWhole yardstick) : ISpeedWork
{
    public string Name => yardstick.Name;

    public string? Obstacle(SpeedInput input) => yardstick.Obstacle();

    public SpeedSample Run(SpeedInput input)
    {
        var file = input.InOrder;
        var (seconds, result) = Timed.Processor(() => yardstick.Run(file));
        var answer = string.Create(CultureInfo.InvariantCulture, $"{result.Events} lines, {result.Checksum:x}");
        return new SpeedSample(result.Processor?.TotalSeconds ?? seconds, file.Length, result.Events, answer);
    }
}
