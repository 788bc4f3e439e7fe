using System.Text;
using Nightjar.Sources;
using Nightjar.Sources.AppleMdm;
using Nightjar.Tests.Sources.PropertyList;
using static Nightjar.Tests.Sources.AppleMdm.MdmText;

namespace Nightjar.Tests.Sources.AppleMdm;

public sealed class MdmPlistContract : SourceContract
{
    private static readonly string List = Plist(Installed(App("com.example.courier"), "<dict><key>Name</key><string>Nameless</string></dict>", App("com.example.notes", "<key>BetaApp</key><true/>")));

    protected override ISourceReader Reader { get; } = new MdmPlistReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("InstalledApplicationList.plist", List, 2) { Anomalies = 1 },
        new("InstalledApplicationList.bplist", BinaryPlist.Of(List), 2) { Anomalies = 1 },
        new("ManagedApplicationList.plist", Plist(Managed("com.example.courier", "Managed")), 1),
    ];

    // The device's name stands at the end of the answer; of one that is cut the apps are told without it, and the reader says that it is cut.
    protected override bool IsConsistent(IReadOnlyList<string> prefix, IReadOnlyList<string> whole) =>
        base.IsConsistent([.. prefix.Where(line => !line.Contains(" device ''", StringComparison.Ordinal))], whole);

    protected override byte[]? Many(SourceExample example, int times) =>
        Encoding.UTF8.GetBytes(Plist(Installed([.. Enumerable.Range(0, times * example.Events).Select(i => App($"com.example.app{i}"))])));
}

public sealed class MdmJsonContract : SourceContract
{
    private static readonly string PassedOn =
        $$"""{"topic":"mdm.Connect","event_id":"E-1","created_at":"2026-02-20T10:00:00Z","acknowledge_event":{"udid":"{{Device}}","status":"Acknowledged","command_uuid":"C-1","raw_payload":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Plist(Installed(App("com.example.courier")))))}}" } }""";

    protected override ISourceReader Reader { get; } = new MdmJsonReader();

    protected override int EventsPerRecord => 5;

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("status.json", Status, 5),
        new("webhook.ndjson", PassedOn + "\n" + PassedOn.Replace("C-1", "C-2", StringComparison.Ordinal) + "\n{\"topic\":\"mdm.TokenUpdate\"}\n", 2) { Anomalies = 1 },
    ];

    protected override byte[]? Many(SourceExample example, int times) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Encoding.UTF8.GetString(example.Bytes), times)));
}
