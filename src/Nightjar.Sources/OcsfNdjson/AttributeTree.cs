using Nightjar.Events;

namespace Nightjar.Sources.OcsfNdjson;

/// <summary>The attributes of the format as a tree of names, made from the field catalogue.</summary>
internal static class AttributeTree
{
    // OCSF has no place for these, so they stand at the top or, as the strict want it, under unmapped.mobile.
    private static readonly FieldId[] MobileProfile =
    [
        FieldId.AppStateName, FieldId.IsDeviceLocked, FieldId.IsScreenOn, FieldId.LastUserInteraction, FieldId.IsManagedApp,
        FieldId.InstallSourceName, FieldId.InstallerUid, FieldId.AppCategory, FieldId.FileEntropy, FieldId.FileMagic, FieldId.Permissions,
        FieldId.Sensor,
    ];

    // What OCSF demands beside what it repeats: names of numbers, numbers made of numbers, and severity, which a sensor cannot know.
    private static readonly string[] Redundant =
    [
        "severity", "severity_id", "category_uid", "category_name", "class_name", "activity_name", "type_uid", "type_name",
        "metadata.version", "metadata.profiles", "device.type", "device.type_id", "device.os.name", "device.os.type",
        "file.type_id", "file.type", "module.file.type_id", "module.file.type",
        "file.hashes[].algorithm", "file.hashes[].algorithm_id", "module.file.hashes[].algorithm", "module.file.hashes[].algorithm_id",
        "tls.ja3_hash.algorithm", "tls.ja3_hash.algorithm_id",
    ];

    /// <summary>The record itself.</summary>
    public static AttributeNode Root { get; }

    /// <summary>How many attributes there are, the record among them.</summary>
    public static int Count { get; }

    static AttributeTree()
    {
        Root = Build();
        Count = Root.Seal(0);
    }

    private static AttributeNode Build()
    {
        var root = new AttributeNode("", "");
        foreach (var info in FieldCatalog.All) AddField(root, info, "");
        foreach (var field in MobileProfile) AddField(root, FieldCatalog.Of(field), "unmapped.mobile.");
        At(root, "metadata.sequence").Kind = AttributeKind.Sequence;
        foreach (var path in Redundant) At(root, path).Kind = AttributeKind.Quiet;
        return root;
    }

    private static void AddField(AttributeNode root, FieldInfo info, string prefix)
    {
        // These are found inside module.args, which is read as a whole.
        if (info.Id is FieldId.ModuleArgPath or FieldId.ModuleArgName) return;
        if (info.Kind == FieldKind.SymbolList)
        {
            AddList(root, info, prefix);
            return;
        }
        foreach (var path in info.Aliases.Prepend(info.Path))
        {
            var node = At(root, prefix + path);
            node.Field = info.Id;
            node.FieldKind = info.Kind;
            node.Kind = KindOf(info);
            (node.Min, node.Max) = RangeOf(info.Id);
            if (info.Id == FieldId.AppUid) node.Place = PlaceOf(path);
        }
    }

    private static void AddList(AttributeNode root, FieldInfo info, string prefix)
    {
        var path = info.Aliases.First(alias => alias.Contains("[]", StringComparison.Ordinal));
        var end = path.IndexOf("[]", StringComparison.Ordinal);
        var list = At(root, prefix + path[..end]);
        list.Kind = AttributeKind.List;
        list.Field = info.Id;
        list.IsHash = info.Id is FieldId.FileHashes or FieldId.ModuleHashes;
        list.TakesPlainItems = path.EndsWith("[]", StringComparison.Ordinal) || info.Aliases.Contains(path[..end]);
        if (path.EndsWith("[]", StringComparison.Ordinal)) return;
        var item = At(root, prefix + path);
        item.Kind = AttributeKind.ListItem;
        item.Field = info.Id;
        item.IsHash = list.IsHash;
    }

    private static AttributeNode At(AttributeNode root, string path)
    {
        var node = root;
        var at = "";
        foreach (var part in path.Split('.'))
        {
            var name = part.EndsWith("[]", StringComparison.Ordinal) ? part[..^2] : part;
            at = at.Length == 0 ? part : $"{at}.{part}";
            if (!node.Children.TryGetValue(name, out var child)) node.Children.Add(name, child = new AttributeNode(name, at));
            node = child;
        }
        return node;
    }

    private static AttributeKind KindOf(FieldInfo info) => info.Id switch
    {
        FieldId.Time => AttributeKind.Time,
        FieldId.EndTime => AttributeKind.EndTime,
        FieldId.DurationMillis => AttributeKind.Duration,
        FieldId.ClassUid => AttributeKind.ClassUid,
        FieldId.ActivityId => AttributeKind.Activity,
        FieldId.DeviceUid => AttributeKind.Device,
        FieldId.OsTypeId => AttributeKind.OsType,
        FieldId.AppUid => AttributeKind.App,
        FieldId.LogName => AttributeKind.LogName,
        FieldId.AppStateName => AttributeKind.AppState,
        FieldId.InstallSourceName => AttributeKind.InstallSource,
        FieldId.EventUid => AttributeKind.Uid,
        FieldId.ModuleArgs => AttributeKind.Arguments,
        FieldId.LastUserInteraction => AttributeKind.Moment,
        >= FieldCatalog.FirstHeaderField => AttributeKind.HeaderFlag,
        _ => info.Kind switch
        {
            FieldKind.Integer => AttributeKind.Integer,
            FieldKind.Number => AttributeKind.Number,
            FieldKind.Flag => AttributeKind.Flag,
            _ => AttributeKind.Text,
        },
    };

    private static (long Min, long Max) RangeOf(FieldId field) => field switch
    {
        FieldId.DstPort or FieldId.SrcPort => (0, ushort.MaxValue),
        FieldId.ActivityId => (0, 99),
        FieldId.ClassUid => (0, int.MaxValue),
        FieldId.FileEntropy => (0, 8),
        FieldId.Time or FieldId.EndTime or FieldId.LastUserInteraction => (Instant.Min.Millis, Instant.Max.Millis),
        FieldId.BytesIn or FieldId.BytesOut or FieldId.FileSize or FieldId.Count or FieldId.DurationMillis => (0, long.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };

    private static AppPlace PlaceOf(string path) => path switch
    {
        "actor.app_uid" => AppPlace.ActorAppUid,
        "actor.application.uid" => AppPlace.ActorApplicationUid,
        "app.uid" => AppPlace.AppUid,
        _ => AppPlace.AppName,
    };
}
