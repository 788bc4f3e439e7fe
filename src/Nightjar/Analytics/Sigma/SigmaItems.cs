using System.Globalization;
using System.Text;
using Nightjar.Analytics.Plan;
using Nightjar.Events;

namespace Nightjar.Analytics.Sigma;

/// <summary>Interned text of the event against one or several values; false when absent.</summary>
internal sealed class SymbolItem(FieldId field, SymbolMemo memo) : TruthNode
{
    public override Tri Eval(in MatchScope scope)
    {
        var symbol = scope.Event.Symbol(field);
        return TriLogic.Of(!symbol.IsNone && memo.Test(symbol));
    }

    public override TextNode OnlyText { get; } = new FieldText(field, -1);

    public override Comparands? Compare(in MatchScope scope) => new(field, scope.Event.Symbol(field) is { IsNone: false } symbol ? symbol : null, "", null);
}

/// <summary>True when one text of a list answers the question.</summary>
internal sealed class ListItem(FieldId field, SymbolMemo memo) : TruthNode
{
    public override Tri Eval(in MatchScope scope)
    {
        var list = scope.Event.List(field);
        for (var i = 0; i < list.Count; i++)
        {
            if (memo.Test(list[i])) return Tri.True;
        }
        return Tri.False;
    }
}

/// <summary>Text that is kept with the event; decoded at each question, so it stands behind cheaper ones.</summary>
internal sealed class TextItem(FieldId field, Func<string, bool> test) : TruthNode
{
    public override int Cost => 30;

    public override Tri Eval(in MatchScope scope)
    {
        var utf8 = scope.Event.Text(field);
        return TriLogic.Of(!utf8.IsEmpty && test(Encoding.UTF8.GetString(utf8)));
    }
}

/// <summary>A word of the moment, for example the app's state.</summary>
internal sealed class WordItem(FieldId field, Func<string, bool> test) : TruthNode
{
    public override int Cost => 8;

    private readonly bool[] _answers = [.. Enumerable.Range(0, field == FieldId.AppStateName ? 6 : 7).Select(word => word > 0 && test(HeaderFields.WordText(field, word)))];

    public override Tri Eval(in MatchScope scope)
    {
        var state = scope.Moment.State;
        return TriLogic.Of(_answers[field == FieldId.AppStateName ? (int)state.AppState : (int)state.InstallSource]);
    }
}

/// <summary>A flag of the event or of the moment.</summary>
internal sealed class FlagItem(FieldId field, bool expected) : TruthNode
{
    public override Tri Eval(in MatchScope scope)
    {
        var actual = MomentFields.Flag(in scope, field);
        return TriLogic.Of(actual == TriLogic.Of(expected));
    }
}

/// <summary>A whole number that is one of a few.</summary>
internal sealed class IntegerItem(FieldId field, long[] values) : TruthNode
{
    public override Tri Eval(in MatchScope scope) =>
        TriLogic.Of(scope.Event.TryGetInteger(field, out var actual) && values.AsSpan().Contains(actual));

    public override Tri Could(EventClass eventClass, int activity) => field switch
    {
        FieldId.ClassUid when eventClass != EventClass.Other => TriLogic.Of(values.Contains(eventClass.Uid())),
        FieldId.ClassUid when values.All(value => EventClasses.FromUid(value) != EventClass.Other) => Tri.False,
        FieldId.ActivityId when activity != Reach.SomeActivity => TriLogic.Of(values.Contains(activity)),
        _ => Tri.Unknown,
    };
}

/// <summary>A number compared with another, or read as text against a pattern.</summary>
internal sealed class NumberItem(FieldId field, Func<double, bool> test) : TruthNode
{
    public override Tri Eval(in MatchScope scope) =>
        TriLogic.Of(scope.Event.TryGetNumber(field, out var actual) && test(actual));

    public override Comparands? Compare(in MatchScope scope) => new(field, scope.Event.TryGetNumber(field, out var actual) ? actual : null, "", null);
}

/// <summary>The event has a field, or has it not.</summary>
internal sealed class PresenceItem(FieldId field, bool expected) : TruthNode
{
    public override Tri Eval(in MatchScope scope) => TriLogic.Of(MomentFields.Has(in scope, field) == expected);
}

/// <summary>Two fields of the event hold the same.</summary>
internal sealed class FieldReference(FieldId a, FieldId b, Func<string, string, bool> same, SymbolTable symbols) : TruthNode
{
    public override Tri Eval(in MatchScope scope)
    {
        var left = TextOf(in scope, a);
        var right = TextOf(in scope, b);
        return TriLogic.Of(left is not null && right is not null && same(left, right));
    }

    private string? TextOf(in MatchScope scope, FieldId field)
    {
        var info = FieldCatalog.Of(field);
        if (info.Kind.IsSymbol()) return scope.Event.Symbol(field) is { IsNone: false } symbol ? symbols.Text(symbol) : null;
        if (info.Kind == FieldKind.Text) return scope.Event.Has(field) ? Encoding.UTF8.GetString(scope.Event.Text(field)) : null;
        return scope.Event.TryGetNumber(field, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null;
    }
}

/// <summary>Sigma's keywords: a text that stands anywhere in the event.</summary>
internal sealed class KeywordItem(Func<string, bool> test, SymbolTable symbols) : TruthNode
{
    private readonly SymbolMemo _memo = new(symbols, test);

    public override Tri Eval(in MatchScope scope)
    {
        foreach (var info in FieldCatalog.All)
        {
            if (Stands(in scope, info)) return Tri.True;
        }
        return Tri.False;
    }

    private bool Stands(in MatchScope scope, FieldInfo info)
    {
        if (info.Kind == FieldKind.SymbolList)
        {
            var list = scope.Event.List(info.Id);
            for (var i = 0; i < list.Count; i++)
            {
                if (_memo.Test(list[i])) return true;
            }
            return false;
        }
        if (info.Kind.IsSymbol()) return scope.Event.Symbol(info.Id) is { IsNone: false } symbol && _memo.Test(symbol);
        return info.Kind == FieldKind.Text && scope.Event.Text(info.Id) is { IsEmpty: false } utf8 && test(Encoding.UTF8.GetString(utf8));
    }
}

/// <summary>Reads fields whose value is that of the moment, not only of the event.</summary>
internal static class MomentFields
{
    public static bool IsState(FieldId field) =>
        field is FieldId.AppStateName or FieldId.InstallSourceName or FieldId.IsDeviceLocked or FieldId.IsScreenOn
            or FieldId.IsManagedApp or FieldId.IsManagedDevice or FieldId.IsSupervised;

    public static Tri Flag(in MatchScope scope, FieldId field) => field switch
    {
        FieldId.IsDeviceLocked => scope.Moment.State.IsDeviceLocked,
        FieldId.IsScreenOn => scope.Moment.State.IsScreenOn,
        FieldId.IsManagedApp => scope.Moment.State.IsManagedApp,
        FieldId.IsManagedDevice => scope.Moment.State.IsManagedDevice,
        FieldId.IsSupervised => scope.Moment.State.IsSupervised,
        _ => scope.Event.Flag(field),
    };

    public static bool Has(in MatchScope scope, FieldId field) => field switch
    {
        FieldId.AppStateName => scope.Moment.State.AppState != AppState.Unknown,
        FieldId.InstallSourceName => scope.Moment.State.InstallSource != InstallSource.Unknown,
        _ when IsState(field) => Flag(in scope, field) != Tri.Unknown,
        _ => scope.Event.Has(field),
    };
}
