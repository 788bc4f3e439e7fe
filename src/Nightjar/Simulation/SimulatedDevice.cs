using System.Globalization;
using Nightjar.Events;

namespace Nightjar.Simulation;

/// <summary>A device of the invented fleet.</summary>
/// <param name="Number">From 0.</param>
internal sealed record SimulatedDevice(int Number)
{
    public bool IsAndroid => Number % 10 < 6;

    public Platform Platform => IsAndroid ? Platform.Android : Platform.IOS;

    public string Uid => $"{(IsAndroid ? "android" : "iphone")}-{(Number + 1).ToString("d2", CultureInfo.InvariantCulture)}";

    /// <summary>Where an app may write.</summary>
    public string FolderOf(string app) => IsAndroid
        ? $"/data/data/{app}"
        : string.Create(CultureInfo.InvariantCulture, $"/var/mobile/Containers/Data/Application/{Number + 1:X8}-0000-4000-8000-{app.Sum(c => c):X12}");
}
