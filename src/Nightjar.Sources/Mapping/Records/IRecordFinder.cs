namespace Nightjar.Sources.Mapping.Records;

/// <summary>What a finder of records came upon.</summary>
internal enum RecordFound : byte
{
    /// <summary>Nothing yet; never told to the outside.</summary>
    Nothing,
    /// <summary>A record, whole.</summary>
    Record,
    /// <summary>Something that is no record; it was passed over.</summary>
    Damaged,
    /// <summary>A value that is whole and no object.</summary>
    NoObject,
    /// <summary>A record beyond the limit; it was passed over.</summary>
    TooLong,
    /// <summary>A record that the end of the input cuts off.</summary>
    Truncated,
    /// <summary>Something that holds for the records before, told too late for them.</summary>
    Late,
    /// <summary>The end of the input.</summary>
    End,
}

/// <summary>Finds the records of an input one after the other.</summary>
internal interface IRecordFinder : IDisposable
{
    /// <summary>Bytes taken from the input.</summary>
    long BytesRead { get; }

    /// <summary>Number of what was found last, from 1.</summary>
    long Number { get; }

    /// <summary>The line on which it begins, from 1.</summary>
    long Line { get; }

    /// <summary>The record's bytes; valid until the next is looked for.</summary>
    ReadOnlySpan<byte> Record { get; }

    /// <summary>Looks for the next record.</summary>
    RecordFound Next(CancellationToken cancellation);
}
