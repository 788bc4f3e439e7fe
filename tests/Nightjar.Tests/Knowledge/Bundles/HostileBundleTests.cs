using System.Text;
using System.Text.Json.Nodes;
using Nightjar.Knowledge.Bundles;
using Xunit;

namespace Nightjar.Tests.Knowledge.Bundles;

/// <summary>Whatever a bundle holds, it is read in bounded time and memory, nothing throws, and no catalogue is made of a broken one.</summary>
public sealed class HostileBundleTests
{
    private const string Second = "x-mitre-analytic--00000000-0000-4000-8000-000000000006";
    private static readonly string Text = SmallBundle.Changed(_ => { }).ToJsonString();

    /// <summary>A change of the small bundle, the number it must be told under, and a part of the reason.</summary>
    public static TheoryData<string, string, string, string> Changes => new()
    {
        { "\"objects\":[", "\"things\":[", "NJ1020", "There is no list of 'objects' at its top." },
        { "\"objects\":[", "\"objects\":[],\"objects\":[", "NJ1020", "There is no list of 'objects' at its top." },
        { "\"objects\":[", "\"objects\":{},\"x\":[", "NJ1020", "There is no list of 'objects' at its top." },
        { "\"objects\":[", "\"objects\":[3,", "NJ1022", "Object 1 is no object." },
        { "\"objects\":[", "\"objects\":[{},", "NJ1022", "Object 1 (''): 'type' is missing." },
        { "\"objects\":[", "\"objects\":[{\"type\":{},\"id\":\"x\"},", "NJ1022", "'type' is no text" },
        { "\"name\":\"Name of T9002\"", "\"name\":[]", "NJ1022", "Object 3 ('attack-pattern--00000000-0000-4000-8000-000000000002'): 'name' is no text." },
        { "\"name\":\"Name of T9002\"", "\"name\":\"\\ud800\"", "NJ1022", "Object 3 names a member twice, or holds a text that is no Unicode." },
        { "\"name\":\"Name of T9002\"", "\"name\":\"a\",\"name\":\"b\"", "NJ1022", "Object 3 names a member twice, or holds a text that is no Unicode." },
        { "\"name\":\"Name of T9002\"", "\"name\":\"a\\nb\"", "NJ1022", "'name' is empty, longer than 300 characters or not on one line" },
        { "\"external_id\":\"T9002\"", "\"external_id\":\"T9002\\u0000\"", "NJ1022", "not on one line" },
        { "\"external_id\":\"T9002\"", "\"external_id\":\"AN9002\"", "NJ1022", "'AN9002' is no id of its kind" },
        { "\"external_id\":\"T9002\"", "\"external_id\":\"T9002.1.2.3\"", "NJ1022", "is no id of its kind" },
        { "\"external_references\":[{\"source_name\":\"mitre-attack\",\"external_id\":\"M9007\"", "\"external_references\":7,\"x\":[{\"source_name\":\"mitre-attack\",\"external_id\":\"M9007\"", "NJ1022", "'external_references' is no list of at most 2000" },
        { "\"created\":\"2026-12-01T10:00:00.000Z\"", "\"created\":\"yesterday\"", "NJ1022", "'created' is no time" },
        { "\"x_mitre_deprecated\":false", "\"x_mitre_deprecated\":\"no\"", "NJ1022", "'x_mitre_deprecated' is neither true nor false" },
        { "\"x_mitre_platforms\":[\"Android\"]", "\"x_mitre_platforms\":\"Android\"", "NJ1022", "'x_mitre_platforms' is no list of at most 2000" },
        { "\"field\":\"Apps\"", "\"feild\":\"Apps\"", "NJ1022", "'field' is missing" },
        { "attack-pattern--00000000-0000-4000-8000-000000000003\",\"name", "attack-pattern--00000000-0000-4000-8000-000000000002\",\"name", "NJ1023", "of an object before it" },
        { "\"external_id\":\"T9002.001\"", "\"external_id\":\"T9002\"", "NJ1023", "has the ATT&CK id T9002 of" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void What_is_broken_is_told_and_makes_no_catalogue(string before, string after, string code, string reason)
    {
        Assert.Contains(before, Text, StringComparison.Ordinal);
        var import = SmallBundle.Import(Text.Replace(before, after, StringComparison.Ordinal));
        Assert.Contains(import.Diagnostics, item => item.Code == code && item.Reason.Contains(reason, StringComparison.Ordinal));
        Assert.Equal("", import.Catalogue);
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("null"), InlineData("[]"), InlineData("\0"), InlineData("{\"objects\":[]}{}"), InlineData("{\"objects\":[],"), InlineData("{\"objects\"")]
    public void What_is_no_bundle_is_told_to_be_none(string text)
    {
        var import = SmallBundle.Import(text);
        Assert.Equal("NJ1020", Assert.Single(import.Diagnostics).Code);
        Assert.True(import.HasErrors);
    }

    [Fact]
    public void A_bundle_that_is_cut_anywhere_is_no_bundle()
    {
        for (var length = 0; length < Text.Length - 1; length += 7) Assert.Equal("NJ1020", Assert.Single(SmallBundle.Import(Text[..length]).Diagnostics).Code);
    }

    [Fact]
    public void No_damaged_byte_makes_it_throw()
    {
        var bytes = Encoding.UTF8.GetBytes(Text);
        for (var at = 0; at < bytes.Length; at++)
        {
            var damaged = (byte[])bytes.Clone();
            damaged[at] = (byte)(at % 3 == 0 ? 0xFF : at % 3 == 1 ? '"' : '}');
            var import = SmallBundle.Import(damaged);
            Assert.True(import.HasErrors == (import.Catalogue.Length == 0));
        }
    }

    [Theory]
    [InlineData("[", 100), InlineData("[", 200_000), InlineData("{\"a\":", 100_000)]
    public void Deep_nesting_is_refused(string open, int depth) =>
        Assert.Equal("NJ1020", Assert.Single(SmallBundle.Import("{\"objects\":[" + string.Concat(Enumerable.Repeat(open, depth))).Diagnostics).Code);

    [Fact]
    public void An_object_of_megabytes_is_refused()
    {
        var import = SmallBundle.Import(SmallBundle.Changed(objects => objects.Of("T9002")["description"] = new string('x', 1 << 20)));
        Assert.Equal("Object 3 is larger than 1 MiB.", Assert.Single(import.Diagnostics, item => item.Code == "NJ1021").Reason);
        Assert.True(import.HasErrors);
    }

    [Fact]
    public void A_bundle_without_end_is_read_no_further_than_the_limit()
    {
        using var endless = new Endless();
        Assert.Equal("The file is larger than 64 MiB.", Assert.Single(AttackBundle.Read(endless, SmallBundle.Name, null).Diagnostics).Reason);
        Assert.InRange(endless.Given, AttackBundle.MaxBytes, AttackBundle.MaxBytes + (1 << 20));
    }

    [Fact]
    public void A_mistake_in_each_of_many_objects_is_told_a_hundred_times_at_most()
    {
        var import = SmallBundle.Import("{\"objects\":[" + string.Join(',', Enumerable.Repeat("[]", 5000)) + "]}");
        Assert.Equal(100, import.Diagnostics.Count);
        Assert.Equal("NJ1026", import.Diagnostics[^1].Code);
    }

    [Fact]
    public void More_objects_than_any_domain_has_are_refused() =>
        Assert.Contains(SmallBundle.Import("{\"objects\":[" + string.Join(',', Enumerable.Range(0, 200_001).Select(i => "{\"type\":\"x\",\"id\":\"" + i + "\"}")) + "]}").Diagnostics, item => item.Code == "NJ1021");

    [Theory]
    [InlineData("subtechnique-of", 2, 3), InlineData("revoked-by", 2, 2), InlineData("subtechnique-of", 3, 3)]
    public void Relations_in_a_circle_are_cut_and_told(string kind, int from, int to)
    {
        var import = SmallBundle.Import(SmallBundle.Changed(objects => objects.Add(Techniques(kind, from, to))));
        Assert.Contains(import.Diagnostics, item => item.Code == "NJ1024");
        Assert.False(import.HasErrors);
        Assert.NotEqual("", import.Catalogue);
    }

    [Theory]
    [InlineData(50, false), InlineData(5000, true)]
    public void A_long_circle_is_cut_once_and_one_without_end_is_refused(int length, bool isRefused)
    {
        var import = SmallBundle.Import(SmallBundle.Changed(objects =>
        {
            for (var i = 0; i < length; i++) objects.Add(SmallBundle.Technique(1000 + i, $"T{100_000 + i}"));
            for (var i = 0; i < length; i++) objects.Add(Techniques("revoked-by", 1000 + i, 1000 + (i + 1) % length));
        }));
        Assert.Equal(isRefused, import.HasErrors);
        if (!isRefused) Assert.Contains("itself", Assert.Single(import.Diagnostics).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_relation_to_nothing_or_to_another_kind_is_left_out_and_told()
    {
        var import = SmallBundle.Import(SmallBundle.Changed(objects =>
        {
            objects.Add(SmallBundle.Relation(30, "detects", "x-mitre-detection-strategy--" + SmallBundle.Uuid(5), "attack-pattern--" + SmallBundle.Uuid(99)));
            objects.Add(SmallBundle.Relation(31, "detects", Second, "attack-pattern--" + SmallBundle.Uuid(2)));
            objects.Of("DET9005")["x_mitre_analytic_refs"]!.AsArray().Add("attack-pattern--" + SmallBundle.Uuid(2));
            objects.Of("AN9006")["x_mitre_log_source_references"]!.AsArray().Add(new JsonObject { ["name"] = "c:log", ["x_mitre_data_component_ref"] = Second });
        }));
        Assert.Equal(Enumerable.Repeat("NJ1024", 4), import.Diagnostics.Select(item => item.Code));
        Assert.DoesNotContain("c:log", import.Catalogue, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_number_is_told_in_one_of_these_tests()
    {
        var shown = Changes.Select(row => row.Data.Item3).Concat(["NJ1021", "NJ1024", "NJ1025", "NJ1026"]).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(typeof(BundleRules).GetFields().Select(field => ((Nightjar.Knowledge.DiagnosticRule)field.GetValue(null)!).Code).Order(StringComparer.Ordinal), shown);
    }

    private static JsonObject Techniques(string kind, int from, int to) =>
        SmallBundle.Relation(from * 10_000 + to, kind, "attack-pattern--" + SmallBundle.Uuid(from), "attack-pattern--" + SmallBundle.Uuid(to));

    private sealed class Endless : Stream
    {
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)' ');
            Given += count;
            return count;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
