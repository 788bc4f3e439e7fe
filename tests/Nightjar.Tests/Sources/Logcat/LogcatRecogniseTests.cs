using System.Text;
using Nightjar.Sources;
using Nightjar.Sources.Logcat;
using Xunit;

namespace Nightjar.Tests.Sources.Logcat;

public sealed class LogcatRecogniseTests
{
    private static int Recognise(string text, string name = "file") =>
        new LogcatReader().Recognise(new SourceHead(Encoding.UTF8.GetBytes(text), true, name));

    [Theory]
    [InlineData("--------- beginning of main\n")]
    [InlineData("02-27 10:00:00.123  1  2 I A: x\n02-27 10:00:00.123  1  2 I A: x\n02-27 10:00:00.123  1  2 I A: x\n")]
    [InlineData("I/A( 1): x\nI/A( 1): x\nI/A( 1): x\n")]
    [InlineData("[ 02-27 10:00:00.123  1: 2 I/A ]\nany\nnumber\nof\nlines\n\n")]
    [InlineData("2026-02-27 10:00:00.123  1-2  A  a.b  I  x\n")]
    public void Lines_that_parse_are_recognised(string text) => Assert.InRange(Recognise(text), 50, 100);

    [Theory]
    [InlineData("")]
    [InlineData("{\"type\":\"access\"}\n")]
    [InlineData("hello\nworld\n")]
    [InlineData("2023-05-24 13:03:28.908085-0700 0x1f3 Default 0x0 55 0 kernel: x\n")]
    [InlineData("1157689312.049   5006 10.105.21.199 TCP_MISS/200 19763 CONNECT login.example.com:443 x DIRECT/175.16.199.115 -\n")]
    [InlineData("15:45:08.011639 openat(AT_FDCWD, \"/x\", O_RDONLY) = 3\n")]
    [InlineData("1601998374.677015\tChFiXL2\t10.0.0.1\t52591\n")]
    [InlineData("a\nb\nc\nd\n02-27 10:00:00.123  1  2 I A: x\n")]
    public void Other_texts_are_not(string text) => Assert.Equal(0, Recognise(text, "logcat.txt"));
}
