using System.Text.Json.Nodes;
using Nightjar.Knowledge;
using Nightjar.Policies.Reading;
using static Nightjar.Knowledge.Shape;

namespace Nightjar.Policies;

/// <summary>The JSON schema (draft 2020-12) of a <c>policy.yml</c>, for editors. What the reader accepts, it accepts.</summary>
public static class PolicySchema
{
    /// <summary>The schema, with a line end.</summary>
    /// <param name="reference">The facts whose words are offered: roles and service classes.</param>
    public static string Write(ReferenceData reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var schema = Map("What an organisation expects of its apps and devices. See docs/guides/write-a-policy.md.", Top(), "policy");
        schema["$defs"] = new JsonObject
        {
            ["texts"] = Some("One, or several.", Value("A text.")),
            ["role"] = OneOf("A role of an app.", reference.AppRoles.Roles.Select(role => role.Name)),
            ["service_class"] = OneOf("A service class.", reference.ServiceClasses.Classes.Select(item => item.Name)),
            ["day"] = new JsonObject { ["type"] = "string", ["description"] = "A day, 2027-03-31: its beginning in UTC; or a time of RFC 3339.", ["pattern"] = "^[0-9]{4}-[0-9]{2}-[0-9]{2}" },
            ["signer"] = new JsonObject { ["type"] = "string", ["description"] = "SHA-256 of the signer's certificate.", ["pattern"] = "^([0-9A-Fa-f]{2}:?){32}$" },
            ["group"] = Group(),
            ["app"] = App(),
            ["allowance"] = Allowance(),
            ["values"] = Values(),
            ["exception"] = Exception(),
        };
        return Document("Nightjar policy", schema);
    }

    private static IEnumerable<(string, JsonObject)> Top() =>
    [
        ("policy", Text("Its name.")),
        ("description", Text("What it is for.")),
        ("groups", Named("Devices that entries speak of together, by name.", Ref("group"))),
        ("apps", List("What apps are for, and which are approved and managed.", Ref("app"))),
        ("unlisted_apps", Map("What holds for apps that no entry of `apps` names.", [("approved", Flag("Whether they are approved.")), ("managed", Flag("Whether they are managed."))])),
        ("allow", List("Where apps may go.", Ref("allowance"))),
        ("tunables", List("Values for tunables.", Ref("values"))),
        ("baseline", Map("When what was seen counts as normal.", BaselineKey.All.Select(key => (key.Key, Value(key.Meaning))))),
        ("exceptions", List("Findings that are expected and need not be told.", Ref("exception"))),
    ];

    private static JsonObject Group() => Map("All that is stated must hold; of a list one suffices.",
    [
        ("devices", Ref("texts", "Uids; * stands for any run.")),
        ("platforms", Some("Platforms.", OneOf("A platform.", PolicyFileReading.Platforms.Keys))),
        ("telemetry_groups", Ref("texts", "Groups as telemetry and the device map name them; * stands for any run.")),
        ("managed", Flag("Managed devices, or those that are not.")),
    ]);

    private static JsonObject App() => Map("What is said of apps.",
    [
        ("app", Ref("texts", "Package names or bundle ids; * stands for any run.")),
        ("signer", Ref("signer", "The entry holds only for an app of which telemetry told this signer.")),
        ("roles", Some("What the apps are for.", Ref("role"))),
        ("approved", Flag("Whether the organisation approved them.")),
        ("managed", Flag("Whether they are managed, where telemetry does not tell.")),
        ("reason", Text("Why.")),
    ], "app");

    private static JsonObject Allowance() => Map("Where apps may go.",
    [
        .. Scope(), ("roles", Some("Roles of the apps.", Ref("role"))),
        ("service_classes", Some("Service classes.", Ref("service_class"))),
        ("destinations", Ref("texts", "Hosts as suffixes on label boundaries, addresses, ranges.")),
        ("reason", Text("Why.")),
    ]);

    private static JsonObject Values() => Map("Values for tunables.",
    [
        ("analytics", Ref("texts", "Uids of analytics, or all.")),
        .. Scope(), ("roles", Some("Roles of the apps.", Ref("role"))),
        ("set", Named("Values by the name of the tunable, official or alias.", Some("The value, or the values of a set.", Value("A value.")))),
        ("reason", Text("Why.")),
    ], "analytics", "set");

    private static JsonObject Exception() => Map("Findings that are expected and need not be told.",
    [
        ("id", new JsonObject { ["type"] = "string", ["description"] = "Its id.", ["pattern"] = "^[A-Za-z0-9._-]{1,60}$" }),
        ("analytics", Ref("texts", "Uids of analytics, or all.")),
        .. Scope(),
        ("signer", Ref("signer", "It covers only an app of which telemetry told this signer.")),
        ("devices", Ref("texts", "Devices by uid; * stands for any run.")),
        ("destinations", Ref("texts", "Every event of the match that went anywhere must have gone here.")),
        ("paths", Ref("texts", "Every path that the match names must lie here; one that ends with a slash means all below it.")),
        ("reason", Text("Why it is expected.")),
        ("owner", Text("Who answers for it.")),
        ("created", Ref("day", "When it was written down.")),
        ("expires", Ref("day", "From here on it hides nothing.")),
    ], "id", "analytics", "reason", "owner", "created", "expires");

    private static (string, JsonObject)[] Scope() =>
    [
        ("apps", Ref("texts", "Package names or bundle ids; * stands for any run.")),
        ("groups", Ref("texts", "Names of groups of this policy.")),
    ];
}
