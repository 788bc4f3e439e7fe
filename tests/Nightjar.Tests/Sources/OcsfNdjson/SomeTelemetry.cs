using System.Text.Json;

namespace Nightjar.Tests.Sources.OcsfNdjson;

/// <summary>Draws documents as a producer writes them: a few forms that come again and again with other values, now and then a new form for an old one, and some
/// of them damaged.</summary>
internal sealed class SomeTelemetry(int seed)
{
    private const int Forms = 12;

    private readonly Random _random = new(seed);
    private readonly SomeDocument _documents = new(seed);
    private readonly List<byte[]> _forms = [];

    /// <summary>The next document.</summary>
    public byte[] Next()
    {
        while (_forms.Count < Forms) _forms.Add(Form());
        var form = _forms[_random.Next(_forms.Count)];
        if (_random.Next(100) == 0) _forms.Remove(form);
        return _random.Next(8) switch
        {
            0 => Mutation.Of(form, _random.Next()),
            < 3 => form,
            _ => WithOtherValues(form),
        };
    }

    // Most of them whole, for of others no moulds are made.
    private byte[] Form()
    {
        var form = _documents.Next();
        while (_random.Next(10) > 0 && !IsWhole(form)) form = _documents.Next();
        return form;
    }

    private static bool IsWhole(byte[] form)
    {
        try
        {
            using var document = JsonDocument.Parse(form);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // A digit for a digit and a letter for a letter, some more or fewer; a name that is hit is an unknown one.
    private byte[] WithOtherValues(byte[] form)
    {
        var bytes = new List<byte>(form);
        for (var changes = _random.Next(1, 5); changes > 0 && bytes.Count > 0; changes--)
        {
            var at = _random.Next(bytes.Count);
            var isDigit = char.IsAsciiDigit((char)bytes[at]);
            if (!isDigit && !char.IsAsciiLetterLower((char)bytes[at])) continue;
            var other = isDigit ? (byte)('0' + _random.Next(10)) : (byte)('a' + _random.Next(26));
            var kind = _random.Next(4);
            if (kind == 0) bytes.InsertRange(at, Enumerable.Repeat(other, _random.Next(1, 40)));
            else if (kind == 1) bytes.RemoveAt(at);
            else bytes[at] = other;
        }
        return [.. bytes];
    }
}
