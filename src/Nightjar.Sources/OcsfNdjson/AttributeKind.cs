namespace Nightjar.Sources.OcsfNdjson;

/// <summary>What is done with a value that stands at an attribute.</summary>
internal enum AttributeKind : byte
{
    /// <summary>An object that holds further attributes.</summary>
    Object,
    /// <summary>Says nothing that another attribute does not say; passed over without being counted.</summary>
    Quiet,

    // Texts.
    /// <summary>A text of any kind, kept in a slot.</summary>
    Text,
    /// <summary>An array of texts, or of objects of which one attribute is taken.</summary>
    List,
    /// <summary>The attribute that is taken of each object in a list.</summary>
    ListItem,
    /// <summary>The arguments of a call: kept as written, path and name taken out.</summary>
    Arguments,
    /// <summary>Of the names from here to <see cref="LogName"/>, each goes to a place of its own in the header.</summary>
    Uid,
    Device,
    App,
    LogName,
    AppState,
    InstallSource,

    // Booleans.
    /// <summary>A boolean, kept in a slot.</summary>
    Flag,
    /// <summary>A boolean of the header.</summary>
    HeaderFlag,

    /// <summary>A number that need not be whole.</summary>
    Number,

    // Whole numbers, from here to the end.
    /// <summary>A whole number, kept in a slot.</summary>
    Integer,
    Sequence,
    Duration,
    ClassUid,
    Activity,
    OsType,
    /// <summary>A point in time that is kept in milliseconds.</summary>
    Moment,
    Time,
    EndTime,
}

/// <summary>Where a record may name its app.</summary>
internal enum AppPlace : byte
{
    ActorAppUid,
    ActorApplicationUid,
    AppUid,
    AppName,
}
