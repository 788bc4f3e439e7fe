using System.Text.Json.Nodes;
using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Sinks.Formats;

namespace Nightjar.Sinks.Stix;

/// <summary>STIX 2.1: one bundle with all findings. The whole finding stands in an extension of its sighting.</summary>
internal sealed class StixFormat : IFindingFormat
{
    public string Id => "stix";

    public string Title => "STIX 2.1 bundle";

    public void Write(IReadOnlyList<Finding> findings, Stream output)
    {
        var bundle = new StixBundle();
        var maker = StixMaker.In(bundle);
        foreach (var finding in findings) new StixFinding(bundle, finding, maker).Add();
        bundle.Write(output);
    }
}

/// <summary>Who made the bundle.</summary>
/// <param name="Identity">Id of the identity.</param>
/// <param name="Epoch">When objects that never change were made: not the time of writing, so that they are the same in every bundle.</param>
internal sealed record StixMaker(string Identity, Instant Epoch)
{
    /// <summary>Id of the extension that holds the whole finding; docs/reference/formats.md defines it. OASIS's schema of bundles takes no definitions.</summary>
    public static string Extension { get; } = StixIds.Of("extension-definition", "ocsf_finding");

    public static StixMaker In(StixBundle bundle)
    {
        var epoch = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var identity = bundle.AddObject("identity", StixIds.Of("identity", ProductInfo.Name), epoch, epoch, new JsonObject
        {
            ["name"] = ProductInfo.Name,
            ["identity_class"] = "system",
        });
        return new StixMaker(identity, epoch);
    }
}
