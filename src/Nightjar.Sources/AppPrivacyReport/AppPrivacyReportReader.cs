using Nightjar.Events;

namespace Nightjar.Sources.AppPrivacyReport;

/// <summary>Apple's App Privacy Report, as its owner exports it from an iPhone or iPad: one JSON object a line.</summary>
/// <remarks>Says which app contacted what and used what, never when within a contact record, how much, or in which state the app was.</remarks>
internal sealed class AppPrivacyReportReader : ISourceReader
{
    private const int LinesToJudge = 20;

    public SourceFormat Format { get; } = new("ios-app-privacy-report", "iOS App Privacy Report", PositionKind.Line)
    {
        LogNames = ["iOS:unifiedlog"],
        Yields = [EventClass.NetworkActivity, EventClass.SensorUse],
        Platform = Platform.IOS,
        IsOneDevice = true,
    };

    public SourceSession Open(SourceInput input) => new AppPrivacyReportSession(input);

    public int Recognise(SourceHead head)
    {
        var record = new ReportRecord();
        int known = 0, others = 0;
        foreach (var line in head.Lines(LinesToJudge))
        {
            if (line.IsEmpty) continue;
            if (record.TryRead(line.Span) && record.IsCharacteristic) known++;
            else others++;
        }
        return known == 0 || known < others ? 0 : 95;
    }
}
