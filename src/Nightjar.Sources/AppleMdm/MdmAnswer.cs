using Nightjar.Events;
using Nightjar.Sources.PropertyList;

namespace Nightjar.Sources.AppleMdm;

/// <summary>Whose answer it is, and from when.</summary>
/// <param name="Device">The device's own id, or its id of enrolment; empty when the answer names none.</param>
/// <param name="Command">The id of the command that it answers; empty when there is none.</param>
/// <param name="Time">When it came.</param>
/// <param name="Basis">How that is known: answers state no time, so mostly it is the file's.</param>
internal sealed record MdmAnswer(string Device, string Command, Instant Time, TimeBasis Basis)
{
    /// <summary>The platform, where the answer tells it.</summary>
    public Platform Platform { get; init; }

    /// <summary>What the user calls the device; null when not told.</summary>
    public string? DeviceName { get; init; }

    /// <summary>False once the device has left its management.</summary>
    public bool IsManaged { get; init; } = true;

    /// <summary>Adds what an answer tells of the device itself.</summary>
    public MdmAnswer With(ReportNode facts)
    {
        var model = First(facts, "ProductName", "Model", "ModelName");
        return this with { Platform = PlatformOf(model), DeviceName = facts["DeviceName"].Text is { Length: > 0 } name ? name : null };
    }

    /// <summary>The platform of a model such as <c>iPhone10,2</c>, <c>iPad14,3</c> or <c>Mac</c>; unknown when nothing is told.</summary>
    public static Platform PlatformOf(string model)
    {
        if (model.Length == 0) return Platform.Unknown;
        if (model.StartsWith("iPhone", StringComparison.Ordinal) || model.StartsWith("iPod", StringComparison.Ordinal)) return Platform.IOS;
        return model.StartsWith("iPad", StringComparison.Ordinal) ? Platform.IPadOS : Platform.Other;
    }

    /// <summary>The first of some texts that is there.</summary>
    public static string First(ReportNode node, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            if (node[key].Text is { Length: > 0 } text) return text;
        return "";
    }
}
