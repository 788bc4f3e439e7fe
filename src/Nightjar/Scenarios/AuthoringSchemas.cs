using System.Text.Json.Nodes;
using Nightjar.Knowledge;
using Nightjar.Scenarios.Schemas;

namespace Nightjar.Scenarios;

/// <summary>JSON schemas (draft 2020-12) of the files that an author of analytics writes, for editors.</summary>
public static class AuthoringSchemas
{
    /// <summary>Names of the schemas.</summary>
    public static IReadOnlyList<string> Names { get; } = ["analytic", "scenario"];

    /// <summary>The schema of a name; null when there is none.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="reference">The facts whose words are offered: roles and service classes.</param>
    public static string? Text(string name, ReferenceData reference)
    {
        JsonObject? shape = name switch { "analytic" => AnalyticSchema.Of(reference), "scenario" => ScenarioSchema.Of(), _ => null };
        return shape is null ? null : Shape.Document($"Nightjar {name}", shape);
    }
}
