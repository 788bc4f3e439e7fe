using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Reading;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Sigma;

/// <summary>Reads a Sigma condition: <c>and</c>, <c>or</c>, <c>not</c>, parentheses, <c>1 of sel_*</c>, <c>all of them</c>.</summary>
internal ref struct SigmaCondition
{
    private const int MaxDepth = 50;

    private readonly string[] _tokens;
    private readonly IReadOnlyDictionary<string, TruthNode> _selections;
    private readonly HashSet<string> _used;
    private readonly Mistakes _mistakes;
    private readonly YamlNode _node;
    private int _next;
    private int _depth;
    private bool _failed;

    private SigmaCondition(YamlNode node, string text, IReadOnlyDictionary<string, TruthNode> selections, HashSet<string> used, Mistakes mistakes)
    {
        _node = node;
        _tokens = text.Replace("(", " ( ", StringComparison.Ordinal).Replace(")", " ) ", StringComparison.Ordinal)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        _selections = selections;
        _used = used;
        _mistakes = mistakes;
    }

    public static TruthNode Parse(YamlNode node, IReadOnlyDictionary<string, TruthNode> selections, HashSet<string> used, Mistakes mistakes)
    {
        if (node is not YamlScalarNode { Value: { Length: > 0 and < 4000 } text })
        {
            mistakes.Add(Rules.BadCondition, node, "A condition is a text of at most 4000 characters.");
            return ConstantTruth.True;
        }
        var parser = new SigmaCondition(node, text, selections, used, mistakes);
        var result = parser.Or();
        if (!parser._failed && parser._next < parser._tokens.Length) parser.Fail($"`{parser._tokens[parser._next]}` was not expected.");
        return result;
    }

    private TruthNode Or()
    {
        var parts = new List<TruthNode> { And() };
        while (Take("or")) parts.Add(And());
        return AnyOf.Of([.. parts]);
    }

    private TruthNode And()
    {
        var parts = new List<TruthNode> { Not() };
        while (Take("and")) parts.Add(Not());
        return AllOf.Of([.. parts]);
    }

    private TruthNode Not()
    {
        if (++_depth > MaxDepth) return Fail("The condition is nested too deep.");
        var result = Take("not") ? new Negation(Not()) : Primary();
        _depth--;
        return result;
    }

    private TruthNode Primary()
    {
        if (_failed || _next >= _tokens.Length) return Fail("The condition ends too early.");
        if (Take("("))
        {
            var inner = Or();
            return Take(")") ? inner : Fail("A closing parenthesis is missing.");
        }
        var token = _tokens[_next++];
        if (_next < _tokens.Length && Is(_tokens[_next], "of") && (token is "1" or "any" || Is(token, "all"))) return Of(Is(token, "all"));
        if (_selections.TryGetValue(token, out var selection))
        {
            _used.Add(token);
            return selection;
        }
        if (_failed) return ConstantTruth.True;
        _failed = true;
        _mistakes.Add(Rules.UnknownSelection, _node, $"There is no selection `{token}`.", Nearest.Hint(token, _selections.Keys));
        return ConstantTruth.True;
    }

    private TruthNode Of(bool all)
    {
        _next++;
        if (_next >= _tokens.Length) return Fail("`of` needs a name, a pattern or `them`.");
        var pattern = _tokens[_next++];
        var names = _selections.Keys.Where(name => Is(pattern, "them") ? !name.StartsWith('_') : SigmaPattern.Parse(pattern, cased: true).Matches(name))
            .Order(StringComparer.Ordinal).ToArray();
        if (names.Length == 0) return Fail($"No selection matches `{pattern}`.");
        _used.UnionWith(names);
        var selections = _selections;
        TruthNode[] parts = [.. names.Select(name => selections[name])];
        return all ? AllOf.Of(parts) : AnyOf.Of(parts);
    }

    private bool Take(string word)
    {
        if (_next >= _tokens.Length || !Is(_tokens[_next], word)) return false;
        _next++;
        return true;
    }

    private static bool Is(string token, string word) => string.Equals(token, word, StringComparison.OrdinalIgnoreCase);

    private ConstantTruth Fail(string reason)
    {
        if (!_failed) _mistakes.Add(Rules.BadCondition, _node, reason);
        _failed = true;
        _next = _tokens.Length;
        return ConstantTruth.True;
    }
}
