using Nightjar.Analytics.Plan;

namespace Nightjar.Analytics.Where;

/// <summary>A part of an expression with its meaning. Exactly one of the kinds below.</summary>
internal abstract record Bound(string Kind);

internal sealed record BoundTruth(TruthNode Node) : Bound("a truth");

internal sealed record BoundNumber(NumberNode Node) : Bound("a number");

internal sealed record BoundText(TextNode Node) : Bound("a text");

/// <summary>Several words that follow from one text, for example the families of a function.</summary>
internal sealed record BoundWords(TextNode Node, Func<string, IReadOnlyCollection<string>> Of, IReadOnlyCollection<string> WhenAbsent) : Bound("words");

/// <summary>The roles of an app.</summary>
internal sealed record BoundRoles(TextNode App) : Bound("words");

/// <summary>A fixed text.</summary>
internal sealed record BoundLiteral(string Value) : Bound("a text");

/// <summary>A fixed set of texts, or an expression that texts may match.</summary>
internal sealed record BoundSet(Func<string, bool> Has) : Bound("a set");

/// <summary>What stands for a part that has a mistake, so that one mistake is told once.</summary>
internal sealed record BoundNothing() : Bound("nothing");

/// <summary>A list of texts of an event.</summary>
internal sealed record BoundList(Events.FieldId Field, int Stage) : Bound("a list");

/// <summary>Text that is kept with the event and not interned.</summary>
internal sealed record BoundPlainText(Events.FieldId Field, int Stage) : Bound("a long text");

/// <summary>A word of the moment: the app's state, the install source.</summary>
internal sealed record BoundWord(Events.FieldId Field) : Bound("a word");
