namespace Nightjar.Sources.OcsfNdjson;

/// <summary>What stands behind the fixed bytes of a <see cref="MouldStep"/>, and how its end is found.</summary>
internal enum MouldForm : byte
{
    /// <summary>Nothing: the line ends.</summary>
    End,
    /// <summary>Nothing: a list begins.</summary>
    List,
    /// <summary>A text, up to the quote.</summary>
    Text,
    /// <summary>A whole number of few digits, written plainly.</summary>
    Digits,
    /// <summary>A number in any form.</summary>
    Number,
    /// <summary>One of the three words.</summary>
    Word,
    /// <summary>An object that is taken as a whole.</summary>
    WholeObject,
    /// <summary>An array that is taken as a whole.</summary>
    WholeArray,
    /// <summary>Any value, of an attribute that is not known.</summary>
    Any,
}

/// <summary>A piece of a mould: bytes that are always the same, and what follows them.</summary>
internal struct MouldStep
{
    /// <summary>Where the fixed bytes lie in the pool of all moulds.</summary>
    public int Fixed;

    /// <summary>How many fixed bytes there are.</summary>
    public int Length;

    /// <summary>The first of the steps that may follow this one; 0 at the end.</summary>
    public int Next;

    /// <summary>The step to try when this one does not fit; 0 after the last.</summary>
    public int Other;

    /// <summary>The attribute that the value belongs to; null when it is not known.</summary>
    public AttributeNode? Node;

    /// <summary>Of an attribute that is not known: the object that holds it, else null.</summary>
    public AttributeNode? Parent;

    /// <summary>Of an attribute that is not known: where its name lies, counted back from the value.</summary>
    public int NameBack;

    /// <summary>How long that name is.</summary>
    public int NameLength;

    /// <summary>How many levels a value may nest.</summary>
    public int Levels;

    /// <summary>What the value looks like.</summary>
    public MouldForm Form;

    /// <summary>True for a text that is looked up among those that are known.</summary>
    public bool IsInterned;

    /// <summary>True where nothing is done with the value.</summary>
    public bool IsSilent;

    /// <summary>True when both say the same of the value behind them.</summary>
    public readonly bool IsLike(in MouldStep other) =>
        Length == other.Length && Form == other.Form && Node == other.Node && Parent == other.Parent
        && NameBack == other.NameBack && NameLength == other.NameLength && Levels == other.Levels;
}
