using Nightjar.Events;

namespace Nightjar.Benchmarks.Engine;

/// <summary>
/// The yardstick: a loop that somebody wrote for this one question, with whole numbers for keys and nothing else: no context, no repeats, no evidence,
/// no other source's clock. Each download that is followed by a write and then a load within the window is a match; matches near one another are one
/// finding.
/// </summary>
internal sealed class HandLoop(ChainStream stream, Func<int, TimeSpan> windowOf)
{
    private readonly Key[] _keys = new Key[stream.Spec.Keys];
    private readonly Answer _answer = new();

    public Answer Run()
    {
        foreach (var batch in stream.Batches)
        {
            for (var i = 0; i < batch.Count; i++) Take(batch[i]);
        }
        for (var i = 0; i < _keys.Length; i++) Close(i);
        return _answer;
    }

    private void Take(in EventView view)
    {
        var role = ChainStream.RoleOf(in view);
        if (role == Role.Noise) return;
        var number = stream.KeyOf(in view.Header);
        ref var key = ref _keys[number];
        var time = view.Header.Time;
        if (role == Role.Download)
        {
            key.Add(new Pending(time, default, view.Header.Position, 0));
            return;
        }
        if (key.Count == 0) return;
        key.Expire(time, windowOf(stream.KindOf(in view.Header)));
        if (role == Role.Write) key.Written(view.Header.Position);
        else Load(ref key, number, in view.Header);
    }

    private void Load(ref Key key, int number, in EventHeader header)
    {
        var taken = 0;
        for (; taken < key.Count && key.At(taken).Write != 0; taken++)
        {
            var match = key.At(taken);
            if (key.Finding.Count > 0 && match.Time - key.Finding.End > ChainAnalytics.Suppress) Close(number);
            key.Finding.Add(match, header.Time, header.Position);
        }
        key.Drop(taken);
    }

    private void Close(int number)
    {
        ref var finding = ref _keys[number].Finding;
        if (finding.Count > 0) _answer.Add(number / stream.Spec.Apps, number % stream.Spec.Apps, finding.Start, finding.End, finding.Count);
        finding = default;
    }

    private readonly record struct Pending(Instant Time, Instant Written, long Download, long Write);

    private struct Open
    {
        public Instant Start;
        public Instant End;
        public int Count;
        private long _write;
        private long _load;

        public void Add(Pending match, Instant end, long load)
        {
            if (Count == 0) Start = match.Time;
            Count += 1 + (match.Write != _write ? 1 : 0) + (load != _load ? 1 : 0);
            (End, _write, _load) = (end, match.Write, load);
        }
    }

    private struct Key
    {
        private Pending[] _pending;
        private int _head;

        public Open Finding;

        public int Count { get; private set; }

        public readonly Pending At(int index) => _pending[_head + index & _pending.Length - 1];

        public void Add(Pending pending)
        {
            if (_pending is null) _pending = new Pending[4];
            if (Count == _pending.Length) Grow();
            _pending[_head + Count++ & _pending.Length - 1] = pending;
        }

        public void Expire(Instant now, TimeSpan window)
        {
            while (Count > 0 && now - At(0).Time > window) Drop(1);
        }

        public readonly void Written(long position)
        {
            for (var i = Count - 1; i >= 0; i--)
            {
                ref var pending = ref _pending[_head + i & _pending.Length - 1];
                if (pending.Write != 0) break;
                pending = pending with { Write = position };
            }
        }

        public void Drop(int count)
        {
            Count -= count;
            if (count > 0) _head = _head + count & _pending.Length - 1;
        }

        private void Grow()
        {
            var larger = new Pending[_pending.Length * 2];
            for (var i = 0; i < Count; i++) larger[i] = At(i);
            (_pending, _head) = (larger, 0);
        }
    }
}
