namespace Nightjar.Events;

/// <summary>An interned text: equal texts of one <see cref="SymbolTable"/> have equal symbols. 0 is "no text".</summary>
/// <remarks>The number depends on the order of reading. Never order by it, never write it out.</remarks>
public readonly record struct Symbol(int Id)
{
    /// <summary>No text at all; also the symbol of the empty text.</summary>
    public static Symbol None => default;

    /// <summary>True for <see cref="None"/>.</summary>
    public bool IsNone => Id == 0;
}
