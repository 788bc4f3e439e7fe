namespace Nightjar.Sources.Sqlite;

/// <summary>A place in a database that could not be read, with the reason. What does not depend on it is read.</summary>
/// <param name="Offset">Where in the file.</param>
/// <param name="Reason">One short sentence.</param>
/// <param name="IsCut">True when the file ends before the place.</param>
internal readonly record struct DatabaseFault(long Offset, string Reason, bool IsCut);
