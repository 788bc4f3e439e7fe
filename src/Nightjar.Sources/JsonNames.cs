using System.Text.Json;

namespace Nightjar.Sources;

/// <summary>Compares names of JSON attributes without ever throwing.</summary>
internal static class JsonNames
{
    /// <summary>True when the reader is at a name that is written plainly like this. A name with escapes is none that a format knows: the reader's own
    /// comparison takes it apart and throws when it holds half of a character.</summary>
    public static bool IsNamed(this scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(name);
}
