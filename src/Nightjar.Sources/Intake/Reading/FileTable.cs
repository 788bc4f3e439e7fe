using Nightjar.Events;

namespace Nightjar.Sources.Intake.Reading;

/// <summary>Numbers the files of a run. Safe for several threads.</summary>
internal sealed class FileTable
{
    private readonly Lock _adding = new();
    private readonly List<SourceFile> _files = [];

    /// <summary>Gives a file its number, from 1.</summary>
    public SourceFile Add(string path, SourceFormat format)
    {
        lock (_adding)
        {
            var file = new SourceFile(_files.Count + 1, path, format.Id, format.PositionKind);
            _files.Add(file);
            return file;
        }
    }

    /// <summary>The file with a number.</summary>
    public SourceFile this[int number]
    {
        get
        {
            lock (_adding) return _files[number - 1];
        }
    }

    public string PathOf(int number) => this[number].Path;
}
