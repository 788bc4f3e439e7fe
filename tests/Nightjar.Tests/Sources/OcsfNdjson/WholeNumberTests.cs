using System.Globalization;
using System.Text;
using Nightjar.Sources.OcsfNdjson;
using Xunit;

namespace Nightjar.Tests.Sources.OcsfNdjson;

public sealed class WholeNumberTests
{
    [Fact]
    public void Digits_that_are_read_eight_at_a_time_have_the_value_that_they_spell()
    {
        var random = new Random(20261202);
        for (var i = 0; i < 20_000; i++)
        {
            var number = random.NextInt64((long)Math.Pow(10, random.Next(1, 17)));
            var digits = number.ToString(CultureInfo.InvariantCulture);
            var before = random.Next(12);
            var line = Encoding.UTF8.GetBytes(new string('9', before) + digits + "9,");
            Assert.Equal(number, WholeNumber.OfDigits(line, before, before + digits.Length));
        }
    }
}
