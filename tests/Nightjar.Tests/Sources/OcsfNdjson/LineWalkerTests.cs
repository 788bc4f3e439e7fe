using System.Globalization;
using System.Text;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Sources.OcsfNdjson;

/// <summary>The fast walker and the plain one find the same in every line, whole or broken.</summary>
public sealed class LineWalkerTests
{
    private const string Base = "\"class_uid\":1001,\"activity_id\":1,\"time\":1772366400000,\"device\":{\"uid\":\"d\"}";

    private const int DocumentsInSmall = 20_000;

    private readonly SymbolTable _symbols = new();
    private readonly WalkerPair _walkers = new();

    [Fact]
    public void They_agree_on_every_kind_of_event()
    {
        for (var i = 0; i < 200; i++) AssertSame(Line(i));
    }

    [Fact]
    public void They_agree_on_every_beginning_of_an_event()
    {
        var line = Line(3);
        for (var cut = 0; cut <= line.Length; cut++) AssertSame(line[..cut]);
    }

    [Fact]
    public void They_agree_on_damaged_events()
    {
        for (var seed = 0; seed < 6000; seed++) AssertSame(Mutation.Of(Line(seed % 50), seed));
    }

    /// <summary><c>NIGHTJAR_DOCUMENTS=5000000</c> sets how many; a failure shows its document.</summary>
    [Fact]
    public void They_agree_on_drawn_documents()
    {
        var count = Documents;
        var documents = new SomeDocument(20261130);
        var whole = 0;
        // Texts are never forgotten, so a long run takes new tables now and then.
        for (WalkerPair walkers = new(); count > 0; walkers = new())
        {
            for (var i = 0; i < 20_000 && count > 0; i++, count--) whole += walkers.AssertSame(documents.Next()) ? 1 : 0;
        }
        Assert.True(whole > 1000, "Hardly any document was whole; broken ones alone prove little.");
    }

    /// <summary>The fast one makes moulds of what comes again, so this is the test of them.</summary>
    [Fact]
    public void They_agree_on_documents_that_come_again_with_other_values()
    {
        var count = Documents;
        var telemetry = new SomeTelemetry(20261201);
        var moulded = 0L;
        for (WalkerPair walkers = new(); count > 0; walkers = new())
        {
            for (var i = 0; i < 20_000 && count > 0; i++, count--) walkers.AssertSame(telemetry.Next());
            moulded += walkers.Moulded;
        }
        Assert.True(moulded > 1000, $"Only {moulded} documents fitted a mould; that proves little.");
    }

    [Fact]
    public void They_agree_on_moulded_lines_where_any_byte_is_any_of_the_signs_of_json()
    {
        var line = Encoding.UTF8.GetBytes(
            "{" + Base + ",\"message\":\"ab\",\"permissions\":[\"p\"],\"x\":[1.5,{\"y\":true}],\"count\":12"
            + ",\"is_screen_on\":true,\"app_name\":\"a\",\"module\":{\"args\":{\"path\":\"/x\"}}}");
        foreach (var sign in "\"\\{}[]:,0-.eEtn \t\r\u0001u/\0x"u8.ToArray())
        {
            for (var at = 0; at < line.Length; at++)
            {
                if (at % 3 == 0) AssertSame(line);
                var copy = line.ToArray();
                copy[at] = sign;
                AssertSame(copy);
                AssertSame([.. line[..at], sign, .. line[at..]]);
                AssertSame([.. line[..at], .. line[(at + 1)..]]);
            }
        }
        Assert.True(_walkers.Moulded > 1000);
    }

    [Fact]
    public void They_agree_when_there_are_more_forms_than_moulds()
    {
        for (var i = 0; i < 12_000; i++)
        {
            var form = i % 3 == 0 ? i % 7 : i / 2 % 3000;
            var line = string.Create(CultureInfo.InvariantCulture, $"{{{Base},\"x{form}\":{i},\"file\":{{\"name\":\"f{i % 50}\",\"size\":{i}}}}}");
            AssertSame(Encoding.UTF8.GetBytes(line));
        }
        Assert.True(_walkers.Moulded > 1000);
    }

    [Fact]
    public void They_agree_when_any_byte_is_any_of_the_signs_of_json()
    {
        var line = Encoding.UTF8.GetBytes("{" + Base + ",\"message\":\"a\\u00e9\\\\b\",\"permissions\":[\"p\", null],\"x\":[-1.5e+3,{\"y\":[true,false]}],\"count\":0}");
        foreach (var sign in "\"\\{}[]:,0-.eEtn \t\r\u0001u/\0x"u8.ToArray())
        {
            for (var at = 0; at < line.Length; at++)
            {
                var copy = line.ToArray();
                copy[at] = sign;
                AssertSame(copy);
                AssertSame([.. line[..at], sign, .. line[at..]]);
            }
        }
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("00")]
    [InlineData("-")]
    [InlineData("-a")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("1.0")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1E-2")]
    [InlineData("1e5x")]
    [InlineData("0x1")]
    [InlineData("+1")]
    [InlineData("NaN")]
    [InlineData("tru")]
    [InlineData("truely")]
    [InlineData("nul")]
    [InlineData("nullx")]
    [InlineData("Null")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\ud83d\\ude00\"")]
    [InlineData("\"\\ud83d\"")]
    [InlineData("\"a\u001fb\"")]
    [InlineData("\"\u007f\"")]
    [InlineData("\"exactly sixteen!\"")]
    [InlineData("\"a text that is longer than two times sixteen bytes, and then some\\n\"")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("[ ]")]
    [InlineData("{ }")]
    [InlineData("{\"a\" : 1 , \"b\":2 }")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,}")]
    [InlineData("[}")]
    [InlineData("{]")]
    [InlineData("1/*c*/")]
    public void They_agree_on_every_value_wherever_it_stands(string value)
    {
        foreach (var name in (string[])["x", "count", "message", "permissions", "file", "is_screen_on", "severity", "app_state"])
        {
            AssertSame(Encoding.UTF8.GetBytes("{" + Base + ",\"" + name + "\":" + value + "}"));
            AssertSame(Encoding.UTF8.GetBytes("{\"" + name + "\" :\t" + value + " ," + Base + "} \t"));
            AssertSame(Encoding.UTF8.GetBytes("{" + Base + ",\"module\":{\"args\":{\"" + name + "\":" + value + "}}}"));
            AssertSame(Encoding.UTF8.GetBytes("{" + Base + ",\"answers\":[{\"rdata\":" + value + "}," + value + "]}"));
        }
    }

    [Fact]
    public void They_agree_on_how_deep_is_too_deep()
    {
        for (var depth = 55; depth < 70; depth++)
        {
            foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]") })
            {
                var nested = string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
                foreach (var around in (string[])["\"x\":*", "\"module\":{\"args\":*}", "\"permissions\":[*]", "\"answers\":[{\"x\":*}]", "\"unmapped\":{\"mobile\":{\"q\":*}}", "\"severity\":*"])
                    AssertSame(Encoding.UTF8.GetBytes("{" + Base + "," + around.Replace("*", nested, StringComparison.Ordinal) + "}"));
            }
        }
    }

    private static int Documents =>
        Environment.GetEnvironmentVariable("NIGHTJAR_DOCUMENTS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : DocumentsInSmall;

    private byte[] Line(int number)
    {
        var batch = new EventBatch(_symbols);
        SomeEvent.Numbered(number).Put(batch);
        return Encoding.UTF8.GetBytes(OcsfNdjsonWriter.Line(batch[0], _symbols));
    }

    private void AssertSame(byte[] line) => _walkers.AssertSame(line);
}
