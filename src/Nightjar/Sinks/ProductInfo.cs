using System.Reflection;

namespace Nightjar.Sinks;

/// <summary>How the product names itself in its outputs.</summary>
internal static class ProductInfo
{
    public const string Name = "Nightjar";

    /// <summary>The version of the outside contract that the outputs follow.</summary>
    public const int Contract = 1;

    /// <summary>The product's version, without the revision that a build may add: outputs do not change with it.</summary>
    public static string Version { get; } = Read();

    private static string Read()
    {
        var version = typeof(ProductInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? version : version[..plus];
    }
}
