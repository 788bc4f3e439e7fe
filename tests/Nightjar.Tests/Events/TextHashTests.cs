using System.Text;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Events;

public sealed class TextHashTests
{
    private static readonly TextHash One = new(0x9F1C_33B7_0D52_E6A9, 0x4E87_A1D0_6C3B_F225);
    private static readonly TextHash Other = new(0x2BD4_5E91_C780_1F63, 0xD36A_08F7_92E1_4BC5);

    [Fact]
    public void Texts_that_meet_under_one_key_part_under_another()
    {
        var meeting = Enumerable.Range(0, 300_000).Select(i => Encoding.ASCII.GetBytes($"host{i}.example"))
            .GroupBy(text => One.Of(text)).Where(group => group.Count() > 1).ToList();
        Assert.InRange(meeting.Count, 1, 60);
        Assert.All(meeting, group => Assert.True(group.Select(text => Other.Of(text)).Distinct().Count() == group.Count()));
    }

    [Fact]
    public void Keys_are_drawn_anew()
    {
        var text = "com.example.app"u8.ToArray();
        Assert.True(Enumerable.Range(0, 4).Select(_ => TextHash.Draw().Of(text)).Distinct().Count() > 1);
    }

    [Fact]
    public void Every_byte_and_the_length_count()
    {
        for (var length = 0; length <= 70; length++)
        {
            var text = new byte[length];
            var seen = new HashSet<uint> { One.Of(text) };
            Assert.True(seen.Add(One.Of(new byte[length + 1])), $"{length} and one more");
            for (var at = 0; at < length; at++)
            {
                for (var bit = 0; bit < 8; bit++)
                {
                    text[at] = (byte)(1 << bit);
                    Assert.True(seen.Add(One.Of(text)), $"bit {bit} of byte {at} of {length}");
                }
                text[at] = 0;
            }
        }
    }

    [Fact]
    public void Similar_texts_spread_evenly_over_a_table()
    {
        var counts = new int[1 << 12];
        for (var i = 0; i < counts.Length * 8; i++) counts[One.Of(Encoding.ASCII.GetBytes($"/data/data/com.example/cache/{i}.dex")) & (uint)(counts.Length - 1)]++;
        // Eight on average; that any of 4096 places holds more than 30 by chance happens once in a million tables.
        Assert.InRange(counts.Max(), 8, 30);
    }
}
