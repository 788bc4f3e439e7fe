namespace Nightjar.Tests.House;

/// <summary>One mention of a type in the compiled form of another.</summary>
/// <param name="From">The outermost type that mentions; what the compiler nests in it counts as it.</param>
/// <param name="To">The outermost type that is mentioned.</param>
/// <param name="Member">The member that is mentioned; null when it is the type alone.</param>
/// <param name="Assembly">Simple name of the assembly that defines <paramref name="To"/>.</param>
internal sealed record Reference(TypeName From, TypeName To, string? Member, string Assembly);

/// <summary>A type's full name in its two parts.</summary>
internal readonly record struct TypeName(string Namespace, string Name)
{
    public override string ToString() => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";
}
