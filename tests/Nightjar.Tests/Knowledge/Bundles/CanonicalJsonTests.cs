using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Nightjar.Knowledge.Bundles;
using Xunit;

namespace Nightjar.Tests.Knowledge.Bundles;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("{ \"b\" : 1, \"a\" : [ true, null, \"x\" ] }", "{\"a\":[true,null,\"x\"],\"b\":1}")]
    [InlineData("{\"B\":0,\"a\":0,\"A\":0,\"\":0}", "{\"\":0,\"A\":0,\"B\":0,\"a\":0}")]
    [InlineData("\"\\u20ac\\u000a\\u001f\\/\\\"\\\\\\u0008\\u000c\\t\\r\\u007f\"", "\"€\\n\\u001f/\\\"\\\\\\b\\f\\t\\r\u007f\"")]
    [InlineData("{\"\\u00e9\":\"\\ud83d\\ude00\"}", "{\"é\":\"😀\"}")]
    [InlineData("[1e2, -0, {}]", "[1e2,-0,{}]")]
    public void One_value_has_one_text(string written, string canonical)
    {
        using var document = JsonDocument.Parse(written);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical))), CanonicalJson.Sha256(document.RootElement));
    }
}
