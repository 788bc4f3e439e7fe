using Nightjar.Events;
using Nightjar.Findings;
using Nightjar.Playbooks;
using Xunit;

namespace Nightjar.Tests.Sinks;

/// <summary>Equality of findings by content: records compare their lists by reference.</summary>
internal static class FindingEquality
{
    public static void AssertSame(Finding expected, Finding? actual, bool withProvenance = false)
    {
        Assert.NotNull(actual);
        Assert.Equal(Flat(expected, withProvenance), Flat(actual, withProvenance));
    }

    private static List<object?> Flat(object? value, bool withProvenance)
    {
        var flat = new List<object?>();
        Add(value, "", flat, withProvenance);
        return flat;
    }

    private static void Add(object? value, string path, List<object?> flat, bool withProvenance)
    {
        switch (value)
        {
            case null or string or IConvertible or Instant or StateBits:
                flat.Add((path, value is StateBits state ? state.Packed : value));
                break;
            case Playbook playbook:
                flat.Add((path, playbook.Markdown));
                break;
            case System.Collections.IEnumerable items:
                var i = 0;
                foreach (var item in items) Add(item, $"{path}[{i++}]", flat, withProvenance);
                flat.Add((path + ".count", i));
                break;
            default:
                foreach (var property in value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0 && property.Name != "EqualityContract"))
                {
                    if (property.Name == nameof(EvidenceEvent.Provenance) && !withProvenance) continue;
                    Add(property.GetValue(value), $"{path}.{property.Name}", flat, withProvenance);
                }
                break;
        }
    }
}
