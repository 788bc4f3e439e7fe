using System.Text;
using System.Text.Json;
using Nightjar.Knowledge;
using Nightjar.Policies;
using Nightjar.Policies.Reading;

namespace Nightjar.Preview;

/// <summary>Writes a suggested exception as it would stand in a policy, and reads it back as a policy would.</summary>
internal static class ExceptionYaml
{
    /// <summary>The exception with comments where a person must write; a policy that holds it as it is has a mistake.</summary>
    public static string Write(ExceptionEntry item) => Write(item, "    # reason: why this is expected\n    # owner: who answers for it\n");

    /// <summary>The exception as a policy with these groups would read it; null when no policy can say it, with the mistakes and remarks in either case.</summary>
    public static (ExceptionEntry? Exception, IReadOnlyList<Diagnostic> Diagnostics) Read(ExceptionEntry item, ReferenceData reference)
    {
        var groups = string.Concat(item.Scope.Groups.Select(name => $"  {name}: {{devices: [\"*\"]}}\n"));
        var text = $"policy: suggestion\n{(groups.Length > 0 ? "groups:\n" + groups : "")}exceptions:\n{Write(item, "    reason: to be written\n    owner: to be named\n")}";
        var reading = PolicyReader.Read(new PolicySource("suggestion", Encoding.UTF8.GetBytes(text)), reference);
        return (reading.Policy?.Exceptions[0], reading.Diagnostics);
    }

    private static string Write(ExceptionEntry item, string people) => string.Concat(
        $"  - id: {item.Id}\n", List("analytics", item.Analytics), List("apps", item.Scope.Apps), item.Signer is null ? "" : $"    signer: {Quoted(item.Signer)}\n",
        List("groups", item.Scope.Groups), List("devices", item.Devices), List("destinations", item.Destinations), List("paths", item.Paths), people,
        $"    created: {DateText.Day(item.Created)}\n    expires: {DateText.Day(item.Expires)}\n");

    private static string List(string key, IReadOnlyList<string> items) =>
        items.Count == 0 ? "" : items.Count == 1 ? $"    {key}: [{Quoted(items[0])}]\n" : $"    {key}:\n{string.Concat(items.Select(item => $"      - {Quoted(item)}\n"))}";

    // A JSON text is a quoted text of YAML, and its escapes leave nothing that a terminal could take for a command.
    private static string Quoted(string text) => IsPlain(text) ? text : $"\"{JsonEncodedText.Encode(text)}\"";

    // What begins with a letter and holds a dot, a slash or a digit is none of YAML's own words.
    private static bool IsPlain(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] == '/') && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '/' or '-' or '_') && text.Any(c => c is '.' or '/' || char.IsAsciiDigit(c));
}
