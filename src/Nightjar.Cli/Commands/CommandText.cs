using System.CommandLine;

namespace Nightjar.Cli.Commands;

/// <summary>Writes options as a shell would take them, so that a command can be given again.</summary>
internal static class CommandText
{
    /// <summary>An option with its values, as often as it was given; nothing when it was not.</summary>
    public static IEnumerable<string> Of(ParseResult parsed, Option option)
    {
        if (parsed.GetResult(option) is not { Implicit: false } given) return [];
        return given.Tokens.Count == 0 ? [option.Name] : given.Tokens.Select(token => $"{option.Name} {Quoted(token.Value)}");
    }

    /// <summary>A word as a shell takes it for one.</summary>
    public static string Quoted(string word) =>
        word.Length > 0 && word.All(c => char.IsAsciiLetterOrDigit(c) || "-_./,:=+@".Contains(c, StringComparison.Ordinal)) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
