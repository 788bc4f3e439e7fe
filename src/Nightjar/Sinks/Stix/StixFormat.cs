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

/// <summary>Who made the bundle, and what says how its extension is to be read.</summary>
/// <param name="Identity">Id of the identity.</param>
/// <param name="Extension">Id of the extension's definition.</param>
/// <param name="Epoch">When objects that never change were made: not the time of writing, so that they are the same in every bundle.</param>
internal sealed record StixMaker(string Identity, string Extension, Instant Epoch)
{
    public static StixMaker In(StixBundle bundle)
    {
        var epoch = Instant.From(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var identity = bundle.AddObject("identity", StixIds.Of("identity", ProductInfo.Name), epoch, epoch, new JsonObject
        {
            ["name"] = ProductInfo.Name,
            ["identity_class"] = "system",
        });
        var extension = bundle.AddObject("extension-definition", StixIds.Of("extension-definition", "ocsf_finding"), epoch, epoch, new JsonObject
        {
            ["created_by_ref"] = identity,
            ["name"] = "Nightjar finding",
            ["description"] = "The whole finding that a sighting tells of.",
            ["schema"] = "ocsf_finding: an object of OCSF 1.8.0, class 2004 Detection Finding",
            ["version"] = "1.0.0",
            ["extension_types"] = new JsonArray("property-extension"),
        });
        return new StixMaker(identity, extension, epoch);
    }
}
