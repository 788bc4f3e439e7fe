using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Analytics.Where;

/// <summary>
/// Whether the event's file is code: by its magic when that says something, else by its name, else by entropy at or above the threshold.
/// </summary>
/// <remarks>Magic first, because code lies below the entropies that are proposed for it and pictures lie above.</remarks>
internal sealed class CodeLikeTest : TruthNode
{
    private readonly SymbolMemo _isCode;
    private readonly SymbolMemo _isKnown;
    private readonly SymbolMemo _isCodeName;
    private readonly Func<string, bool> _isCodeText;
    private readonly double _threshold;
    private readonly Func<TunedTest?> _tuned;

    public CodeLikeTest(Facts facts, SymbolTable symbols, double threshold, string? tunable = null)
    {
        _tuned = () => Contents.Tuned(tunable, limit => new CodeLikeTest(facts, symbols, limit));
        _isCode = new SymbolMemo(symbols, magic => facts.IsCodeMagic(magic) == true);
        _isKnown = new SymbolMemo(symbols, magic => facts.IsCodeMagic(magic) is not null);
        _isCodeName = new SymbolMemo(symbols, facts.IsCodeName);
        _isCodeText = facts.IsCodeName;
        _threshold = threshold;
    }

    public override Tri Eval(in MatchScope scope)
    {
        var magic = scope.Event.Symbol(FieldId.FileMagic);
        if (!magic.IsNone && _isKnown.Test(magic)) return TriLogic.Of(_isCode.Test(magic));
        var name = FileNames.Of(in scope, -1);
        if (!name.IsNone && _isCodeName.Test(name)) return Tri.True;
        if (name.IsNone && HasCodeUrl(in scope)) return Tri.True;
        if (scope.Event.TryGetNumber(FieldId.FileEntropy, out var entropy)) return TriLogic.Of(entropy >= _threshold);
        return name.IsNone && magic.IsNone ? Tri.Unknown : Tri.False;
    }

    public override Comparands? Compare(in MatchScope scope) => Contents.Compare(in scope, _isKnown, _threshold);

    public override TunedTest? Tuned => _tuned();

    private bool HasCodeUrl(in MatchScope scope)
    {
        var path = scope.Event.Text(FieldId.UrlPath);
        if (path.IsEmpty) return false;
        var query = path.IndexOfAny((byte)'?', (byte)'#');
        if (query >= 0) path = path[..query];
        var dot = path.LastIndexOf((byte)'.');
        return dot >= 0 && path.Length - dot <= 12 && _isCodeText(System.Text.Encoding.UTF8.GetString(path[dot..]));
    }
}

/// <summary>Whether the file's type is in a set: by magic when that says something, else by extension, else opaque by entropy.</summary>
internal sealed class TypeTest(Facts facts, SymbolTable symbols, Func<string, bool> has, double threshold, string? tunable = null) : TruthNode
{
    private readonly SymbolMemo _isKnown = new(symbols, magic => facts.IsCodeMagic(magic) is not null);
    private readonly SymbolMemo _hasMagic = new(symbols, has);
    private readonly SymbolMemo _hasName = new(symbols, name => Path.GetExtension(name) is { Length: > 1 } extension && has(extension[1..]));
    private readonly bool _hasOpaque = has("opaque");

    public override Tri Eval(in MatchScope scope)
    {
        var magic = scope.Event.Symbol(FieldId.FileMagic);
        if (!magic.IsNone && (_hasMagic.Test(magic) || _isKnown.Test(magic))) return TriLogic.Of(_hasMagic.Test(magic));
        var name = FileNames.Of(in scope, -1);
        if (!name.IsNone && _hasName.Test(name)) return Tri.True;
        if (_hasOpaque && scope.Event.TryGetNumber(FieldId.FileEntropy, out var entropy)) return TriLogic.Of(entropy >= threshold);
        return name.IsNone && magic.IsNone ? Tri.Unknown : Tri.False;
    }

    public override Comparands? Compare(in MatchScope scope) => Contents.Compare(in scope, _isKnown, threshold);

    public override TunedTest? Tuned => Contents.Tuned(tunable, limit => new TypeTest(facts, symbols, has, limit));
}

/// <summary>Whether the file's content is something else than its name says.</summary>
internal sealed class ContradictionTest(Facts facts, SymbolTable symbols, int stage) : TruthNode
{
    public override ulong Looks => StageBit.Of(stage);

    public override Tri Eval(in MatchScope scope)
    {
        if (stage >= 0 && scope.Stages[stage] is null) return Tri.Unknown;
        var magic = stage < 0 ? scope.Event.Symbol(FieldId.FileMagic) : scope.Stages[stage]!.View.Symbol(FieldId.FileMagic);
        var name = FileNames.Of(in scope, stage);
        if (magic.IsNone || name.IsNone) return Tri.Unknown;
        return TriLogic.Of(facts.Contradicts(symbols.Text(magic), symbols.Text(name)));
    }
}

/// <summary>What an event says of the content of a file, for people.</summary>
internal static class Contents
{
    /// <summary>The magic where it decides, else the entropy beside its threshold, else the name.</summary>
    public static Comparands? Compare(in MatchScope scope, SymbolMemo isKnown, double threshold)
    {
        var magic = scope.Event.Symbol(FieldId.FileMagic);
        if (!magic.IsNone && isKnown.Test(magic)) return new Comparands(FieldId.FileMagic, magic, "", null);
        if (scope.Event.TryGetNumber(FieldId.FileEntropy, out var entropy)) return new Comparands(FieldId.FileEntropy, entropy, ">=", threshold);
        var name = FileNames.Of(in scope, -1);
        return name.IsNone ? null : new Comparands(FieldId.FilePath, name, "", null);
    }

    /// <summary>The entropy, where it decides: where no type and no name does before.</summary>
    public static TunedTest? Tuned(string? tunable, Func<double, TruthNode> at) => tunable is null ? null : new TunedTest(
        tunable, FieldCatalog.Of(FieldId.FileEntropy).Path,
        new DecidingNumber(at(double.NegativeInfinity), at(double.PositiveInfinity), new FieldNumber(FieldId.FileEntropy, -1)));
}

/// <summary>The name by which an event speaks of a file.</summary>
internal static class FileNames
{
    public static Symbol Of(in MatchScope scope, int stage)
    {
        if (stage >= 0) return scope.Stages[stage] is { } stored ? Of(stored.View) : default;
        return Of(scope.Event);
    }

    private static Symbol Of(EventView view)
    {
        var name = view.Symbol(FieldId.FileResultPath);
        if (name.IsNone) name = view.Symbol(FieldId.FilePath);
        return name.IsNone ? view.Symbol(FieldId.FileName) : name;
    }
}
