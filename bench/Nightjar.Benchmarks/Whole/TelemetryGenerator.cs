using System.Buffers;

namespace Nightjar.Benchmarks.Whole;

/// <summary>Writes telemetry of an invented fleet to a file.</summary>
internal static class TelemetryGenerator
{
    private const int FlushBytes = 1 << 20;

    /// <summary>The file of a specification in a folder; written where it is not there yet.</summary>
    public static FileInfo Ensure(TelemetrySpec spec, string folder)
    {
        var file = new FileInfo(Path.Combine(folder, spec.FileName));
        if (file.Exists) return file;
        Directory.CreateDirectory(folder);
        var unfinished = file.FullName + ".new";
        using (var stream = File.Create(unfinished)) Write(spec, stream);
        File.Move(unfinished, file.FullName);
        file.Refresh();
        return file;
    }

    /// <summary>Writes all lines of a specification.</summary>
    public static void Write(TelemetrySpec spec, Stream stream)
    {
        var buffer = new ArrayBufferWriter<byte>(FlushBytes * 2);
        using var writer = new EventWriter(spec, buffer);
        foreach (var number in Numbers(spec))
        {
            writer.Write(number);
            buffer.Write("\n"u8);
            if (buffer.WrittenCount < FlushBytes) continue;
            stream.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
        stream.Write(buffer.WrittenSpan);
    }

    private static IEnumerable<int> Numbers(TelemetrySpec spec)
    {
        var inTime = Enumerable.Range(0, spec.Events);
        if (spec.Order == LineOrder.Time) return inTime;
        var lateness = spec.Order switch { LineOrder.Jittered => 5_000L, LineOrder.Late => 60_000L, _ => 86_400_000L * 1_000 };
        var numbers = inTime.ToArray();
        var places = Array.ConvertAll(numbers, number => EventWriter.MillisOf(spec, number) + (long)(Chance.Of(~spec.Seed, number).Next() % (ulong)lateness));
        Array.Sort(places, numbers);
        return numbers;
    }
}
