using System.Diagnostics;
using System.Text;

namespace Nightjar.Cli.Captures;

/// <summary>What a running tshark writes. It is fed from one thread, listened to for complaints on another, and watched by a timer.</summary>
internal sealed class TsharkStream : Stream
{
    private const int MaxComplaint = 4096;
    private const int MaxReason = 200;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly Stream _output;
    private readonly TsharkLimits _limits;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _onCancel;
    private readonly Timer _watch;
    private readonly Thread _feeding;
    private readonly Task<string> _complaint;
    private readonly Stopwatch _waited = new();
    private long _waitingSince;
    private volatile string? _stopped;
    private bool _isDisposed;

    /// <param name="process">Just started; ended and disposed with this.</param>
    /// <param name="capture">What it is fed.</param>
    /// <param name="limits">How much it may take.</param>
    /// <param name="cancellation">Ends it.</param>
    public TsharkStream(Process process, Stream capture, TsharkLimits limits, CancellationToken cancellation)
    {
        _process = process;
        _output = process.StandardOutput.BaseStream;
        _limits = limits;
        _cancellation = cancellation;
        _feeding = new Thread(() => Feed(process.StandardInput.BaseStream, capture)) { IsBackground = true, Name = "tshark input" };
        _feeding.Start();
        _complaint = Task.Run(() => Listen(process.StandardError), CancellationToken.None);
        _watch = new Timer(_ => Watch(), null, limits.Watch, limits.Watch);
        _onCancel = cancellation.Register(() => Kill());
    }

    /// <summary>What tshark complained about; complete when it has ended.</summary>
    public string Complaint => _complaint.Wait(Patience) ? _complaint.Result : "";

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="IOException">tshark failed, or a limit was reached.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        _cancellation.ThrowIfCancellationRequested();
        _waited.Start();
        Volatile.Write(ref _waitingSince, Environment.TickCount64);
        var read = _output.Read(buffer);
        Volatile.Write(ref _waitingSince, 0);
        _waited.Stop();
        _cancellation.ThrowIfCancellationRequested();
        if (read == 0) Conclude();
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _onCancel.Dispose();
            _watch.Dispose();
            Kill();
            _feeding.Join(Patience);
            _complaint.Wait(Patience);
            _process.Dispose();
        }
        base.Dispose(disposing);
    }

    private void Conclude()
    {
        if (_stopped is { } reason) throw new IOException(reason);
        if (!_process.WaitForExit(Patience))
        {
            Kill();
            throw new IOException("tshark wrote all and did not end.");
        }
        if (_process.ExitCode != 0) throw new IOException(Reason());
    }

    private string Reason()
    {
        var line = Complaint.Split('\n').Select(text => text.Trim()).LastOrDefault(text => text.Length > 0 && !text.StartsWith("Running as user", StringComparison.Ordinal));
        if (line is null) return $"tshark ended with code {_process.ExitCode}; what came before was read.";
        var plain = new string([.. line.Take(MaxReason).Select(c => char.IsControl(c) ? ' ' : c)]);
        return plain.StartsWith("tshark", StringComparison.Ordinal) ? plain : $"tshark: {plain}";
    }

    // When tshark ends early, there is nobody to feed; why it ended is told where its output is read.
    private static void Feed(Stream input, Stream capture)
    {
        try
        {
            using (input) capture.CopyTo(input, 1 << 16);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
        }
    }

    private static string Listen(StreamReader errors)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        try
        {
            for (int read; (read = errors.Read(buffer, 0, buffer.Length)) > 0;)
                if (text.Length < MaxComplaint) text.Append(buffer, 0, read);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // What was heard so far has to do.
        }
        return text.ToString();
    }

    private void Watch()
    {
        try
        {
            var since = Volatile.Read(ref _waitingSince);
            if (since > 0 && Environment.TickCount64 - since > _limits.Silence.TotalMilliseconds) Stop("tshark was silent for too long and was stopped; what came before was read.");
            else if (_waited.Elapsed > _limits.Whole) Stop("tshark took too long and was stopped; what came before was read.");
            else if (WorkingSet() > _limits.Memory) Stop("tshark took too much memory and was stopped; what came before was read. Split the capture, for example with editcap -c.");
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }

    private long WorkingSet()
    {
        _process.Refresh();
        return _process.WorkingSet64;
    }

    private void Stop(string reason)
    {
        _stopped ??= reason;
        Kill();
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It has ended.
        }
    }
}
