using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Events;

/// <summary>Numbers of every size come back as they were, and nothing behind them is told as theirs.</summary>
public sealed class PackedNumbersTests
{
    [Fact]
    public void Numbers_of_every_size_come_back()
    {
        var random = new Random(3);
        var bytes = new byte[PackedNumbers.MostBytes(20) + PackedNumbers.Slack];
        for (var i = 0; i < 20_000; i++)
        {
            var numbers = new long[random.Next(21)];
            for (var j = 0; j < numbers.Length; j++) numbers[j] = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
            random.NextBytes(bytes);
            var written = PackedNumbers.Write(numbers, bytes);
            var read = new long[numbers.Length];
            Assert.Equal(written, PackedNumbers.Read(bytes, read));
            Assert.Equal(numbers, read);
            Assert.True(written <= PackedNumbers.MostBytes(numbers.Length));
        }
    }

    [Theory]
    [InlineData(255, 2)]
    [InlineData(256, 3)]
    [InlineData(65_535, 3)]
    [InlineData(65_536, 5)]
    [InlineData(4_294_967_295, 5)]
    [InlineData(4_294_967_296, 9)]
    [InlineData(-1, 9)]
    public void A_number_takes_as_many_bytes_as_it_needs(long number, int bytes) =>
        Assert.Equal(bytes, PackedNumbers.Write([number], new byte[PackedNumbers.MostBytes(1) + PackedNumbers.Slack]));
}
