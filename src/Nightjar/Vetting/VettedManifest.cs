using System.Text;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Vetting;

/// <summary>Reads the manifest of a vetted package: JSON with the app, its version, its signer and the SHA-256 of every code file in it.</summary>
public sealed class VettedManifest
{
    /// <summary>Largest manifest, in bytes.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>The form of manifest that this reads.</summary>
    public const int Form = 1;

    // Code inside an archive inside an archive; deeper nesting is no package.
    private const int MaxDepth = 8;

    private static readonly string[] Keys =
        ["nightjar_vetted", "app", "platform", "version", "version_code", "signers", "code", "package", "reviewed", "tool", "notes"];

    private static readonly string[] CodeKeys = ["path", "type", "sha256", "size", "inside"];

    private readonly string _file;
    private readonly List<Diagnostic> _diagnostics = [];
    private readonly HashSet<CodeHash> _code = [];

    private VettedManifest(string file) => _file = file;

    /// <summary>Reads one. Never throws because of its content.</summary>
    /// <param name="file">Its name, for diagnostics and findings.</param>
    /// <param name="utf8">Its bytes; a byte order mark is passed over.</param>
    /// <returns>The package, null when it has an error; and all mistakes.</returns>
    public static (VettedPackage? Package, IReadOnlyList<Diagnostic> Diagnostics) Read(string file, ReadOnlyMemory<byte> utf8)
    {
        var manifest = new VettedManifest(file);
        var package = manifest.Read(utf8);
        var failed = manifest._diagnostics.Any(item => item.Severity == DiagnosticSeverity.Error);
        return (failed ? null : package, manifest._diagnostics);
    }

    private VettedPackage? Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > MaxBytes) return Refuse(VettingRules.TooLarge, $"It has {utf8.Length} bytes; at most {MaxBytes} are read.");
        var body = utf8.Span.StartsWith(Encoding.UTF8.Preamble) ? utf8[3..] : utf8;
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            return Read(document.RootElement);
        }
        catch (JsonException fault)
        {
            var line = (int)Math.Min(int.MaxValue, (fault.LineNumber ?? -1) + 1);
            var column = (int)Math.Min(int.MaxValue, (fault.BytePositionInLine ?? -1) + 1);
            _diagnostics.Add(VettingRules.NotJson.At(_file, line, line == 0 ? 0 : column, "The text is not JSON."));
            return null;
        }
        catch (InvalidOperationException)
        {
            // A text with half of a pair of surrogates is JSON, and no text.
            return Refuse(VettingRules.NotJson, "A text holds half of a character.");
        }
    }

    private VettedPackage? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("nightjar_vetted", out var form))
            return Refuse(VettingRules.NotAManifest, "It has no `nightjar_vetted`.");
        if (form.ValueKind != JsonValueKind.Number || !form.TryGetInt32(out var number) || number != Form)
            return Refuse(VettingRules.NotAManifest, $"Its form is {Shown(form)}; {Form} is known.");
        CheckKeys(root, Keys, "");
        var package = new VettedPackage
        {
            App = Text(root, "app", required: true) ?? "",
            Platform = PlatformOf(root),
            Version = Text(root, "version", required: true),
            VersionCode = Text(root, "version_code", required: false),
            Signers = Signers(root),
            File = _file,
            Code = _code,
        };
        ReadCode(root);
        return package;
    }

    private void ReadCode(JsonElement root)
    {
        if (!root.TryGetProperty("code", out var code)) Refuse(VettingRules.MissingKey, "`code` is missing.");
        else ReadCode(code, "code", depth: 1);
        if (_code.Count == 0 && _diagnostics.Count == 0) Refuse(VettingRules.NoCode, "`code` is empty.");
    }

    private void ReadCode(JsonElement list, string path, int depth)
    {
        if (list.ValueKind != JsonValueKind.Array)
        {
            Refuse(VettingRules.WrongShape, $"`{path}` must be a list.");
            return;
        }
        var index = 0;
        foreach (var item in list.EnumerateArray()) ReadFile(item, FormattableString.Invariant($"{path}[{index++}]"), depth);
    }

    private void ReadFile(JsonElement item, string path, int depth)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            Refuse(VettingRules.WrongShape, $"`{path}` must be an object with `path` and `sha256`.");
            return;
        }
        CheckKeys(item, CodeKeys, path + ".");
        if (!item.TryGetProperty("sha256", out var hash)) Refuse(VettingRules.MissingKey, $"`{path}.sha256` is missing.");
        else if (HashOf(hash) is { } code) _code.Add(code);
        else Refuse(VettingRules.WrongShape, $"`{path}.sha256` is {Shown(hash)}, not 64 hexadecimal digits.");
        if (!item.TryGetProperty("inside", out var inside)) return;
        if (depth == MaxDepth) Refuse(VettingRules.WrongShape, $"`{path}.inside` is nested deeper than {MaxDepth}.");
        else ReadCode(inside, path + ".inside", depth + 1);
    }

    private List<string> Signers(JsonElement root)
    {
        var signers = new List<string>();
        if (!root.TryGetProperty("signers", out var list)) return signers;
        if (list.ValueKind != JsonValueKind.Array)
        {
            Refuse(VettingRules.WrongShape, "`signers` must be a list.");
            return signers;
        }
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && SignerText.Normal(item.GetString()!) is { } signer) signers.Add(signer);
            else Refuse(VettingRules.WrongShape, $"A signer is {Shown(item)}, not the SHA-256 of a certificate.");
        }
        return signers;
    }

    private Platform PlatformOf(JsonElement root) => Text(root, "platform", required: false) switch
    {
        null => Platform.Unknown,
        "android" => Platform.Android,
        "ios" => Platform.IOS,
        var other => Unknown(other),
    };

    private Platform Unknown(string platform)
    {
        Refuse(VettingRules.WrongShape, $"`platform` is `{platform}`; android and ios are known.");
        return Platform.Unknown;
    }

    private string? Text(JsonElement root, string key, bool required)
    {
        if (!root.TryGetProperty(key, out var value))
        {
            if (required) Refuse(VettingRules.MissingKey, $"`{key}` is missing.");
            return null;
        }
        if (value.ValueKind == JsonValueKind.Number) return value.GetRawText();
        if (value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= 1024 } text) return text;
        Refuse(VettingRules.WrongShape, $"`{key}` is {Shown(value)}, not a text.");
        return null;
    }

    private void CheckKeys(JsonElement item, string[] known, string path)
    {
        foreach (var property in item.EnumerateObject())
        {
            if (!known.Contains(property.Name, StringComparer.Ordinal)) Refuse(VettingRules.UnknownKey, $"`{path}{Cut(property.Name)}` is not known.");
        }
    }

    private static CodeHash? HashOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && CodeHash.TryParse(Encoding.UTF8.GetBytes(value.GetString()!), out var hash) ? hash : null;

    private static string Shown(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => $"`{Cut(value.GetRawText())}`",
    };

    private static string Cut(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private const int MaxDiagnostics = 100;

    private VettedPackage? Refuse(DiagnosticRule rule, string reason)
    {
        // A manifest with a thousand broken entries says nothing more with the last nine hundred.
        if (_diagnostics.Count < MaxDiagnostics) _diagnostics.Add(rule.At(_file, 0, 0, reason));
        return null;
    }
}
