using Nightjar.Sources.Mapping.Records;

namespace Nightjar.Sources.Mapping.Plan;

/// <summary>Of what a path speaks.</summary>
internal enum Scope : byte
{
    /// <summary>The record.</summary>
    Record,
    /// <summary>The object around the records: <c>^.name</c>.</summary>
    Outer,
    /// <summary>The item of the record's list that the event is about: <c>item.name</c>.</summary>
    Item,
}

/// <summary>Where a value is found.</summary>
/// <remarks>An object, because collections of such are compiled already; for those of a value of our own each start would compile a hundred methods.</remarks>
/// <param name="Scope">Of what.</param>
/// <param name="Slot">The number of the path there.</param>
internal sealed record ValuePath(Scope Scope, int Slot);

/// <summary>A record with what is around it and the item of it that is looked at.</summary>
internal sealed class RecordView
{
    public required RecordValues Record { get; init; }

    /// <summary>The object around the records; null when nothing of it is asked for.</summary>
    public RecordValues? Outer { get; init; }

    /// <summary>The item; null for events about the whole record.</summary>
    public RecordValues? Item { get; set; }

    public RecordValues? Of(Scope scope) => scope switch
    {
        Scope.Record => Record,
        Scope.Outer => Outer,
        _ => Item,
    };

    /// <summary>The first value at a path; empty when there is none.</summary>
    public ReadOnlySpan<byte> Text(ValuePath path) => Of(path.Scope) is { } values ? values.Text(path.Slot) : default;
}
