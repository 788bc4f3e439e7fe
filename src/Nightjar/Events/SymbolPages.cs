namespace Nightjar.Events;

/// <summary>Something for each of some symbols, found by their number without a search. Only the pages that are in use are there.</summary>
/// <remarks>Symbols are numbered densely, so this takes no more than a hash table would and costs one look: a dictionary here was a tenth of the engine's time.</remarks>
internal sealed class SymbolPages<T> where T : class
{
    private const int PageBits = 9;

    private T?[]?[] _pages = new T?[16][];

    public T? Find(Symbol symbol)
    {
        var page = symbol.Id >> PageBits;
        var pages = _pages;
        return (uint)page < (uint)pages.Length && pages[page] is { } held ? held[symbol.Id & (1 << PageBits) - 1] : null;
    }

    public void Set(Symbol symbol, T item)
    {
        var page = symbol.Id >> PageBits;
        if (page >= _pages.Length) Array.Resize(ref _pages, Math.Max(page + 1, _pages.Length * 2));
        (_pages[page] ??= new T?[1 << PageBits])[symbol.Id & (1 << PageBits) - 1] = item;
    }
}
