using Nightjar.Sources;
using Nightjar.Sources.Suricata;

namespace Nightjar.Tests.Sources.Suricata;

public sealed class SuricataContract : SourceContract
{
    protected override ISourceReader Reader { get; } = new SuricataReader();

    protected override IReadOnlyList<SourceExample> Examples { get; } =
    [
        new("eve.json", EveText.All, 9) { Anomalies = 4 },
    ];
}
