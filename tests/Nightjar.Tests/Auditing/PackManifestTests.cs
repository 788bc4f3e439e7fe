using Nightjar.Auditing;
using Xunit;

namespace Nightjar.Tests.Auditing;

/// <summary>Manifests, and how folders differ from them.</summary>
public sealed class PackManifestTests
{
    private static readonly string Hash = new('a', 64);

    [Fact]
    public void Names_are_in_order_and_in_the_form_that_sha256sum_reads()
    {
        using var output = new MemoryStream();
        PackManifest.WriteSums([new("b", 1, Hash), new("a", 2, Hash)], output);
        Assert.Equal($"{Hash}  a\n{Hash}  b\n", System.Text.Encoding.UTF8.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData("nonsense", 1)]
    [InlineData("\n\nAAAA  a", 3)]
    public void A_line_that_is_none_is_a_difference(string text, int line) => Assert.Equal([line], PackManifest.Compare(text, []).Unreadable);

    [Fact]
    public void A_name_that_stands_twice_is_a_difference() => Assert.Equal([2], PackManifest.Compare($"{Hash}  a\n{Hash}  a\n", [new("a", 1, Hash)]).Unreadable);

    [Fact]
    public void A_name_outside_the_folder_is_missing_and_never_opened() => Assert.Equal(["../a"], PackManifest.Compare($"{Hash}  ../a\n", []).Missing);
}
