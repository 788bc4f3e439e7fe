using Nightjar.Events;
using Nightjar.Sources.Intake;

namespace Nightjar.Sources.Identity.Joining;

/// <summary>
/// Gives network records that name no app the app of a record that tells of the same contact: of the same connection by its five
/// parts, else of the same place at the same time when one app alone went there. What a record states itself is never replaced.
/// </summary>
/// <remarks>
/// Works on the total order, so that neither files nor threads matter, and holds events back only for the tolerance. The proxies and sensors
/// of a network see every byte and no app; the device's own log sees the app and no byte. Together they are one finding. One thread.
/// </remarks>
public sealed class ContactJoin
{
    /// <summary>Batches that the join holds at most; an intake that feeds it must keep one more valid (<see cref="IntakeOptions.BatchesKept"/>).</summary>
    public const int MostHeld = 8;

    private readonly TimeSpan _tolerance;
    private readonly Queue<Held> _held = new();
    private readonly NamedContacts _named;
    private readonly LastingContacts _lasting = new();
    private bool _isAsked;
    private readonly ConnectionNames _connections = new();
    private readonly Verdict _verdict = new();

    /// <param name="tolerance">How far the clocks of two sources may differ.</param>
    public ContactJoin(TimeSpan tolerance)
    {
        _tolerance = tolerance;
        _named = new NamedContacts(tolerance);
    }

    /// <summary>What was joined so far.</summary>
    public JoinCounts Counts { get; private set; } = JoinCounts.None;

    /// <summary>The same steps, later by the tolerance, with the apps filled in.</summary>
    public IEnumerable<IntakeStep> Join(IEnumerable<IntakeStep> steps)
    {
        foreach (var step in steps)
        {
            if (step.Batch is not { } batch)
            {
                Forget();
                yield return step;
                continue;
            }
            Hold(batch);
            while (_held.Count > MostHeld || IsRipe(_held.Peek().Batch, batch)) yield return IntakeStep.Of(Resolve(_held.Dequeue()));
        }
        while (_held.TryDequeue(out var held)) yield return IntakeStep.Of(Resolve(held));
    }

    private sealed record Held(EventBatch Batch, bool HasUnnamed)
    {
        public bool IsLearned { get; set; }
    }

    // What lasts is learned at once; the rest when a record without an app is near, which in most telemetry of devices never happens.
    private void Hold(EventBatch batch)
    {
        Learn(batch, lasting: true);
        _held.Enqueue(new Held(batch, HasUnnamed(batch)));
        if (!_held.Any(held => held.HasUnnamed)) return;
        FileLasting();
        foreach (var held in _held.Where(held => !held.IsLearned))
        {
            Learn(held.Batch, lasting: false);
            held.IsLearned = true;
        }
    }

    // From now on nothing is laid aside any more.
    private void FileLasting()
    {
        if (!_isAsked) _lasting.MoveTo(_named);
        _isAsked = true;
    }

    private static bool HasUnnamed(EventBatch batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            ref readonly var header = ref batch.HeaderAt(i);
            if (header.App.IsNone && !header.Device.IsNone && ContactKey.IsContact(in header)) return true;
        }
        return false;
    }

    // Nothing that still comes can be within the tolerance of an event of the batch.
    private bool IsRipe(EventBatch first, EventBatch last) => TimeOfLast(last) - TimeOfLast(first) > _tolerance;

    private static Instant TimeOfLast(EventBatch batch) => batch.Count == 0 ? Instant.Min : batch.HeaderAt(batch.Count - 1).Time;

    private void Forget()
    {
        _held.Clear();
        _named.Clear();
        _lasting.Clear();
        _isAsked = false;
        _connections.Clear();
        Counts = JoinCounts.None;
    }

    private void Learn(EventBatch batch, bool lasting)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            ref readonly var header = ref batch.HeaderAt(i);
            if (header.App.IsNone || header.Device.IsNone || !ContactKey.IsContact(in header)) continue;
            if (header.End - header.Time > _tolerance != lasting) continue;
            var view = batch[i];
            var contact = Contact.Of(in view);
            var (address, host) = (ContactKey.OfAddress(in view), ContactKey.OfHost(in view));
            if (!_isAsked)
            {
                if (!_lasting.TryAdd(address, host, in contact)) FileLasting();
                continue;
            }
            if (address is { } place) _named.Add(in place, in contact);
            if (host is { } name) _named.Add(in name, in contact);
        }
    }

    private EventBatch Resolve(Held held)
    {
        var batch = held.Batch;
        for (var i = 0; held.HasUnnamed && i < batch.Count; i++)
        {
            ref var header = ref batch.HeaderAt(i);
            if (header.Device.IsNone || !ContactKey.IsContact(in header)) continue;
            if (header.App.IsNone) Resolve(ref header, batch[i]);
            if (!header.App.IsNone) _connections.Learn(batch[i], _tolerance);
        }
        if (batch.Count > 0)
        {
            _named.Forget(batch.HeaderAt(batch.Count - 1).Time);
            _lasting.Forget(batch.HeaderAt(batch.Count - 1).Time - _tolerance);
            _connections.Forget(batch.HeaderAt(batch.Count - 1).Time);
        }
        return batch;
    }

    private void Resolve(ref EventHeader header, EventView view)
    {
        if (_connections.Find(in view) is { } known)
        {
            Fill(ref header, known.App, known.Grade, AppBasis.Connection);
            return;
        }
        _verdict.Clear();
        var contact = Contact.Of(in view);
        if (ContactKey.OfAddress(in view) is { } address) _named.Find(in address, in contact, _verdict);
        if (ContactKey.OfHost(in view) is { } host) _named.Find(in host, in contact, _verdict);
        if (_verdict.Basis != AppBasis.Stated) Fill(ref header, _verdict.App, _verdict.Grade, _verdict.Basis);
        else if (_verdict.IsAmbiguous) Counts = Counts with { Ambiguous = Counts.Ambiguous + 1 };
    }

    private void Fill(ref EventHeader header, Symbol app, AppGrade grade, AppBasis basis)
    {
        header.App = app;
        header.State.AppGrade = grade;
        header.State.AppBasis = basis;
        Counts = basis == AppBasis.Connection
            ? Counts with { ByConnection = Counts.ByConnection + 1, GivenUp = _named.GivenUp }
            : Counts with { ByDestination = Counts.ByDestination + 1, GivenUp = _named.GivenUp };
    }
}
