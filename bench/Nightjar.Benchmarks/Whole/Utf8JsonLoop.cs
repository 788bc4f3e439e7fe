using System.Diagnostics;
using System.Text.Json;

namespace Nightjar.Benchmarks.Whole;

/// <summary>The yardstick: the plainest loop that .NET allows, reading time, device.uid and actor.app_uid of every line and nothing else.</summary>
internal sealed class Utf8JsonLoop : IWhole
{
    public string Name => "Utf8JsonReader loop";

    public string? Obstacle() => null;

    public WholeResult Run(FileInfo file)
    {
        var watch = Stopwatch.StartNew();
        var buffer = new byte[1 << 20];
        var (held, events, checksum) = (0, 0L, 0UL);
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        for (int read; (read = stream.Read(buffer, held, buffer.Length - held)) > 0;)
        {
            var rest = buffer.AsSpan(0, held + read);
            for (int end; (end = rest.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..], events++) checksum += Line(rest[..end]);
            rest.CopyTo(buffer);
            held = rest.Length;
            if (held == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        }
        return new WholeResult(watch.Elapsed, events, checksum);
    }

    private static ulong Line(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        reader.Read();
        ulong checksum = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("time"u8))
            {
                reader.Read();
                checksum += reader.GetUInt64();
            }
            else if (reader.ValueTextEquals("device"u8)) checksum += Inner(ref reader, "uid"u8);
            else if (reader.ValueTextEquals("actor"u8)) checksum += Inner(ref reader, "app_uid"u8);
            else reader.Skip();
        }
        return checksum;
    }

    private static ulong Inner(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        reader.Read();
        ulong checksum = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(name))
            {
                reader.Read();
                checksum += Sum(reader.ValueSpan);
            }
            else reader.Skip();
        }
        return checksum;
    }

    private static ulong Sum(ReadOnlySpan<byte> text) => (ulong)text.Length << 8 | text[^1];
}
