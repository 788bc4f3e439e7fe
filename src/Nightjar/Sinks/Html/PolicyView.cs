using Nightjar.Findings;

namespace Nightjar.Sinks.Html;

/// <summary>What the policy hid: every exception with its reason, owner and end. What it hides must stay answerable.</summary>
internal sealed class PolicyView(HtmlWriter html, PolicyAccount policy)
{
    private static readonly string[] Heads = ["Exception", "Hid", "Why it is there", "Owner", "Ends (UTC)"];

    public void Write()
    {
        using var section = html.Open("section", ("id", "policy"), ("aria-labelledby", "h-policy"));
        html.Element("h2", "Hidden by policy", ("id", "h-policy"));
        html.Element("p", Lead, ("class", "lead"));
        if (policy.Exceptions.Count > 0) WriteTable();
        html.Element("p", $"Policy {policy.Name}, {policy.File}, SHA-256 {policy.Sha256}", ("class", "note"));
    }

    private string Lead
    {
        get
        {
            if (policy.Exceptions.Count == 0) return "The policy has no exceptions, so it hid nothing.";
            var hid = policy.Hidden == 0 ? "No finding is hidden." : $"{SinkWords.Count(policy.Hidden, "finding is", "findings are")} hidden, and counted in no number above.";
            var expired = policy.Exceptions.Count(item => item.MissedAfterExpiry > 0);
            return expired == 0 ? hid : hid + $" {SinkWords.Count(expired, "exception has", "exceptions have")} expired while findings still come: renew with a reason, or act on them.";
        }
    }

    private void WriteTable()
    {
        using var table = html.Open("table", ("class", "strategies"));
        html.Element("caption", "Exceptions in force, and those that expired");
        using (html.Open("thead"))
        using (html.Open("tr"))
        {
            foreach (var head in Heads) html.Element("th", head, ("scope", "col"));
        }
        using var body = html.Open("tbody");
        foreach (var item in policy.Exceptions.OrderByDescending(item => item.MissedAfterExpiry > 0).ThenByDescending(item => item.Hidden).ThenBy(item => item.Id, StringComparer.Ordinal)) WriteRow(item);
    }

    private void WriteRow(ExceptionAccount item)
    {
        using var row = html.Open("tr");
        html.Element("th", item.Id, ("scope", "row"), ("class", "u"));
        using (html.Open("td", ("data-label", Heads[1])))
        {
            html.Element("b", SinkWords.Number(item.Hidden));
            if (item.Hidden > item.HiddenAlone) html.Element("small", $"{SinkWords.Number(item.HiddenAlone)} by no other");
            if (item.LastHidden is { } last) html.Element("small", $"last {Day(last)}");
        }
        html.Element("td", item.Reason, ("data-label", Heads[2]), ("class", "u"));
        html.Element("td", item.Owner, ("data-label", Heads[3]), ("class", "u"));
        using (html.Open("td", ("data-label", Heads[4])))
        {
            html.Text(Day(item.Expires));
            if (item.MissedAfterExpiry > 0) html.Element("small", $"expired: {SinkWords.Count(item.MissedAfterExpiry, "finding is", "findings are")} reported that it would have hidden");
        }
    }

    private static string Day(Events.Instant time) => time.ToString()[..10];
}
