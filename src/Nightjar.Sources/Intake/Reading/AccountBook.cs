using Nightjar.Events;

namespace Nightjar.Sources.Intake.Reading;

/// <summary>The accounts of all files of a run. Safe for several threads.</summary>
internal sealed class AccountBook
{
    private readonly Lock _adding = new();
    private readonly List<LeafAccount> _accounts = [];

    /// <summary>Events left out because they lie outside the time asked for.</summary>
    public long OutsideRange => Snapshot().Sum(account => account.OutsideRange);

    /// <summary>Opens the account of a file.</summary>
    public LeafAccount Open(string path)
    {
        var account = new LeafAccount(path);
        lock (_adding) _accounts.Add(account);
        return account;
    }

    /// <summary>Enters a file that was not read.</summary>
    public void Refuse(string path, FileState state, AnomalyKind kind, string reason) => Open(path).Refuse(state, kind, reason);

    /// <summary>Enters what was cut short at an archive as a whole.</summary>
    public void CutShort(string path, AnomalyKind kind, string reason) => Open(path).CutShort(kind, reason);

    /// <summary>All accounts in path order.</summary>
    public IReadOnlyList<FileAccount> ToFileAccounts() =>
        [.. Snapshot().Select(account => account.ToFileAccount()).OrderBy(account => account.Path, StringComparer.Ordinal)];

    private LeafAccount[] Snapshot()
    {
        lock (_adding) return [.. _accounts];
    }
}
