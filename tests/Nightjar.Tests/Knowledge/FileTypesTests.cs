using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

public sealed class FileTypesTests
{
    private static readonly FileTypes Types = ReferenceData.Shipped.FileTypes;

    [Theory]
    [InlineData("dex"), InlineData("elf"), InlineData("macho"), InlineData("apk"), InlineData("jar"), InlineData("zip"), InlineData("js"), InlineData("html"), InlineData("DEX")]
    public void Code_is_code(string magic) => Assert.Equal(FileKind.Code, Types.KindOf(magic));

    [Theory]
    [InlineData("png"), InlineData("jpeg"), InlineData("jpg"), InlineData("mp4"), InlineData("sqlite"), InlineData("pdf"), InlineData("json")]
    public void Pictures_sound_and_data_are_harmless(string magic) => Assert.Equal(FileKind.Harmless, Types.KindOf(magic));

    [Theory]
    [InlineData("gzip"), InlineData("7z"), InlineData("text"), InlineData("data"), InlineData(""), InlineData(null)]
    public void What_can_hold_anything_is_unknown(string? magic) => Assert.Equal(FileKind.Unknown, Types.KindOf(magic));

    [Theory]
    [InlineData("zip", true), InlineData("apk", true), InlineData("gzip", true), InlineData("dex", false), InlineData("png", false), InlineData(null, false)]
    public void Containers_hold_other_files(string? magic, bool expected) => Assert.Equal(expected, Types.IsContainer(magic));

    [Fact]
    public void The_code_extensions_are_those_of_the_definition() =>
        Assert.Equal(".apk .bin .bundle .dat .dex .dylib .html .jar .js .odex .so .tmp .vdex .zip".Split(' '), Types.CodeExtensions);

    [Theory]
    [InlineData("/data/data/a.b/files/classes.dex", true)]
    [InlineData("CLASSES.DEX", true)]
    [InlineData("libx.so.1", true)]
    [InlineData("libx.so.1.2.3", true)]
    [InlineData("picture.png", false)]
    [InlineData("classes.dex.png", false)]
    [InlineData("/data/data/a.dex/noextension", false)]
    [InlineData(".dex", false)]
    [InlineData("dex", false)]
    [InlineData("file.", false)]
    [InlineData("1.2.3", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_extension_speaks_for_code(string? name, bool expected) => Assert.Equal(expected, Types.IsCodeExtension(name));

    [Theory]
    [InlineData("dex", "holiday.png", true)]
    [InlineData("elf", "/data/data/a.b/cache/font.ttf", true)]
    [InlineData("zip", "libx.so", true)]
    [InlineData("png", "classes.dex", true)]
    [InlineData("dex", "classes.dex", false)]
    [InlineData("dex", "plugin.jar", false)]
    [InlineData("zip", "report.docx", false)]
    [InlineData("jpg", "a.JPEG", false)]
    [InlineData("js", "index.android.bundle", false)]
    [InlineData("macho", "plugin.bundle", false)]
    [InlineData("dex", "update.tmp", false)]
    [InlineData("dex", "update", false)]
    [InlineData("dex", "update.acme", false)]
    [InlineData("no-such-magic", "a.png", false)]
    [InlineData(null, "a.png", false)]
    [InlineData("dex", null, false)]
    public void A_name_can_promise_what_the_content_is_not(string? magic, string? name, bool expected) => Assert.Equal(expected, Types.Contradicts(magic, name));

    [Theory]
    [InlineData("dex", "a.png", 1.0, true)]
    [InlineData("png", "a.dex", 8.0, false)]
    [InlineData("jpeg", "a", 7.99, false)]
    [InlineData(null, "a.dex", 0.0, true)]
    [InlineData("data", "a.tmp", null, true)]
    [InlineData(null, "a", 7.2, true)]
    [InlineData(null, "a", 7.19, false)]
    [InlineData(null, "a", null, false)]
    [InlineData(null, "a", double.NaN, false)]
    [InlineData(null, null, 7.9, true)]
    [InlineData("gzip", "a.gz", 7.9, true)]
    [InlineData("gzip", "a.gz", 6.0, false)]
    public void Content_decides_then_the_extension_then_the_entropy(string? magic, string? name, double? entropy, bool expected) =>
        Assert.Equal(expected, Types.CodeLike(magic, name, entropy, 7.2));

    [Theory]
    [InlineData("application/java-archive", FileKind.Code)]
    [InlineData("Application/Octet-Stream", FileKind.Code)]
    [InlineData("text/javascript; charset=utf-8", FileKind.Code)]
    [InlineData("image/png", FileKind.Harmless)]
    [InlineData("text/plain", FileKind.Unknown)]
    [InlineData("nonsense", FileKind.Unknown)]
    [InlineData(";", FileKind.Unknown)]
    [InlineData(null, FileKind.Unknown)]
    public void A_media_type_speaks_too(string? type, FileKind expected) => Assert.Equal(expected, Types.KindOfMime(type));

    [Fact]
    public void The_media_types_that_speak_for_code_can_be_listed()
    {
        Assert.Superset(new HashSet<string> { "application/octet-stream", "application/zip", "application/java-archive", "application/x-dex", "application/x-sharedlib", "text/javascript", "application/x-mach-o" },
            Types.CodeMimes.ToHashSet());
        Assert.DoesNotContain("image/png", Types.CodeMimes);
    }

    [Fact]
    public void The_same_content_under_two_names_in_one_file_is_told() =>
        Assert.Equal("The content 'dalvik2' stands in this file a second time.", Assert.Single(Texts.DiagnosticsOf("file-types.a.yml",
            "magics:\n  dalvik2: {kind: code}\n  dalvik3: {kind: code, aliases: [dalvik2]}\n")).Reason);

    [Fact]
    public void A_file_that_extends_can_change_what_is_harmless()
    {
        var types = Texts.Over(("file-types.a.yml", "magics: {pdf: {kind: code, extensions: [.pdf]}}\nmimes: {unknown: [application/octet-stream]}\ncode_extensions: [.acme]\n")).FileTypes;
        Assert.Equal(FileKind.Code, types.KindOf("pdf"));
        Assert.Equal(FileKind.Unknown, types.KindOfMime("application/octet-stream"));
        Assert.True(types.IsCodeExtension("x.acme"));
        Assert.True(types.IsCodeExtension("x.dex"));
    }
}
