using Nightjar.Engine.Snapshots;

namespace Nightjar.Engine;

/// <summary>Stopping and going on: a restored engine gives the findings that the saved one would have given.</summary>
public sealed partial class DetectionEngine
{
    /// <summary>Writes the state between two batches. Take the findings first: they are not part of it.</summary>
    /// <exception cref="InvalidOperationException">There are findings that nobody has taken.</exception>
    public void Save(Stream to)
    {
        if (_findings.Count + _hidden.Count > 0) throw new InvalidOperationException("Take the findings before saving.");
        _atHand.Leave();
        foreach (var device in _devices) AskAll(device);
        foreach (var device in _devices) JoinAll(device);
        using var writer = new SnapshotWriter(_symbols, _locate);
        writer.Text(Signature);
        writer.Time(_now);
        writer.Number(_number);
        foreach (var count in new[] { Counters.Events, Counters.Duplicates, Counters.Unattributed, Counters.PartialsGivenUp + _matcher.GivenUp, Counters.Late, Counters.WithoutPlatform })
            writer.Number(count);
        var tracks = new TrackSnapshot(_analytics, _policy, _symbols, _apps, _keys);
        writer.Number(_devices.Count);
        foreach (var device in _devices.OrderBy(device => _symbols.Text(device.Device), StringComparer.Ordinal)) tracks.Write(writer, device);
        EngineSnapshot.Write(writer, _recent);
        WriteDeadlines(writer);
        writer.Finish(to);
    }

    /// <summary>Reads a state back into an engine that has taken no event yet.</summary>
    /// <exception cref="InvalidOperationException">The engine has taken events.</exception>
    /// <exception cref="InvalidDataException">The stream is no snapshot, or one of other analytics, tunables or another policy.</exception>
    public void Restore(Stream from)
    {
        if (_devices.Count > 0) throw new InvalidOperationException("The engine has taken events already.");
        var reader = new SnapshotReader(from, _symbols, _pool, _places);
        if (reader.Text() != Signature) throw new InvalidDataException("The snapshot is of other analytics or tunables.");
        _now = reader.Time();
        _number = reader.Number();
        Counters.Events = reader.Number();
        Counters.Duplicates = reader.Number();
        Counters.Unattributed = reader.Number();
        Counters.PartialsGivenUp = reader.Number();
        Counters.Late = reader.Number();
        Counters.WithoutPlatform = reader.Number();
        var tracks = new TrackSnapshot(_analytics, _policy, _symbols, _apps, _keys);
        for (var rest = reader.Count(); rest > 0; rest--)
        {
            var device = tracks.ReadDevice(reader);
            _byDevice.Set(device.Device, device);
            _devices.Add(device);
        }
        EngineSnapshot.Read(reader, _recent);
        ReadDeadlines(reader);
        foreach (var key in _devices.Select(device => device.Unnamed).OfType<AppTrack>().Concat(_apps.All).SelectMany(app => app.ActiveKeys))
        {
            foreach (var draft in key.Drafts ?? []) _closings.Add(ClosingOf(draft), key, _closing++);
            PlanLook(key);
        }
    }

    /// <summary>What a snapshot must agree with: the policy, the analytics, their versions and the values in force.</summary>
    private string Signature => _policy.Fingerprint + string.Join('\n', _analytics.Select(analytic =>
        $"{analytic.Uid} {analytic.Version} {string.Join(' ', analytic.Tunables.Select(item => $"{item.Name}={item.Value}"))}"));

    private void WriteDeadlines(SnapshotWriter writer)
    {
        // A deadline whose sighting was given up early has nothing left to judge.
        var all = _deadlines.All.Where(item => item.Item.IsAlive).OrderBy(item => item.Number).ToArray();
        writer.Number(all.Length);
        foreach (var ((key, stage, number), time, place) in all)
        {
            writer.Symbol(key.App.Device.Device);
            writer.Symbol(key.App.App);
            writer.Number(key.Index);
            writer.Number(stage);
            writer.Number(number);
            writer.Time(time);
            writer.Number(place);
        }
    }

    private void ReadDeadlines(SnapshotReader reader)
    {
        for (var rest = reader.Count(); rest > 0; rest--)
        {
            var app = _byDevice.Find(reader.Symbol())!.App(reader.Symbol());
            var index = (int)reader.Number();
            var stage = (int)reader.Number();
            var number = reader.Number();
            _deadlines.Add(_laneOf[index], new Deadline(app.Key(index)!, stage, number), reader.Time(), reader.Number());
        }
    }
}
