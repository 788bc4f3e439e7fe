using Nightjar.Sources;

namespace Nightjar.Tests.Sources.Mapping;

/// <summary>The reader behind mappings owes what every reader owes; here by one shipped mapping for each layout.</summary>
public abstract class MappedContract(string name, int eventsPerRecord = 1) : SourceContract
{
    protected override ISourceReader Reader { get; } = ShippedMappings.Reader(name);

    protected override IReadOnlyList<SourceExample> Examples { get; } = ShippedMappings.Examples(name);

    protected override int EventsPerRecord => eventsPerRecord;
}

/// <summary>Mappings whose samples are one object a line, so that they can be put one behind the other.</summary>
public abstract class MappedObjectsContract(string name, int eventsPerRecord = 1) : MappedContract(name, eventsPerRecord)
{
    protected override byte[]? Many(SourceExample example, int times) =>
        [.. Enumerable.Repeat((byte[])[.. example.Bytes, (byte)'\n'], times).SelectMany(bytes => bytes)];
}

/// <summary>One object a line.</summary>
public sealed class ObjectLinesContract() : MappedObjectsContract("lookout-mobile-risk");

/// <summary>One object a line, with what is unmapped counted.</summary>
public sealed class CountedLinesContract() : MappedObjectsContract("jamf-traffic");

/// <summary>An array, each record on lines of its own.</summary>
public sealed class ArrayContract() : MappedContract("zimperium-mtd");

/// <summary>An array with tabs, as nfdump lays it out.</summary>
public sealed class TabbedArrayContract() : MappedContract("nfdump-flows");

/// <summary>An array inside an object on one line, with several events of a record.</summary>
public sealed class OuterObjectContract() : MappedObjectsContract("microsoft-intune-apps", 2);

/// <summary>An array inside an object over many lines.</summary>
public sealed class OuterObjectLinesContract() : MappedContract("jamf-pro-inventory", 3);

/// <summary>An array inside an object that says whose records they are.</summary>
public sealed class OuterAttributesContract() : MappedContract("android-management-usage-logs")
{
    // The device may stand behind the records; while that is missing, so is every event.
    protected override bool IsConsistent(IReadOnlyList<string> prefix, IReadOnlyList<string> whole) =>
        prefix.SkipLast(EventsPerRecord).All(whole.Contains);
}

/// <summary>Rows with a header.</summary>
public sealed class RowsContract() : MappedContract("microsoft-defender-network-csv")
{
    protected override byte[]? Many(SourceExample example, int times) => base.Many(example, times);

    // Not inside the row of two lines.
    protected override int LinesBeforeLongLine(SourceExample example) => 1;
}

/// <summary>Lines of key and value.</summary>
public sealed class PairsContract() : MappedContract("zscaler-nss-web-pairs");
