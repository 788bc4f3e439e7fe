using System.Reflection.PortableExecutable;
using Nightjar.Tests.House;
using Xunit;

namespace Nightjar.Conformance.House;

/// <summary>What was compiled before it ran is not compiled again at each start. What the compiler leaves out it leaves out silently, and a start is slower.</summary>
public class StartTests
{
    // 660 when this was written, 1,713 before code of the runtime was compiled ahead too.
    private const int MostMethods = 1000;

    private const string Event = """{"class_uid":4001,"activity_id":6,"time":1767571200000,"device":{"uid":"d","os":{"type_id":201}},"actor":{"app_uid":"com.example.a"}}""";

    [Fact]
    public async Task A_start_compiles_few_methods()
    {
        var list = Path.GetTempFileName();
        try
        {
            var run = await Shell.Run($"echo '{Event}' | DOTNET_JitStdOutFile={list} DOTNET_JitDisasmSummary=1 ./nightjar scan - --format ocsf", Repository.Root, TestContext.Current.CancellationToken);
            Assert.True(run.Code == 0, run.Errors);
            Assert.SkipUnless(IsCompiledAhead(NewestBuild()), "The program could not be compiled before it runs; artifacts/precompile.log says why.");
            Assert.InRange((await File.ReadAllLinesAsync(list, TestContext.Current.CancellationToken)).Length, 1, MostMethods);
        }
        finally
        {
            File.Delete(list);
        }
    }

    private static string NewestBuild() =>
        new DirectoryInfo(Path.Combine(Repository.Root, "artifacts", "nightjar")).GetDirectories().OrderByDescending(folder => folder.LastWriteTimeUtc).First().FullName;

    private static bool IsCompiledAhead(string build)
    {
        using var reader = new PEReader(File.OpenRead(Path.Combine(build, "Nightjar.dll")));
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
