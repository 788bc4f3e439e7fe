using System.CommandLine;
using Nightjar.Analytics.Mapping;
using Nightjar.Cli.Content;
using Nightjar.Cli.Terminal;
using Nightjar.Events;
using Nightjar.Knowledge;
using Nightjar.Knowledge.Releases;

namespace Nightjar.Cli.Commands;

/// <summary><c>nightjar attack diff 18.1 19.1</c>: what a release changes, and what it means for our analytics.</summary>
internal static class AttackDiffCommand
{
    public static Command Create(GlobalOptions settings)
    {
        var before = new Argument<string>("before") { Description = "The earlier release, for example 18.1." };
        var after = new Argument<string>("after") { Description = "The later release." };
        var id = new Argument<string?>("id") { Description = "One object, told in full.", Arity = ArgumentArity.ZeroOrOne };
        var summary = new Option<bool>("--summary") { Description = "Only the counts and what they mean for our analytics, not object by object." };
        var reference = ReferenceFolder.Option();
        var command = new Command("diff", "What differs between two releases, object by object, and what it means for our analytics.") { before, after, id, summary, reference };
        command.SetAction(parsed => AttackCommand.WithReference(parsed.GetValue(reference), data =>
        {
            var difference = ReleaseDifference.Between(AttackView.Find(data, parsed.GetValue(before)!), AttackView.Find(data, parsed.GetValue(after)!), data.AttackAliases);
            var consequences = AttackConsequences.Of(difference, Catalogue.Load(null, new SymbolTable(), reference: data).Analytics);
            if (parsed.GetValue(id) is { } wanted) (difference, consequences) = Only(data, wanted, difference, consequences);
            if (settings.IsJson(parsed)) AttackJson.Print(AttackDiffJson.Of(difference, consequences));
            else if (parsed.GetValue(id) is null) new AttackDiffText(settings.Output(parsed)).Write(difference, consequences, parsed.GetValue(summary));
            else new AttackDiffText(settings.Output(parsed)).WriteInFull(difference, consequences);
        }));
        return command;
    }

    // An object that is gone is found in the earlier release.
    private static (ReleaseDifference, IReadOnlyList<AttackConsequence>) Only(
        ReferenceData data, string id, ReleaseDifference difference, IReadOnlyList<AttackConsequence> consequences)
    {
        var wanted = AttackView.Find(data, difference.Before).Find(id.Trim().ToUpperInvariant()) ?? AttackView.Of(data, difference.After).Object(id);
        return (difference with { Objects = [.. difference.Objects.Where(item => item.Object.Id == wanted.Id)] }, [.. consequences.Where(item => item.Object == wanted.Id)]);
    }
}
