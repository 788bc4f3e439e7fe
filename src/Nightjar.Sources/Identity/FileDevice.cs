using Nightjar.Events;

namespace Nightjar.Sources.Identity;

/// <summary>The device of a file that speaks of one without naming it.</summary>
internal sealed class FileDevice
{
    private const int MaxName = 255;

    private static readonly string[] Archives = [".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".zip", ".tar"];

    private static readonly string[] Compressions = [".gz", ".bz2", ".xz", ".zst"];

    private readonly IReadOnlyList<Timeline<DeviceIdentity>> _mapped;
    private readonly DeviceIdentity? _otherwise;

    public FileDevice(DeviceDirectory directory, string path, string relativePath, string? device)
    {
        _mapped = directory.PathsOf(path, relativePath);
        var basis = string.IsNullOrWhiteSpace(device) ? DeviceBasis.Folder : DeviceBasis.Option;
        var uid = basis == DeviceBasis.Option ? device!.Trim() : NameOf(relativePath.Length > 0 ? relativePath : path);
        // A pipe is called "-".
        if (MeaninglessText.Is(uid)) return;
        var facts = directory.Describe(uid);
        _otherwise = new DeviceIdentity(uid, basis, facts?.Platform ?? Platform.Unknown, facts?.Name, facts?.Groups ?? []);
    }

    /// <summary>The device at a time; null when the file has not even a name.</summary>
    public DeviceIdentity? At(Instant time)
    {
        foreach (var timeline in _mapped)
            if (timeline.At(time) is { } device) return device;
        return _otherwise;
    }

    /// <summary>The folders that hold the file, <c>fleet/pixel-7</c>, an archive counting as one without its extension; the bare name of the file
    /// when no folder holds it.</summary>
    /// <remarks>All folders, not the nearest: two devices may each have a folder "logs".</remarks>
    internal static string NameOf(string relativePath)
    {
        var parts = (PathPattern.Normalise(relativePath) ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0) return "";
        var name = parts.Length == 1 ? Bare(parts[0]) : string.Join('/', parts[..^1].Select(part => Without(part, Archives)));
        return name.Length <= MaxName ? name : name[^MaxName..];
    }

    private static string Bare(string name)
    {
        name = Without(Without(name, Compressions), Archives);
        var dot = name.LastIndexOf('.');
        return dot > 0 ? name[..dot] : name;
    }

    private static string Without(string name, string[] endings)
    {
        var ending = Array.Find(endings, ending => name.Length > ending.Length && name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return ending is null ? name : name[..^ending.Length];
    }
}
