namespace Nightjar.Sources.Strace;

/// <summary>What a file descriptor stands for.</summary>
internal sealed class OpenFile(byte[] path)
{
    /// <summary>Absolute path; empty for what is no file.</summary>
    public byte[] Path { get; } = path;

    /// <summary><c>tcp</c> or <c>udp</c>; null for what is no socket of the network.</summary>
    public string? Protocol { get; init; }

    /// <summary>True once an event told that it was written.</summary>
    public bool IsWritten { get; set; }

    /// <summary>True once an event told that code was loaded from it.</summary>
    public bool IsLoaded { get; set; }
}

/// <summary>The file descriptors of the traced processes. Threads share theirs; a process that was copied has its own. Bounded.</summary>
internal sealed class OpenFiles
{
    private const int MaxDescriptors = 65_536;
    private const int MaxProcesses = 4_096;

    private readonly Dictionary<int, Dictionary<int, OpenFile>> _tables = [];
    private readonly Dictionary<int, OpenFile> _common = [];

    /// <summary>A descriptor now stands for this.</summary>
    public void Set(int pid, int descriptor, OpenFile file)
    {
        var table = TableOf(pid);
        if (table.Count < MaxDescriptors || table.ContainsKey(descriptor)) table[descriptor] = file;
    }

    /// <summary>What a descriptor stands for; null when unknown.</summary>
    public OpenFile? Find(int pid, int descriptor) => TableOf(pid).GetValueOrDefault(descriptor);

    /// <summary>A descriptor stands for nothing any more.</summary>
    public void Close(int pid, int descriptor) => TableOf(pid).Remove(descriptor);

    /// <summary>A process made another: a thread shares the descriptors, a process gets a copy.</summary>
    public void Fork(int pid, int child, bool isShared)
    {
        if (_tables.Count >= MaxProcesses) return;
        var table = TableOf(pid);
        _tables[child] = isShared ? table : new Dictionary<int, OpenFile>(table);
    }

    private Dictionary<int, OpenFile> TableOf(int pid) => _tables.GetValueOrDefault(pid, _common);
}
