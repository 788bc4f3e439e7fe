using Nightjar.Knowledge;

namespace Nightjar.Playbooks;

/// <summary>Every mistake that an author of a playbook can be told of.</summary>
internal static class PlaybookRules
{
    public static readonly DiagnosticRule MissingSection =
        Error("NJ2080", "A playbook lacks a section.", "Write ## Confirm, ## Preserve, ## Contain, ## Decide on the app, ## Recover and ## Report, each with what to do.");
    public static readonly DiagnosticRule StrangeSection =
        Error("NJ2081", "A section of a playbook is not one of the six, stands twice, or stands out of order.", "Write Confirm, Preserve, Contain, Decide on the app, Recover and Report, in this order.");
    public static readonly DiagnosticRule BadBlock =
        Error("NJ2082", "A conditional block of a playbook is not closed, not opened, nested, or of no known kind.", "Open with ::: managed, ::: personal, ::: seen STAGE or ::: unseen STAGE, and close with ::: before the next section.");
    public static readonly DiagnosticRule UnknownPlaceholder =
        Error("NJ2083", "A playbook names a placeholder that does not exist.", "Write {app}, {device}, {platform}, {state}, {start}, {end}, {finding}, {stage}, {stage.field}, {stage.time} or {stage.event}.");
    public static readonly DiagnosticRule PerhapsUnseen =
        Error("NJ2084", "A playbook names a stage that a finding may lack, and says nothing for that case.", "Add an alternative, as in {load.loaded_path|'the file'}, or put the text into a block ::: seen load.");
    public static readonly DiagnosticRule OutsideForm =
        Error("NJ2085", "A playbook uses Markdown beyond its form.", "Write headings of ##, paragraphs, lists with - or 1., **strong** and `code`; no links, HTML, tables or quotes.");
    public static readonly DiagnosticRule ValueInCommand =
        Error("NJ2086", "A placeholder stands inside code.", "Put the value beside the command: whoever is looked at has chosen it, and a copied command would run it.");
    public static readonly DiagnosticRule OneAudience =
        Error("NJ2087", "A playbook says nothing of its own for managed, or for personal devices.", "Add a block ::: managed and a block ::: personal where what can be done differs.");
    public static readonly DiagnosticRule TooLong =
        Error("NJ2088", "A playbook is longer than 32,768 characters or has more than 100 placeholders.", "Keep what must be done; explanations belong into documents of your own.");

    private static DiagnosticRule Error(string code, string title, string hint) => new(code, DiagnosticSeverity.Error, title, "No finding carries the playbook.", hint);
}
