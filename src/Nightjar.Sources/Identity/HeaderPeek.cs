using System.Text;

namespace Nightjar.Sources.Identity;

/// <summary>Gives a text unchanged, having looked at its first line of content for what separates its columns.</summary>
internal sealed class HeaderPeek : TextReader
{
    private static readonly char[] Delimiters = [',', ';', '\t'];

    private readonly TextReader _rest;
    private readonly string _begin;
    private int _given;

    public HeaderPeek(TextReader text)
    {
        _rest = text;
        var begin = new StringBuilder();
        while (text.ReadLine() is { } line)
        {
            begin.Append(line).Append('\n');
            if (string.IsNullOrWhiteSpace(line) || line.StartsWith('#')) continue;
            Delimiter = Delimiters.MaxBy(candidate => line.Count(c => c == candidate));
            break;
        }
        _begin = begin.ToString();
    }

    /// <summary>The one of comma, semicolon and tab that the first line has most of; a comma when it has none.</summary>
    public char Delimiter { get; } = ',';

    public override int Peek() => _given < _begin.Length ? _begin[_given] : _rest.Peek();

    public override int Read() => _given < _begin.Length ? _begin[_given++] : _rest.Read();

    public override int Read(char[] buffer, int index, int count)
    {
        if (_given >= _begin.Length) return _rest.Read(buffer, index, count);
        var length = Math.Min(count, _begin.Length - _given);
        _begin.CopyTo(_given, buffer, index, length);
        _given += length;
        return length;
    }
}
