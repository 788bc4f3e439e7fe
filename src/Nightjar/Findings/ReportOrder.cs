namespace Nightjar.Findings;

/// <summary>The orders in which findings are told. Both are total, so the order of arrival never shows.</summary>
public static class ReportOrder
{
    /// <summary>By begin, then device, app, analytic and uid: the order of files.</summary>
    public static IComparer<Finding> ByTime { get; } = Comparer<Finding>.Create(CompareTime);

    /// <summary>The gravest first, then the surest, then by time: the order for people.</summary>
    public static IComparer<Finding> ByGravity { get; } = Comparer<Finding>.Create(CompareGravity);

    private static int CompareTime(Finding a, Finding b)
    {
        var order = a.Start.CompareTo(b.Start);
        if (order == 0) order = string.CompareOrdinal(a.Device.Uid, b.Device.Uid);
        if (order == 0) order = string.CompareOrdinal(a.App, b.App);
        if (order == 0) order = string.CompareOrdinal(a.Analytic.Uid, b.Analytic.Uid);
        return order == 0 ? string.CompareOrdinal(a.Uid, b.Uid) : order;
    }

    private static int CompareGravity(Finding a, Finding b)
    {
        var order = b.Severity.CompareTo(a.Severity);
        if (order == 0) order = b.Score.CompareTo(a.Score);
        return order == 0 ? CompareTime(a, b) : order;
    }
}
