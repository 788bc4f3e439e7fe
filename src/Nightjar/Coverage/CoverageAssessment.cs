using Nightjar.Analytics;
using Nightjar.Events;
using Nightjar.Findings;

namespace Nightjar.Coverage;

/// <summary>Says for every device what it delivered and which analytics could therefore see what they look for, on which days.</summary>
public static class CoverageAssessment
{
    /// <summary>The accounts of all devices in uid order, those without telemetry among them.</summary>
    /// <param name="ledger">What was delivered; complete.</param>
    /// <param name="analytics">What was to be looked for.</param>
    /// <param name="known">Devices that are known from elsewhere.</param>
    public static IReadOnlyList<DeviceAccount> Of(TelemetryLedger ledger, IReadOnlyList<Analytic> analytics, IEnumerable<KnownDevice> known)
    {
        var memo = new CheckMemo(analytics);
        var accounts = ledger.Devices.Select(device => Account(device, ledger.Symbols, memo)).ToList();
        var seen = accounts.Select(account => account.Device.Uid).ToHashSet(StringComparer.Ordinal);
        foreach (var silent in known.DistinctBy(device => device.Device.Uid, StringComparer.Ordinal).Where(device => !seen.Contains(device.Device.Uid)))
            accounts.Add(new DeviceAccount(silent.Device, 0, 0, DataComponents.None, memo.Of(silent.Device.Platform, default)) { KnownFrom = silent.From });
        return [.. accounts.OrderBy(account => account.Device.Uid, StringComparer.Ordinal)];
    }

    private static DeviceAccount Account(DeviceLedger ledger, SymbolTable symbols, CheckMemo memo)
    {
        ledger.EndDay();
        var reference = new DeviceReference(symbols.Text(ledger.Device), ledger.Platform, ledger.Name.IsNone ? null : symbols.Text(ledger.Name), ledger.Groups);
        var telemetry = new TelemetryWriting(ledger, symbols).Write(sight => memo.Of(ledger.Platform, sight));
        return new DeviceAccount(reference, ledger.Events, ledger.Apps.Count, ledger.Delivered, [.. memo.For(ledger.Platform).Select((analytic, index) => OverDays(analytic, index, telemetry.Days))])
        {
            Telemetry = telemetry,
        };
    }

    // Never more than its parts: the least of the days on which a finding was possible. Days on which none was count as not assessed.
    private static DeviceCheck OverDays(Analytic analytic, int index, IReadOnlyList<TelemetryDay> days)
    {
        var checks = days.Select(day => day.Checks[index]).ToList();
        var counts = new DayCounts(Count(checks, CheckState.Runnable), Count(checks, CheckState.Degraded), Count(checks, CheckState.Blind));
        var state = counts.Assessed == 0 ? CheckState.Blind : counts.Degraded > 0 ? CheckState.Degraded : CheckState.Runnable;
        var decisive = checks.Where(check => check.State == state).Distinct().ToList();
        var obstacles = decisive.SelectMany(check => check.Obstacles).ToHashSet();
        var blind = decisive.SelectMany(check => check.BlindStages).ToHashSet(StringComparer.Ordinal);
        var unearned = decisive.SelectMany(check => check.BlindContributions).ToHashSet(StringComparer.Ordinal);
        return new DeviceCheck(
            analytic.Uid, state, [.. analytic.Stages.Select(stage => stage.Id).Where(blind.Contains)],
            decisive.Aggregate(DataComponents.None, (sum, check) => sum | check.Missing), decisive.Select(check => check.ReachableScore).DefaultIfEmpty().Min())
        {
            Obstacles = [.. analytic.Stages.SelectMany(stage => obstacles.Where(item => item.Stage == stage.Id).OrderBy(item => item.Lacks))],
            BlindContributions = [.. analytic.Additions.Select(addition => addition.Name).Where(unearned.Contains)],
            Days = counts,
        };
    }

    private static int Count(List<DeviceCheck> checks, CheckState state) => checks.Count(check => check.State == state);
}
