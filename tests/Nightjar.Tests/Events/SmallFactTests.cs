using System.Security.Cryptography;
using System.Text;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.Events;

public sealed class SmallFactTests
{
    private static readonly Tri[] All = [Tri.Unknown, Tri.False, Tri.True];

    [Fact]
    public void Unknown_is_neither_true_nor_false()
    {
        Assert.Equal([Tri.Unknown, Tri.True, Tri.False], All.Select(value => value.Not()));
        Assert.Equal([Tri.True, Tri.False], new[] { true, false }.Select(TriLogic.Of));
        Tri[] and = [Tri.Unknown, Tri.False, Tri.Unknown, Tri.False, Tri.False, Tri.False, Tri.Unknown, Tri.False, Tri.True];
        Tri[] or = [Tri.Unknown, Tri.Unknown, Tri.True, Tri.Unknown, Tri.False, Tri.True, Tri.True, Tri.True, Tri.True];
        Assert.Equal(and, All.SelectMany(_ => All, (a, b) => a.And(b)));
        Assert.Equal(or, All.SelectMany(_ => All, (a, b) => a.Or(b)));
    }

    [Fact]
    public void And_is_or_seen_from_the_other_side()
    {
        foreach (var a in All)
        {
            foreach (var b in All) Assert.Equal(a.And(b).Not(), a.Not().Or(b.Not()));
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("-", true)]
    [InlineData("(empty)", true)]
    [InlineData("NULL", true)]
    [InlineData("(null)", true)]
    [InlineData("None", true)]
    [InlineData("UNKNOWN", true)]
    [InlineData("n/a", true)]
    [InlineData("undefined", true)]
    [InlineData("<private>", true)]
    [InlineData("--", false)]
    [InlineData("nul", false)]
    [InlineData("x", false)]
    [InlineData("0", false)]
    [InlineData("nothing", false)]
    [InlineData("unknown1", false)]
    [InlineData("none such", false)]
    [InlineData("ｎｏｎｅ", false)]
    public void Words_that_say_nothing_are_known(string text, bool says)
    {
        Assert.Equal(says, MeaninglessText.Is(text));
        Assert.Equal(says, MeaninglessText.Is(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void No_text_at_all_says_nothing() => Assert.True(MeaninglessText.Is((string?)null));

    [Fact]
    public void Each_state_keeps_to_its_own_bits()
    {
        var random = new Random(8);
        var state = default(StateBits);
        var expected = new Dictionary<string, object>();
        for (var i = 0; i < 5000; i++)
        {
            var (name, value) = Change(ref state, random);
            expected[name] = value;
            foreach (var (other, kept) in expected) Assert.Equal(kept, Read(state, other));
        }
        Assert.Equal(11, expected.Count);
        Assert.Equal(state, new StateBits { Packed = state.Packed });
        Assert.True(state == new StateBits { Packed = state.Packed } && state != default);
    }

    [Fact]
    public void Nothing_said_is_everything_unknown()
    {
        var state = default(StateBits);
        Assert.Equal((AppState.Unknown, InstallSource.Unknown, Tri.Unknown, Tri.Unknown), (state.AppState, state.InstallSource, state.IsDeviceLocked, state.IsManagedApp));
        Assert.False(state.IsHearsay);
    }

    [Fact]
    public void States_are_read_by_the_names_they_are_written_with()
    {
        foreach (var state in Enum.GetValues<AppState>())
        {
            Assert.Equal(state, StateNames.ParseAppState(state.Name()));
            Assert.True(StateNames.TryParse(Encoding.ASCII.GetBytes(state.Name().ToUpperInvariant()), out AppState read) && read == state);
        }
        foreach (var source in Enum.GetValues<InstallSource>())
        {
            Assert.Equal(source, StateNames.ParseInstallSource(source.Name()));
            Assert.True(StateNames.TryParse(Encoding.ASCII.GetBytes(source.Name()), out InstallSource read) && read == source);
        }
        Assert.False(StateNames.TryParse("foregroun"u8, out AppState _));
        Assert.False(StateNames.TryParse(""u8, out InstallSource _));
        Assert.Equal(AppState.Unknown, StateNames.ParseAppState("foregroun"));
    }

    [Fact]
    public void Ids_are_the_beginning_of_the_sha_256_whatever_the_length()
    {
        var bytes = new byte[300];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length <= bytes.Length; length++)
        {
            var expected = Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(0, length)))[..32];
            Assert.Equal(expected, EventIds.Text(EventIds.FromUid(bytes.AsSpan(0, length))));
            Assert.Equal(expected, EventIds.Text(EventIds.FromRecord(bytes.AsSpan(0, length))));
        }
    }

    [Fact]
    public void Events_are_ordered_by_time_then_sequence_then_id()
    {
        EventHeader[] headers =
        [
            new() { Time = new Instant(1), Sequence = 9, Id = 9 },
            new() { Time = new Instant(2), Sequence = -1, Id = 9 },
            new() { Time = new Instant(2), Sequence = 0, Id = 1 },
            new() { Time = new Instant(2), Sequence = 0, Id = UInt128.MaxValue },
        ];
        for (var i = 0; i < headers.Length; i++)
        {
            for (var j = 0; j < headers.Length; j++) Assert.Equal(i.CompareTo(j), Math.Sign(EventHeader.Compare(headers[i], headers[j])));
        }
    }

    private static (string Name, object Value) Change(ref StateBits state, Random random)
    {
        var tri = (Tri)random.Next(3);
        switch (random.Next(11))
        {
            case 0: return ("AppState", state.AppState = (AppState)random.Next(6));
            case 1: return ("IsDeviceLocked", state.IsDeviceLocked = tri);
            case 2: return ("IsScreenOn", state.IsScreenOn = tri);
            case 3: return ("IsManagedApp", state.IsManagedApp = tri);
            case 4: return ("IsManagedDevice", state.IsManagedDevice = tri);
            case 5: return ("IsSupervised", state.IsSupervised = tri);
            case 6: return ("AppGrade", state.AppGrade = (AppGrade)random.Next(6));
            case 7: return ("TimeBasis", state.TimeBasis = (TimeBasis)random.Next(5));
            case 8: return ("InstallSource", state.InstallSource = (InstallSource)random.Next(7));
            case 9: return ("IsHearsay", state.IsHearsay = random.Next(2) == 0);
            default: return ("DeviceBasis", state.DeviceBasis = (DeviceBasis)random.Next(6));
        }
    }

    private static object Read(StateBits state, string name) => typeof(StateBits).GetProperty(name)!.GetValue(state)!;
}
