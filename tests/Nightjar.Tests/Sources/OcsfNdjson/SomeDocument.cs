using System.Globalization;
using System.Text;
using Nightjar.Sources.OcsfNdjson;

namespace Nightjar.Tests.Sources.OcsfNdjson;

/// <summary>Draws documents, one after the other: records of the format with odd values, in any order, with attributes given twice, not known, in wrong places or written
/// with escapes, loosely and tightly set, and some of them damaged.</summary>
internal sealed class SomeDocument(int seed)
{
    private static readonly string[] Texts =
        ["", "a", "com.example.app", "é😀", "\\u0041\\u00e9\\ud83d\\ude00", "\\ud83d", "\\\"quoted\\\"", "a\\/b\\n", "/data/user/0/x", "203.0.113.7", "Host.Example.",
            "background", "12", "true", "2026-03-01T12:00:00Z", "exactly thirty-two bytes of text", "a text that is longer than two times thirty-two bytes, and then a little more of it",
            "\\x", "\\u12", "\u0001", "x\ty"];

    private static readonly string[] Numbers =
        ["0", "-0", "1", "-1", "00", "01", "201", "301", "443", "65536", "1772366400000", "1772366400000.0", "1.7723664e12", "1e400", "-5", "0.5", "1.", ".5", "1e", "1E+2", "99", "100",
            "999999999999999999", "1000000000000000000", "9223372036854775807", "9223372036854775808", "123456789012345678901234567890", "+1", "0x1"];

    private static readonly AttributeNode[] Known = [.. AttributeTree.Root.Children.Values];

    private readonly Random _random = new(seed);
    private readonly StringBuilder _text = new();

    /// <summary>The next document.</summary>
    public byte[] Next()
    {
        _text.Clear();
        Space();
        _text.Append('{');
        if (_random.Next(10) > 0) Head();
        Members(AttributeTree.Root, Known, 0);
        _text.Append('}');
        Space();
        var bytes = Encoding.UTF8.GetBytes(_text.ToString());
        return _random.Next(4) == 0 ? Mutation.Of(bytes, _random.Next()) : bytes;
    }

    private void Head() => _text.Append(
        CultureInfo.InvariantCulture,
        $"\"class_uid\":{(_random.Next(3) == 0 ? 4001 : 1001)},\"activity_id\":{_random.Next(7)},\"time\":{1_772_366_400_000 + _random.Next(1000)},\"device\":{{\"uid\":\"d{_random.Next(4)}\"}},\"x\":0,");

    private void Members(AttributeNode parent, AttributeNode[] known, int depth)
    {
        var count = _random.Next(depth == 0 ? 9 : 5);
        for (var i = 0; i < count; i++)
        {
            if (i > 0) _text.Append(',');
            Space();
            var node = known.Length == 0 || _random.Next(9) == 0 ? null : known[_random.Next(known.Length)];
            _text.Append('"').Append(node is null ? Odd(parent) : Written(Encoding.UTF8.GetString(node.Name))).Append('"');
            Space();
            _text.Append(':');
            Space();
            Value(node, depth + 1);
            Space();
        }
    }

    private void Value(AttributeNode? node, int depth)
    {
        var kind = _random.Next(10);
        if (node is { Kind: AttributeKind.Object } && kind < 7) Object(node, depth);
        else if (node is { Kind: AttributeKind.List } && kind < 7) List(node, depth);
        else if (kind < 4) _text.Append('"').Append(Texts[_random.Next(Texts.Length)]).Append('"');
        else if (kind < 7) _text.Append(Numbers[_random.Next(Numbers.Length)]);
        else if (kind == 7) _text.Append(((string[])["true", "false", "null", "nul", "True"])[_random.Next(10) < 8 ? _random.Next(3) : _random.Next(5)]);
        else if (depth > 5) _text.Append("{}");
        else if (kind == 8) Object(node, depth);
        else List(node, depth);
    }

    private void Object(AttributeNode? node, int depth)
    {
        _text.Append('{');
        Members(node ?? AttributeTree.Root, node is null ? Known : [.. node.Children.Values], depth);
        _text.Append('}');
    }

    private void List(AttributeNode? node, int depth)
    {
        _text.Append('[');
        for (var left = _random.Next(4); left > 0; left--)
        {
            Space();
            if (node is { IsPlain: false } && _random.Next(3) > 0) Object(node, depth + 1);
            else Value(null, depth + 1);
            if (left > 1) _text.Append(',');
        }
        _text.Append(']');
    }

    // A name of another place, or none of the format's.
    private string Odd(AttributeNode parent) => _random.Next(4) switch
    {
        0 => "",
        1 => "a_name_that_is_longer_than_thirty_two_bytes",
        2 => parent.Path + "x",
        _ => Encoding.UTF8.GetString(Known[_random.Next(Known.Length)].Name),
    };

    private string Written(string name) =>
        _random.Next(30) == 0 && name.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)name[0]:x4}{name[1..]}") : name;

    private void Space()
    {
        if (_random.Next(12) == 0) _text.Append(((string[])[" ", "\t", "  ", "\r "])[_random.Next(4)]);
    }
}
