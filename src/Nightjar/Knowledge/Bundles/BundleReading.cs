using System.Text.Json;

namespace Nightjar.Knowledge.Bundles;

/// <summary>What a bundle holds of the things that a catalogue keeps.</summary>
internal sealed class BundleContents
{
    /// <summary>The release that the bundle says it is; null when it says none.</summary>
    public string? Release { get; set; }

    /// <summary>The last day on which any object was changed.</summary>
    public string Date { get; set; } = "";

    public Dictionary<string, BundleObject> ByRef { get; } = new(StringComparer.Ordinal);

    public HashSet<BundleRelation> Relations { get; } = [];

    /// <summary>STIX ids of the tactics in the order of the matrix, by STIX id of the matrix.</summary>
    public SortedDictionary<string, IReadOnlyList<string>> Matrices { get; } = new(StringComparer.Ordinal);

    public IEnumerable<BundleObject> Of(AttackKind kind) => ByRef.Values.Where(o => o.Kind == kind).OrderBy(o => o.Id, StringComparer.Ordinal);
}

/// <summary>Walks through a bundle object by object. Only one object is taken apart at a time.</summary>
internal sealed class BundleReading
{
    private const int LargestObject = 1 << 20;
    private const int MostObjects = 200_000;
    private static readonly string[] RelationKinds = ["detects", "mitigates", "subtechnique-of", "revoked-by"];
    private static readonly JsonReaderOptions Limits = new() { MaxDepth = 34 };
    private static readonly JsonDocumentOptions ObjectLimits = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    private readonly ReadOnlyMemory<byte> bytes;
    private readonly BundleComplaints complaints;
    private readonly BundleContents contents = new();
    private readonly Dictionary<string, string> attackIds = new(StringComparer.Ordinal);
    private readonly HashSet<string> stixIds = new(StringComparer.Ordinal);
    private int count;
    private bool hasObjects;

    private BundleReading(ReadOnlyMemory<byte> bytes, BundleComplaints complaints) => (this.bytes, this.complaints) = (bytes, complaints);

    /// <summary>Null when the bytes are no bundle.</summary>
    public static BundleContents? Read(ReadOnlyMemory<byte> bytes, BundleComplaints complaints)
    {
        var reading = new BundleReading(bytes, complaints);
        try
        {
            if (reading.Walk()) return reading.contents;
            complaints.Add(BundleRules.NotABundle, "There is no list of 'objects' at its top.");
        }
        catch (JsonException e)
        {
            complaints.Add(BundleRules.NotABundle, "Here it is not JSON, cut off, or nested too deep.", Bounded(e.LineNumber), Bounded(e.BytePositionInLine));
        }
        return null;
    }

    private static int Bounded(long? zeroBased) => (int)Math.Min(int.MaxValue, (zeroBased ?? 0) + 1);

    private bool Walk()
    {
        var reader = new Utf8JsonReader(bytes.Span, Limits);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isObjects = reader.ValueTextEquals("objects"u8);
            if (!reader.Read()) return false;
            if (!isObjects) reader.Skip();
            else if (hasObjects || reader.TokenType != JsonTokenType.StartArray) return false;
            else TakeAll(ref reader);
        }
        // Whatever stands behind the end is a fault too.
        while (reader.Read()) reader.Skip();
        return hasObjects;
    }

    private void TakeAll(ref Utf8JsonReader reader)
    {
        hasObjects = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            count++;
            if (count == MostObjects + 1) complaints.Add(BundleRules.TooLarge, $"It has more than {MostObjects} objects.");
            if (count > MostObjects || complaints.IsFull) continue;
            var length = (int)reader.BytesConsumed - start;
            if (length > LargestObject) complaints.Add(BundleRules.TooLarge, $"Object {count} is larger than {LargestObject >> 20} MiB.");
            else Take(bytes.Slice(start, length));
        }
    }

    private void Take(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, ObjectLimits);
            Take(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            complaints.Add(BundleRules.BadObject, $"Object {count} names a member twice, or holds a text that is no Unicode.");
        }
    }

    private void Take(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            complaints.Add(BundleRules.BadObject, $"Object {count} is no object.");
            return;
        }
        var fields = new BundleFields(root);
        var (type, id) = (fields.Text("type"), fields.Text("id"));
        if (fields.Fault is null && !stixIds.Add(id)) complaints.Add(BundleRules.Duplicate, $"Object {count} has the id '{YamlText.Excerpt(id)}' of an object before it.");
        else TakeAs(type, root, fields);
        if (fields.Fault is { } fault) complaints.Add(BundleRules.BadObject, $"Object {count} ('{YamlText.Excerpt(id)}'): {fault}.");
        else if (fields.Optional("modified") is not null && fields.Day("modified") is var day && string.CompareOrdinal(day, contents.Date) > 0) contents.Date = day;
    }

    private void TakeAs(string type, JsonElement root, BundleFields fields)
    {
        if (BundleObject.KindOf(type) is { } kind) Keep(BundleObject.Read(kind, root, fields), fields);
        else if (type == "relationship") Keep(fields);
        else if (type == "x-mitre-collection") contents.Release = fields.Text("x_mitre_version");
        else if (type == "x-mitre-matrix" && !fields.Flag("x_mitre_deprecated") && !fields.Flag("revoked")) contents.Matrices[fields.Text("id")] = fields.Texts("tactic_refs");
    }

    private void Keep(BundleObject item, BundleFields fields)
    {
        if (fields.Fault is not null) return;
        if (attackIds.TryAdd(item.Id, item.Ref)) contents.ByRef.Add(item.Ref, item);
        else complaints.Add(BundleRules.Duplicate, $"Object {count} has the ATT&CK id {item.Id} of '{attackIds[item.Id]}'.");
    }

    private void Keep(BundleFields fields)
    {
        var kind = fields.Text("relationship_type");
        var relation = new BundleRelation(kind, fields.Text("source_ref"), fields.Text("target_ref"));
        if (RelationKinds.Contains(kind) && !fields.Flag("x_mitre_deprecated") && !fields.Flag("revoked") && fields.Fault is null) contents.Relations.Add(relation);
    }
}
