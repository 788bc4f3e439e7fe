using Nightjar.Events;

namespace Nightjar.Analytics.Plan;

/// <summary>Remembers a yes or no per interned text, so that a question is answered once per distinct value.</summary>
/// <remarks>Several threads may ask at once: answers are equal whoever writes them, so a lost write costs only time.</remarks>
internal sealed class SymbolMemo(SymbolTable symbols, Func<string, bool> test)
{
    private const byte No = 1;
    private const byte Yes = 2;

    private byte[] _answers = new byte[256];

    public bool Test(Symbol symbol)
    {
        var answers = _answers;
        if ((uint)symbol.Id < (uint)answers.Length)
        {
            var known = answers[symbol.Id];
            if (known != 0) return known == Yes;
        }
        return Ask(symbol);
    }

    private bool Ask(Symbol symbol)
    {
        var answer = test(symbols.Text(symbol));
        var answers = _answers;
        if (symbol.Id >= answers.Length)
        {
            Array.Resize(ref answers, Math.Max(symbol.Id + 1, answers.Length * 2));
            _answers = answers;
        }
        answers[symbol.Id] = answer ? Yes : No;
        return answer;
    }
}

/// <summary>Remembers what an interned text turns into, for example a path into its folder.</summary>
internal sealed class SymbolMap(SymbolTable symbols, Func<string, string?> map)
{
    private int[] _answers = [];

    public Symbol Of(Symbol symbol)
    {
        if (symbol.IsNone) return default;
        var answers = _answers;
        if (symbol.Id < answers.Length && answers[symbol.Id] != 0) return new Symbol(answers[symbol.Id] - 1);
        return Ask(symbol);
    }

    private Symbol Ask(Symbol symbol)
    {
        var answer = symbols.Intern((map(symbols.Text(symbol)) ?? "").AsSpan());
        var answers = _answers;
        if (symbol.Id >= answers.Length)
        {
            Array.Resize(ref answers, Math.Max(symbol.Id + 1, Math.Max(256, answers.Length * 2)));
            _answers = answers;
        }
        answers[symbol.Id] = answer.Id + 1;
        return answer;
    }
}
