using System.Globalization;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Sources.Mapping.Plan;
using Nightjar.Sources.Mapping.Records;

namespace Nightjar.Sources.Mapping.Reading;

/// <summary>Reads which events the records give.</summary>
internal sealed class EventReading(
    AuthorMap map, PathScope paths, TableShelf tables, Meaning meaning, bool isOneDevice, Demands ofFile, AuthorMistakes mistakes)
{
    private static readonly EventClass[] Classes = [.. Enum.GetValues<EventClass>().Where(item => item != EventClass.Other)];

    /// <summary>The rules, in order.</summary>
    public EventRule[] ReadAll()
    {
        var every = map.Map("every");
        var items = map.Maps("events");
        if (items.Count == 0) mistakes.Add(MappingRules.NoEvent, map.Node, "Nothing stands under `events`.");
        var rules = new List<EventRule>();
        var isTaken = false;
        foreach (var item in items)
        {
            var isOtherwise = item.Flag("otherwise");
            if (isOtherwise && isTaken) mistakes.Add(MappingRules.Unreachable, item.Node, "An event before applies to every record, so `otherwise` never does.");
            if (Read(item, every, isOtherwise) is { } rule) rules.Add(rule);
            isTaken |= item.Get("when") is null && item.Get("for-each") is null;
            item.Close();
        }
        return [.. rules];
    }

    private EventRule? Read(AuthorMap item, AuthorMap? every, bool isOtherwise)
    {
        var (scope, forEach, itemPaths) = ForEach(item);
        var fields = new FieldReading(scope, tables, mistakes);
        var conditions = new ConditionReading(scope, meaning, mistakes);
        var when = conditions.Read(item.Get("when"));
        if (conditions.Demands.ConflictWith(ofFile) is { } path)
            mistakes.Add(MappingRules.Unreachable, item.Node, $"`{path}` must have a value here with which the file is not recognised.");
        var eventClass = Class(item);
        var rules = Merged(fields.ReadAll(item.Map("set")), fields.ReadAll(every));
        var activity = Activity(item, eventClass, rules, fields);
        var time = rules.Find(rule => rule.Field.Id == FieldId.Time);
        if (time is null) mistakes.Add(MappingRules.MissingTime, item.Node, "The event sets no time.");
        if (!isOneDevice && !rules.Any(rule => rule.Field.Id is FieldId.DeviceUid or FieldId.SrcIp or FieldId.DeviceIp))
            mistakes.Add(MappingRules.MissingDevice, item.Node, "The event names no device.");
        if (time is null || eventClass is null) return null;
        return new EventRule
        {
            Class = eventClass.Value, Activity = activity, When = when, IsOtherwise = isOtherwise, ForEach = forEach, ItemPaths = itemPaths,
            Time = time, Fields = [.. rules.Where(rule => rule != time).OrderBy(rule => rule.Field.Id)],
        };
    }

    private (PathScope, int, PathTable?) ForEach(AuthorMap item)
    {
        if (item.Text("for-each") is not { } list) return (paths, -1, null);
        if (paths.Find(list) is not { Scope: Scope.Record } place || !paths.MarkList(place.Slot))
        {
            mistakes.Add(MappingRules.BadPath, list, $"`{YamlText.Excerpt(list.Text)}` is no list of a record.", "Write the path of a list inside of each record; rows and lines have none.");
            return (paths, -1, null);
        }
        var items = new PathTable();
        foreach (var path in map.Texts("unread").Select(text => text.Text))
            if (path == "*" || path.StartsWith("item.", StringComparison.Ordinal)) items.AddUnread(path == "*" ? path : path["item.".Length..]);
        return (paths.With(items), place.Slot, items);
    }

    // What stands under set goes before what stands under every.
    private static List<FieldRule> Merged(IEnumerable<FieldRule> own, IEnumerable<FieldRule> every)
    {
        var rules = own.ToList();
        rules.AddRange(every.Where(rule => rules.All(other => other.Field.Id != rule.Field.Id)).ToList());
        return rules;
    }

    private EventClass? Class(AuthorMap item)
    {
        if (item.Require("class") is not YamlScalar text) return null;
        foreach (var known in Classes)
            if (known.Name() == text.Text || known.Uid().ToString(CultureInfo.InvariantCulture) == text.Text) return known;
        mistakes.Add(MappingRules.UnknownClass, text, $"`{YamlText.Excerpt(text.Text)}` is no class of event.", Nearest.Hint(text.Text, Classes.Select(known => known.Name())));
        return null;
    }

    // Requests have the activity of their method where none is told.
    private int? Activity(AuthorMap item, EventClass? eventClass, List<FieldRule> rules, FieldReading fields)
    {
        var node = item.Get("activity");
        if (node is YamlScalar text && int.TryParse(text.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= 99) return number;
        if (node is YamlMap)
        {
            if (fields.Read(FieldCatalog.Of(FieldId.ActivityId), node) is { } rule) rules.Add(rule);
        }
        else if (node is not null)
        {
            mistakes.Add(MappingRules.BadValue, node, "`activity` is a number from 0 to 99, or a map that says where it comes from.");
        }
        else if (eventClass != EventClass.HttpActivity || rules.All(rule => rule.Field.Id != FieldId.HttpMethod))
        {
            mistakes.Add(MappingRules.MissingActivity, item.Node, "The event has no activity.");
        }
        return null;
    }
}
