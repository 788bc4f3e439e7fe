using Nightjar.Events;

namespace Nightjar.Findings;

/// <summary>Which policy was in force in a run, and what it hid.</summary>
/// <param name="Name">Its name.</param>
/// <param name="File">Its file as it was given.</param>
/// <param name="Sha256">SHA-256 of the file, lower case hexadecimal.</param>
/// <param name="Hidden">Findings that were hidden.</param>
/// <param name="Exceptions">Every exception, in order of id.</param>
public sealed record PolicyAccount(string Name, string File, string Sha256, int Hidden, IReadOnlyList<ExceptionAccount> Exceptions);

/// <summary>What an exception hid in a run.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Reason">Why it is there.</param>
/// <param name="Owner">Who answers for it.</param>
/// <param name="Expires">From here on it hides nothing.</param>
public sealed record ExceptionAccount(string Id, string Reason, string Owner, Instant Expires)
{
    /// <summary>Findings that it hid, alone or with others.</summary>
    public int Hidden { get; init; }

    /// <summary>Findings that no other exception hid.</summary>
    public int HiddenAlone { get; init; }

    /// <summary>End of the last of them; null when it hid nothing.</summary>
    public Instant? LastHidden { get; init; }

    /// <summary>Findings that are reported because it had expired.</summary>
    public int MissedAfterExpiry { get; init; }

    /// <summary>End of the last of them; null when there is none.</summary>
    public Instant? LastMissed { get; init; }
}
