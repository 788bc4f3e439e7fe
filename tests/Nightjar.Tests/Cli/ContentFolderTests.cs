using Nightjar.Cli.Content;
using Xunit;

namespace Nightjar.Tests.Cli;

/// <summary>What is found in a folder that people wrote, and that nothing of it is left out in silence.</summary>
public sealed class ContentFolderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("nightjar-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Files_are_found_at_any_depth_in_order()
    {
        var deep = string.Join('/', Enumerable.Range(0, 40).Select(i => $"d{i}"));
        foreach (var name in new[] { "b.json", "a/c.json", $"{deep}/z.json", "a/c.txt", ".hidden/h.json" }) Write(name);
        Assert.Equal([".hidden/h.json", "a/c.json", "b.json", $"{deep}/z.json"], Found());
    }

    [Fact]
    public void Links_are_followed_but_not_back_to_a_folder_above()
    {
        Write("real/a.json");
        Directory.CreateDirectory(Path.Combine(_folder, "links"));
        File.CreateSymbolicLink(Path.Combine(_folder, "links", "file.json"), Path.Combine(_folder, "real", "a.json"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "links", "folder"), Path.Combine(_folder, "real"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "real", "up"), _folder);
        Assert.Equal(["links/file.json", "links/folder/a.json", "real/a.json"], Found());
    }

    private IEnumerable<string> Found() =>
        ContentFolder.Files(_folder, file => file.EndsWith(".json", StringComparison.Ordinal)).Select(file => file[(_folder.Length + 1)..]);

    private void Write(string name)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "{}");
    }
}
