using System.Text;
using Nightjar.Sources;
using Xunit;

namespace Nightjar.Tests.Sources;

/// <summary>What makes two JSON objects one record.</summary>
public sealed class JsonFingerprintTests
{
    private readonly JsonFingerprint _fingerprint = new();

    [Fact]
    public void Blanks_and_escapes_do_not_count_and_what_is_said_does()
    {
        Assert.Equal(Of("{\"a\":\"x\\u0041\",\"b\":1}"), Of("{ \"a\" : \"xA\", \"b\" : 1 }"));
        Assert.NotEqual(Of("{\"a\":\"x\"}"), Of("{\"a\":\"y\"}"));
        Assert.NotEqual(Of("{\"a\":\"1\"}"), Of("{\"a\":1}"));
    }

    [Fact]
    public void Half_of_a_character_is_taken_as_it_is_written()
    {
        Assert.NotEqual(Of("{\"a\":\"\\ud83d\"}"), Of("{\"a\":\"\\ud83e\"}"));
        Assert.Equal(Of("{\"\\ud83d\":1}"), Of("{ \"\\ud83d\": 1}"));
    }

    private UInt128 Of(string json) => _fingerprint.Of(Encoding.UTF8.GetBytes(json));
}
