using System.Globalization;

namespace Nightjar.Benchmarks.Whole;

/// <summary>What the command line of the wholes asks for.</summary>
internal sealed record WholeOptions(TelemetrySpec Spec, int Runs, string Folder)
{
    public const string Usage = """
        whole | generate | speed
          --bytes SIZE      how much telemetry: 64MiB (default), 1GiB, …
          --order ORDER     time (default), jittered (by up to five seconds), late (by up to a minute), shuffled
          --devices N       400
          --chain-every N   events between planted chains: 20000
          --seed N          1
          --folder PATH     where the file is kept: artifacts/bench
          --runs N          of each whole, in turn: 3
        speed takes as its first option
          --only N,N        targets by number, works by name; otherwise all
        and has --bytes 256MiB, --runs 5
        """;

    public static WholeOptions Defaults { get; } = new(new TelemetrySpec(), 3, Path.Combine(Repository.Root, "artifacts/bench"));

    /// <summary>Reads the options; null with a sentence when they cannot be understood.</summary>
    public static WholeOptions? Parse(string[] args, WholeOptions defaults, TextWriter errors)
    {
        var options = defaults;
        for (var i = 0; i < args.Length; i += 2)
        {
            if (i + 1 < args.Length && options.With(args[i], args[i + 1]) is { } changed)
            {
                options = changed;
                continue;
            }
            errors.WriteLine($"Not understood: {string.Join(' ', args[i..Math.Min(args.Length, i + 2)])}\n\n{Usage}");
            return null;
        }
        return options;
    }

    private WholeOptions? With(string name, string value) => name switch
    {
        "--bytes" when Size(value) is { } bytes => this with { Spec = Spec with { Bytes = bytes } },
        "--order" when Enum.TryParse<LineOrder>(value, true, out var order) => this with { Spec = Spec with { Order = order } },
        "--devices" when Whole(value) is { } devices => this with { Spec = Spec with { Devices = devices } },
        "--chain-every" when Whole(value) is { } every => this with { Spec = Spec with { ChainEvery = every } },
        "--seed" when ulong.TryParse(value, CultureInfo.InvariantCulture, out var seed) => this with { Spec = Spec with { Seed = seed } },
        "--folder" => this with { Folder = value },
        "--runs" when Whole(value) is { } runs => this with { Runs = runs },
        _ => null,
    };

    private static int? Whole(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static long? Size(string value)
    {
        var digits = value.TrimEnd('K', 'M', 'G', 'i', 'B');
        var shift = value[digits.Length..] switch { "" => 0, "KiB" => 10, "MiB" => 20, "GiB" => 30, _ => -1 };
        return shift < 0 || Whole(digits) is not { } number ? null : (long)number << shift;
    }
}
