using System.Text.Json;

namespace Nightjar.Events;

/// <summary>One attribute of the contract as it is written.</summary>
internal sealed class ContractNode(string name)
{
    public JsonEncodedText Name { get; } = JsonEncodedText.Encode(name);

    public List<ContractNode> Children { get; } = [];

    /// <summary>The field that stands here; null for an object, and for the sequence, which is no field.</summary>
    public FieldId? Field { get; set; }

    /// <summary>For a list of objects, the attribute of each.</summary>
    public JsonEncodedText? ItemName { get; set; }

    /// <summary>The bit by which <see cref="ContractTree.Present"/> tells that a value stands here itself.</summary>
    public UInt128 Own { get; set; }

    /// <summary>The bits of everything here and below.</summary>
    public UInt128 Mask { get; set; }
}

/// <summary>The attributes of the contract as a tree, in the order in which they are written: first what every event has.</summary>
internal static class ContractTree
{
    /// <summary>How deep arguments may nest, so that the line stays within the 64 levels that are read.</summary>
    public const int MaxArgumentDepth = 60;

    // Fields have the bit of their number; these are used by none.
    private const int SequenceBit = 126;
    private const int SubjectBit = 127;

    private static readonly FieldId[] First =
        [FieldId.ClassUid, FieldId.ActivityId, FieldId.Time, FieldId.EndTime, FieldId.EventUid, FieldId.LogName, FieldId.DeviceUid, FieldId.OsTypeId];

    public static ContractNode Root { get; } = Build();

    /// <summary>What an event has, one bit an attribute.</summary>
    public static UInt128 Present(in EventView view)
    {
        ref readonly var header = ref view.Header;
        var present = new UInt128(header.MaskHigh, header.MaskLow);
        for (var field = FieldCatalog.FirstHeaderField; field <= FieldId.IsHearsay; field++)
        {
            if (HeaderFields.Has(in header, field)) present |= Bit(field);
        }
        if (header.Sequence != 0) present |= UInt128.One << SequenceBit;
        if (!header.State.IsHearsay) present &= ~Bit(FieldId.IsHearsay);
        // In the life of an app, the app is the subject, not the actor.
        if (!header.App.IsNone && header.Class is EventClass.ApplicationLifecycle or EventClass.SoftwareInfo)
            present = present & ~Bit(FieldId.AppUid) | UInt128.One << SubjectBit;
        return present;
    }

    private static ContractNode Build()
    {
        var root = new ContractNode("");
        foreach (var field in First) Add(root, FieldCatalog.Of(field));
        At(root, "metadata.sequence").Own = UInt128.One << SequenceBit;
        foreach (var info in FieldCatalog.All)
        {
            // The end says what the duration says.
            if (info.Id != FieldId.DurationMillis && !First.Contains(info.Id)) Add(root, info);
        }
        var subject = At(root, "app.uid");
        subject.Field = FieldId.AppUid;
        subject.Own = UInt128.One << SubjectBit;
        Sum(root);
        return root;
    }

    private static void Add(ContractNode root, FieldInfo info)
    {
        var path = info.Kind == FieldKind.SymbolList ? info.Aliases.First(alias => alias.Contains("[]", StringComparison.Ordinal)) : info.Path;
        var list = path.IndexOf("[]", StringComparison.Ordinal);
        var node = At(root, list < 0 ? path : path[..list]);
        node.Field = info.Id;
        node.Own = Bit(info.Id);
        if (list >= 0 && list + 2 < path.Length) node.ItemName = JsonEncodedText.Encode(path[(list + 3)..]);
    }

    private static ContractNode At(ContractNode root, string path)
    {
        var node = root;
        foreach (var name in path.Split('.'))
        {
            var child = node.Children.Find(child => child.Name.Value == name);
            if (child is null) node.Children.Add(child = new ContractNode(name));
            node = child;
        }
        return node;
    }

    private static UInt128 Sum(ContractNode node)
    {
        node.Mask = node.Own;
        foreach (var child in node.Children) node.Mask |= Sum(child);
        return node.Mask;
    }

    private static UInt128 Bit(FieldId field) => UInt128.One << (int)field;
}
