using System.Text;
using System.Text.Json;
using Nightjar.Events;
using Nightjar.Policies.Reading;
using Nightjar.Policies.Telling;
using Nightjar.Sinks;

namespace Nightjar.Cli.Terminal;

/// <summary>Says what a policy comes to for one device and app.</summary>
internal static class EffectiveText
{
    public static void Write(PolicyQuestion who, EffectivePolicy answer, Instant at, TextWriter to)
    {
        to.WriteLine($"App      {(who.App.Length == 0 ? "none" : VisibleText.Of(who.App))}");
        to.WriteLine($"Device   {(who.Device.Uid.Length == 0 ? "any" : VisibleText.Of(who.Device.Uid))}, {(who.Device.Platform == Platform.Unknown ? "platform not told" : who.Device.Platform.Name())}");
        to.WriteLine($"Groups   {(answer.Groups.Count == 0 ? "none" : string.Join(", ", answer.Groups))}");
        to.WriteLine($"Roles    {string.Join(", ", answer.Roles)} ({answer.RolesFrom})");
        to.WriteLine($"Approved {Word(answer.IsApproved)}; managed {Word(answer.IsManaged)}{(answer.IsManaged == Tri.Unknown ? "" : ", where telemetry does not tell")}");
        PolicyText.List(to, "May go to", Destinations(answer));
        foreach (var analytic in answer.Values.GroupBy(value => value.Analytic))
            PolicyText.List(to, analytic.Key, analytic.Select(value => $"{value.Tunable} = {value.Value}  ({value.Origin}{(value.Origin == "default" ? "" : $"; default {value.Default}")})"));
        PolicyText.List(to, "Exceptions that may cover what it does", answer.Exceptions.Select(item => PolicyText.Exception(item) + (item.Expires <= at ? " (expired)" : "")));
    }

    public static void WriteJson(PolicyQuestion who, EffectivePolicy answer, TextWriter to)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true, NewLine = "\n" })) Write(json, who, answer);
        to.WriteLine(Encoding.UTF8.GetString(bytes.ToArray()));
    }

    private static void Write(Utf8JsonWriter json, PolicyQuestion who, EffectivePolicy answer)
    {
        json.WriteStartObject();
        json.WriteString("app", who.App);
        json.WriteString("device", who.Device.Uid);
        Texts(json, "groups", answer.Groups);
        Texts(json, "roles", answer.Roles);
        json.WriteString("roles_from", answer.RolesFrom);
        json.WriteString("approved", Word(answer.IsApproved));
        json.WriteString("managed", Word(answer.IsManaged));
        Texts(json, "expected_service_classes", answer.ExpectedClasses);
        json.WriteStartArray("allowances");
        foreach (var item in answer.Allowances)
        {
            json.WriteStartObject();
            json.WriteString("origin", item.Place.ToString());
            Texts(json, "service_classes", item.ServiceClasses);
            Texts(json, "destinations", item.Destinations);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("tunables");
        foreach (var value in answer.Values)
        {
            json.WriteStartObject();
            json.WriteString("analytic", value.Analytic);
            json.WriteString("name", value.Tunable);
            json.WriteString("value", value.Value);
            json.WriteString("origin", value.Origin);
            json.WriteString("default", value.Default);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        Texts(json, "exceptions", [.. answer.Exceptions.Select(item => item.Id)]);
        json.WriteEndObject();
    }

    private static IEnumerable<string> Destinations(EffectivePolicy answer)
    {
        if (answer.ExpectedClasses.Count > 0) yield return $"{string.Join(", ", answer.ExpectedClasses)} (its roles)";
        foreach (var item in answer.Allowances)
            yield return $"{string.Join(", ", item.ServiceClasses.Concat(item.Destinations))} ({item.Place}{(item.Scope.IsEverything ? "" : $", {item.Scope}")})";
    }

    private static string Word(Tri value) => value switch { Tri.True => "yes", Tri.False => "no", _ => "not said" };

    private static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
