using System.Collections.Concurrent;

namespace Nightjar.Sources.Intake.Reading;

/// <summary>Threads that read files ahead of the one who merges them.</summary>
internal sealed class ReadAhead : IDisposable
{
    private readonly BlockingCollection<BlockReader> _posted = [];
    private readonly Thread[] _threads;

    public ReadAhead(int threads)
    {
        _threads = new Thread[threads];
        for (var i = 0; i < threads; i++)
        {
            _threads[i] = new Thread(Work) { IsBackground = true, Name = "Reading ahead" };
            _threads[i].Start();
        }
    }

    /// <summary>Asks for one block to be read.</summary>
    public void Post(BlockReader reader) => _posted.Add(reader);

    /// <summary>Waits until the threads have ended. All readers must have been disposed.</summary>
    public void Dispose()
    {
        _posted.CompleteAdding();
        foreach (var thread in _threads) thread.Join();
        _posted.Dispose();
    }

    private void Work()
    {
        foreach (var reader in _posted.GetConsumingEnumerable()) reader.ReadOne();
    }
}
