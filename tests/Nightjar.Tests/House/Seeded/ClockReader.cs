namespace Nightjar.Tests.House.Seeded;

// What the library must not do; the test over the library's assembly has to notice each of these here.
internal static class ClockReader
{
    public static DateTime Now() => DateTime.UtcNow;

    public static string Text(string path) => File.ReadAllText(path);

    public static Guid Id() => Guid.NewGuid();
}
