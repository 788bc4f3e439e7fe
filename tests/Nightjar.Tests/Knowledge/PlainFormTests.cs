using Nightjar.Knowledge;
using Xunit;

namespace Nightjar.Tests.Knowledge;

/// <summary>The look-ups by table agree with what the definitions say, done the slow way.</summary>
public sealed class PlainFormTests
{
    private static readonly ReferenceData Data = ReferenceData.Shipped;

    [Fact]
    public void A_service_class_is_that_of_the_longest_suffix_that_matches()
    {
        var suffixes = Data.ServiceClasses.Suffixes;
        foreach (var host in Hosts(suffixes.Where((_, i) => i % 11 == 0).Select(s => s.Key)))
        {
            var plain = suffixes.Where(s => host == s.Key || host.EndsWith("." + s.Key, StringComparison.Ordinal)).OrderByDescending(s => s.Key.Length).FirstOrDefault().Value;
            Assert.Equal(plain, Data.ServiceClasses.ClassOf(host));
        }
    }

    [Fact]
    public void A_registrable_domain_is_what_the_published_algorithm_gives()
    {
        var rules = ReferenceData.ShippedFiles["public-suffixes.txt"].Split('\n').Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)).ToList();
        var parsed = rules.Select(rule => (IsException: rule[0] == '!', Labels: rule.TrimStart('!').Split('.'))).ToLookup(rule => rule.Labels[^1]);
        foreach (var host in Hosts(rules.Where((_, i) => i % 97 == 0).Select(rule => rule.TrimStart('!').Replace("*.", "any.", StringComparison.Ordinal))))
        {
            var labels = host.Split('.');
            var matching = parsed[labels[^1]].Where(rule => Matches(rule.Labels, labels)).ToList();
            var exception = matching.Find(rule => rule.IsException);
            var length = exception.Labels?.Length - 1 ?? matching.Select(rule => rule.Labels.Length).Append(1).Max();
            Assert.Equal(string.Join('.', labels[Math.Max(0, labels.Length - length - 1)..]), Data.PublicSuffixes.RegistrableDomain(host));
        }
    }

    private static bool Matches(string[] rule, string[] host) =>
        rule.Length <= host.Length && rule.Reverse().Zip(host.Reverse()).All(pair => pair.First == "*" || pair.First == pair.Second);

    // Each name itself, with labels before it, glued to another text, with a label after it, and without its first label.
    private static IEnumerable<string> Hosts(IEnumerable<string> names) =>
        names.SelectMany(name => new[] { name, "a." + name, "a.b.c." + name, "not" + name, name + ".example", name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..] });
}
