using System.Globalization;
using Nightjar.Events;
using Nightjar.Knowledge;

namespace Nightjar.Context;

/// <summary>Says whether two statements about an app differ in a way that is a drift. Deterministic; safe for several threads.</summary>
public sealed class DriftRules
{
    private readonly SymbolTable _symbols;
    private readonly Func<AppRoles> _roles;

    /// <param name="symbols">The table of the events.</param>
    /// <param name="roles">Which role comes with which category of a store.</param>
    public DriftRules(SymbolTable symbols, AppRoles roles)
        : this(symbols, () => roles)
    {
    }

    // Asked for when two categories differ for the first time, which takes an inventory.
    private DriftRules(SymbolTable symbols, Func<AppRoles> roles)
    {
        _symbols = symbols;
        _roles = roles;
    }

    /// <summary>By the roles that come with Nightjar.</summary>
    public static DriftRules Shipped(SymbolTable symbols) => new(symbols, () => ReferenceData.Shipped.AppRoles);

    /// <summary>True when both are versions of one form and the first is the lower one.</summary>
    internal bool IsLower(Symbol version, Symbol than) => version != than && VersionOrder.IsLower(_symbols.Text(version), _symbols.Text(than));

    /// <summary>True when both categories have a role, and not the same.</summary>
    internal bool IsOtherRole(Symbol app, Symbol category, Symbol than)
    {
        if (category == than) return false;
        var roles = _roles();
        IReadOnlyList<string> now = roles.RolesOf(_symbols.Text(app), _symbols.Text(category)), before = roles.RolesOf(_symbols.Text(app), _symbols.Text(than));
        return !now.Contains(AppRoles.Unknown) && !before.Contains(AppRoles.Unknown) && !now.SequenceEqual(before, StringComparer.Ordinal);
    }

    internal Symbol Word(InstallSource source) => _symbols.Intern(source.Name().AsSpan());

    /// <summary>The one that comes first as text.</summary>
    internal Symbol First(IEnumerable<Symbol> some) => some.MinBy(_symbols.Text, StringComparer.Ordinal);
}

/// <summary>Which of two versions is the lower one. Numbers between dots count, what follows them does not.</summary>
internal static class VersionOrder
{
    private const int MostParts = 8;
    private const int MostDigits = 18;

    /// <summary>False when they cannot be compared: a version code such as <c>4711</c> says nothing beside a name such as <c>4.7.1</c>.</summary>
    public static bool IsLower(string version, string than)
    {
        Span<long> a = stackalloc long[MostParts], b = stackalloc long[MostParts];
        int parts = Parts(version, a), others = Parts(than, b);
        return parts > 0 && others > 0 && parts == 1 == (others == 1) && a.SequenceCompareTo(b) < 0;
    }

    private static int Parts(ReadOnlySpan<char> text, Span<long> into)
    {
        text = text.TrimStart("vV ");
        var count = 0;
        while (count < into.Length)
        {
            var end = text.IndexOfAnyExceptInRange('0', '9');
            var digits = end < 0 ? text : text[..end];
            if (digits.Length is 0 or > MostDigits) return digits.Length == 0 ? count : 0;
            into[count++] = long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
            if (end < 0 || text[end] != '.') return count;
            text = text[(end + 1)..];
        }
        return count;
    }
}
