using Nightjar.Benchmarks.Whole;

namespace Nightjar.Benchmarks.Speed;

/// <summary>The inputs of a run of measurements, made by seed where they are not there yet.</summary>
internal sealed class SpeedInput(TelemetrySpec spec, string folder, string repository)
{
    /// <summary>Where this repository lies.</summary>
    public string Repository => repository;

    /// <summary>Where generated files are kept.</summary>
    public string Folder => folder;

    /// <summary>What the telemetry is made by.</summary>
    public TelemetrySpec Spec => spec;

    /// <summary>Chains that lie in the telemetry.</summary>
    public int PlantedChains => new PlantedChains(spec).Count;

    /// <summary>Telemetry in the contract's form, in order of time.</summary>
    public FileInfo InOrder => TelemetryGenerator.Ensure(spec with { Order = LineOrder.Time }, folder);

    /// <summary>The same lines, out of order by up to five seconds.</summary>
    public FileInfo Disordered => TelemetryGenerator.Ensure(spec with { Order = LineOrder.Jittered }, folder);

    /// <summary>A file of another format.</summary>
    public FileInfo Of(string format)
    {
        var file = new FileInfo(Path.Combine(folder, $"{FormatText.FileName(format)}-{spec.Bytes >> 20}MiB-{spec.Seed}.txt"));
        if (file.Exists) return file;
        Directory.CreateDirectory(folder);
        using (var stream = File.Create(file.FullName + ".new")) FormatText.Write(format, spec, stream);
        File.Move(file.FullName + ".new", file.FullName);
        file.Refresh();
        return file;
    }
}
