namespace Nightjar.Sinks;

/// <summary>Where ATT&amp;CK describes what findings name.</summary>
internal static class AttackPages
{
    private const string Site = "https://attack.mitre.org";

    /// <summary>The page of a tactic, technique or sub-technique.</summary>
    public static string Of(string uid)
    {
        if (uid.StartsWith("TA", StringComparison.Ordinal)) return $"{Site}/tactics/{uid}";
        return Parent(uid) is { } parent ? $"{Site}/techniques/{parent}/{uid[(parent.Length + 1)..]}" : $"{Site}/techniques/{uid}";
    }

    /// <summary>The technique of a sub-technique; null for what is none.</summary>
    public static string? Parent(string uid)
    {
        var dot = uid.IndexOf('.', StringComparison.Ordinal);
        return dot < 0 ? null : uid[..dot];
    }
}
