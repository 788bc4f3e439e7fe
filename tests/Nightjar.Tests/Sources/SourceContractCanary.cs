using System.Buffers.Text;
using Nightjar.Events;
using Nightjar.Sources;
using Xunit;
using Xunit.Sdk;

namespace Nightjar.Tests.Sources;

/// <summary>Proves that the reader contract catches readers that break it: each fault is seeded on purpose.</summary>
public sealed class SourceContractCanary
{
    public enum Fault
    {
        None,
        ThrowsOnNul,
        HangsAtEnd,
        OneEventPerPiece,
        FillsWithoutBound,
        IgnoresCancellation,
        HidesFailure,
        SharesState,
        SplitsLongLines,
        EndsBeforeBegin,
    }

    [Fact]
    public async Task A_sound_reader_passes()
    {
        var contract = new ToyContract(Fault.None);
        await contract.Examples_give_what_they_hold();
        await contract.Any_prefix_agrees_with_the_whole();
        await contract.Any_damage_is_survived();
        await contract.Any_chunking_gives_the_same();
        await contract.A_line_over_the_limit_is_reported_and_the_rest_is_read();
        await contract.Batches_stay_bounded();
        await contract.Cancellation_is_honoured();
        await contract.A_failing_input_throws_and_what_was_read_stands();
        await contract.Sessions_do_not_influence_each_other();
    }

    [Theory]
    [InlineData(Fault.ThrowsOnNul, nameof(SourceContract.Any_damage_is_survived))]
    [InlineData(Fault.HangsAtEnd, nameof(SourceContract.Examples_give_what_they_hold))]
    [InlineData(Fault.OneEventPerPiece, nameof(SourceContract.Any_chunking_gives_the_same))]
    [InlineData(Fault.FillsWithoutBound, nameof(SourceContract.Batches_stay_bounded))]
    [InlineData(Fault.IgnoresCancellation, nameof(SourceContract.Cancellation_is_honoured))]
    [InlineData(Fault.HidesFailure, nameof(SourceContract.A_failing_input_throws_and_what_was_read_stands))]
    [InlineData(Fault.SharesState, nameof(SourceContract.Sessions_do_not_influence_each_other))]
    [InlineData(Fault.SplitsLongLines, nameof(SourceContract.A_line_over_the_limit_is_reported_and_the_rest_is_read))]
    [InlineData(Fault.EndsBeforeBegin, nameof(SourceContract.Any_damage_is_survived))]
    public async Task A_seeded_fault_is_caught(Fault fault, string test)
    {
        var contract = new ToyContract(fault);
        var run = typeof(SourceContract).GetMethod(test)!.CreateDelegate<Func<Task>>(contract);
        await Assert.ThrowsAnyAsync<XunitException>(run);
    }

    private sealed class ToyContract(Fault fault) : SourceContract
    {
        protected override ISourceReader Reader { get; } = new ToyReader(fault);

        protected override IReadOnlyList<SourceExample> Examples { get; } =
        [
            new("toy.txt", "1000 alpha\n2000 beta\n3000 gamma\n", 3),
            new("toy2.txt", "5 delta\n6 epsilon\nnonsense\n7 zeta", 3) { Anomalies = 1 },
        ];
    }

    private sealed class ToyReader(Fault fault) : ISourceReader
    {
        private int _shared;

        public SourceFormat Format { get; } = new("toy", "Toy", PositionKind.Line);

        public int Recognise(SourceHead head) => 0;

        public SourceSession Open(SourceInput input) => new ToySession(input, fault, () => ++_shared);
    }

    private sealed class ToySession(SourceInput input, Fault fault, Func<int> shared) : SourceSession
    {
        private readonly List<byte> _line = [];
        private readonly byte[] _piece = new byte[1 << 16];
        private int _at;
        private int _given;
        private long _number;
        private bool _ended;

        public override long BytesRead => 0;

        public override bool Read(EventBatch batch, CancellationToken cancellation)
        {
            if (fault != Fault.IgnoresCancellation) cancellation.ThrowIfCancellationRequested();
            while (!batch.IsFull || fault == Fault.FillsWithoutBound)
            {
                if (_at == _given && !Refill(batch)) return false;
                var next = _piece[_at++];
                if (next != '\n') _line.Add(next);
                else Take(batch);
            }
            return true;
        }

        private bool Refill(EventBatch batch)
        {
            if (_ended && fault != Fault.HangsAtEnd) return false;
            _at = 0;
            try
            {
                _given = input.Stream.Read(_piece, 0, _piece.Length);
            }
            catch (IOException) when (fault == Fault.HidesFailure)
            {
                _given = 0;
            }
            _ended = _given == 0;
            if (fault == Fault.OneEventPerPiece && _line.Count > 0) Take(batch);
            if (!_ended) return true;
            if (_line.Count > 0) Take(batch);
            return fault == Fault.HangsAtEnd && Refill(batch);
        }

        private void Take(EventBatch batch)
        {
            var line = _line.ToArray();
            _line.Clear();
            _number++;
            if (fault == Fault.ThrowsOnNul && line.Contains((byte)0)) throw new FormatException("A NUL.");
            if (line.Length > LineSession.MaxLineBytes && fault != Fault.SplitsLongLines)
                batch.Report(AnomalyKind.TooLong, input.File.Number, _number, "Too long.");
            else if (!Utf8Parser.TryParse(line, out long time, out var used) || used >= line.Length)
                batch.Report(AnomalyKind.Malformed, input.File.Number, _number, "No time.");
            else
                Give(batch, time, line.AsSpan(used + 1));
        }

        private void Give(EventBatch batch, long time, ReadOnlySpan<byte> device)
        {
            batch.Begin(EventClass.LogLine, 0, Instant.FromMillis(time), input.File.Number, _number);
            batch.Current.Id = EventIds.FromRecord(device) + 1;
            batch.Current.Device = batch.Intern(device);
            if (fault == Fault.SharesState) batch.SetInteger(FieldId.Count, shared());
            batch.Commit();
            if (fault == Fault.EndsBeforeBegin) batch.HeaderAt(batch.Count - 1).End = new Instant(0);
        }
    }
}
