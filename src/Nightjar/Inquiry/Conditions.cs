using Nightjar.Analytics;
using Nightjar.Analytics.Plan;
using Nightjar.Analytics.Where;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Inquiry;

/// <summary>Says which part of a stage's conditions an event fails, in the author's words, with the values that were compared.</summary>
internal sealed class Conditions(Analytic analytic, SymbolTable symbols)
{
    private const int MostCompared = 3;

    /// <summary>What an event fails by itself; empty when it is of the stage.</summary>
    public IEnumerable<Gap> Own(Stage stage, SeenEvent seen, StoredEvent?[] events) =>
        Pieces(stage).Where(piece => piece.Node.Looks == 0).Select(piece => Of(piece, seen, events)).OfType<Gap>();

    /// <summary>What does not go with the events of other stages, as far as those are there.</summary>
    public IEnumerable<Gap> Joins(Stage stage, SeenEvent seen, StoredEvent?[] events)
    {
        var there = events.Index().Where(item => item.Item is not null).Aggregate(0UL, (bits, item) => bits | StageBit.Of(item.Index));
        foreach (var piece in Pieces(stage).Where(piece => piece.Node.Looks != 0 && (piece.Node.Looks & ~there) == 0))
        {
            if (Of(piece, seen, events) is not { } gap) continue;
            yield return gap with
            {
                Kind = gap.Kind == GapKind.Condition ? GapKind.Join : gap.Kind,
                Stage = string.Join(", ", analytic.Stages.Where(other => (StageBit.Of(other.Index) & piece.Node.Looks) != 0).Select(other => other.Id)),
            };
        }
    }

    private Gap? Of(StagePart piece, SeenEvent seen, StoredEvent?[] events)
    {
        var answer = seen.Ask(piece.Node, events);
        if (answer == Tri.True) return null;
        if (piece.Kind == StagePartKind.Exception)
            return new Gap { Kind = GapKind.Exception, Text = analytic.Allow.FirstOrDefault(item => item.Name == piece.Text) is { } entry ? $"{entry.Name}: {entry.Reason}" : piece.Text };
        var kind = answer == Tri.False ? GapKind.Condition : GapKind.UnknownCondition;
        return new Gap { Kind = kind, Text = piece.Text, Compared = [.. Compared(piece.Node, Tri.True, seen, events).Distinct().Take(MostCompared)] };
    }

    // A condition of several that must all hold is told piece by piece.
    private static IEnumerable<StagePart> Pieces(Stage stage)
    {
        foreach (var part in stage.Parts)
        {
            if (part.Kind != StagePartKind.Where || part.Node is not AllOf { Operands: var operands })
            {
                yield return part;
                continue;
            }
            var texts = Clauses(part.Text);
            for (var i = 0; i < operands.Count; i++)
                yield return part with { Text = texts.Count == operands.Count ? texts[i] : part.Text, Node = operands[i] };
        }
    }

    /// <summary>The clauses of "a and b and c"; parentheses hold together.</summary>
    internal static IReadOnlyList<string> Clauses(string text)
    {
        var clauses = new List<string>();
        var (begin, depth) = (0, 0);
        foreach (var token in Tokens.Of(text))
        {
            if (token.Kind == TokenKind.Symbol) depth += token.Text switch { "(" or "[" => 1, ")" or "]" => -1, _ => 0 };
            if (depth != 0 || token is not ({ Kind: TokenKind.Name, Text: "and" } or { Kind: TokenKind.End })) continue;
            clauses.Add(text[begin..token.At].Trim());
            begin = Math.Min(text.Length, token.At + 3);
        }
        return clauses;
    }

    // Down to the questions that are not as they should be: below a "not" they should be false.
    private IEnumerable<ComparedValue> Compared(TruthNode node, Tri wanted, SeenEvent seen, StoredEvent?[] events)
    {
        if (seen.Ask(node, events) == wanted) return [];
        if (node.Operands.Count == 0) return node.Compare(seen.Scope(events)) is { } compared ? [Tell(compared, wanted)] : [];
        var inner = node is Negation ? wanted.Not() : wanted;
        return node.Operands.SelectMany(operand => Compared(operand, inner, seen, events));
    }

    private ComparedValue Tell(Comparands compared, Tri wanted)
    {
        var relation = wanted == Tri.True ? compared.Relation : compared.Relation.Length > 0 ? "not " + compared.Relation : "";
        return new ComparedValue(compared.Field is { } field ? FieldCatalog.Of(field).Path : "", Value(compared.Seen), relation, Value(compared.Wanted));
    }

    private object? Value(object? value) => value is Symbol symbol ? symbols.Text(symbol) : value;
}
