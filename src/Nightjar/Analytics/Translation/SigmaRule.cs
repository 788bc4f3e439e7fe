using Nightjar.Analytics.Reading;
using YamlDotNet.RepresentationModel;

namespace Nightjar.Analytics.Translation;

/// <summary>What a document of Sigma is.</summary>
internal enum SigmaKind : byte
{
    /// <summary>A rule about single events.</summary>
    Detection,
    /// <summary>A rule about rules.</summary>
    Correlation,
    /// <summary>Exceptions that are added to rules.</summary>
    Filter,
}

/// <summary>A document of Sigma as its author wrote it.</summary>
internal sealed class SigmaRule
{
    private SigmaRule(YamlMappingNode node, SigmaKind kind, string file, int number)
    {
        Node = node;
        Kind = kind;
        Mistakes = new Mistakes(file, node);
        Top = new YamlMap(node, Mistakes);
        Title = node.TextOf("title") ?? "";
        Id = Named("id");
        Name = Named("name");
        Uid = Id ?? Name ?? $"{Path.GetFileNameWithoutExtension(file)}{(number > 0 ? $"-{number + 1}" : "")}";
    }

    public YamlMappingNode Node { get; }

    public SigmaKind Kind { get; }

    /// <summary>The mistakes of this document.</summary>
    public Mistakes Mistakes { get; }

    public YamlMap Top { get; }

    public string Title { get; }

    public string? Id { get; }

    public string? Name { get; }

    /// <summary>What findings call it: its id, else its name, else the name of its file.</summary>
    public string Uid { get; }

    /// <summary>How a message calls it.</summary>
    public string Label => Name ?? Id ?? Title;

    /// <summary>True once it is the subject of a correlation.</summary>
    public bool IsReferenced { get; set; }

    /// <summary>True when a correlation asks for it as a rule of its own too.</summary>
    public bool IsGenerated { get; set; }

    /// <summary>True when it is reported by itself: nobody correlates it, or somebody who does asks for it.</summary>
    public bool StandsAlone => Kind != SigmaKind.Filter && (!IsReferenced || IsGenerated);

    /// <summary>True when a reference means this rule.</summary>
    public bool IsCalled(string reference) => string.Equals(reference, Name, StringComparison.OrdinalIgnoreCase) || string.Equals(reference, Id, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a document; null when it is no document of Sigma.</summary>
    /// <param name="node">The document.</param>
    /// <param name="file">The name of its file.</param>
    /// <param name="number">Its place in the file, from 0.</param>
    public static SigmaRule? Of(YamlMappingNode node, string file, int number)
    {
        if (node.Get("analytic") is not null) return null;
        SigmaKind? kind = node.Get("correlation") is not null ? SigmaKind.Correlation
            : node.Get("filter") is not null ? SigmaKind.Filter
            : node.Get("detection") is not null || node.Get("action") is not null ? SigmaKind.Detection : null;
        return kind is { } known ? new SigmaRule(node, known, file, number) : null;
    }

    private string? Named(string key) => Node.TextOf(key) is { Length: > 0 } text ? text : null;
}
