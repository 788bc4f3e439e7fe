using System.Reflection;
using System.Runtime.Intrinsics;
using Nightjar.Events;
using Xunit;

namespace Nightjar.Tests.House;

/// <summary>What every reader and the engine hand around can be compiled before it runs: no method that takes a type with a 128-bit number or a vector
/// inside it can be, and a start then compiles the method, and runs it slowly at first.</summary>
public sealed class CompiledAheadTests
{
    public static TheoryData<string> HandedAround =>
        [.. new[] { typeof(EventBatch), typeof(EventHeader), typeof(StoredEvent), typeof(Instant), Type.GetType("Nightjar.Sources.OcsfNdjson.AttributeNode, Nightjar.Sources")! }.Select(type => type.AssemblyQualifiedName!)];

    [Theory]
    [MemberData(nameof(HandedAround))]
    public void Types_that_are_handed_around_can_be_compiled_ahead(string name) => Assert.Empty(Obstacles(Type.GetType(name)!));

    [Fact]
    public void An_obstacle_is_seen_inside_of_what_is_inside() => Assert.Equal(2, Obstacles(typeof(Seeded)).Count());

    private static IEnumerable<string> Obstacles(Type type) =>
        from field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        where field.FieldType is { IsValueType: true, IsPrimitive: false, IsEnum: false } && field.FieldType != type
        from name in IsObstacle(field.FieldType) ? [field.Name] : Obstacles(field.FieldType)
        select name;

    private static bool IsObstacle(Type type) =>
        type == typeof(UInt128) || type == typeof(Int128)
        || type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(Vector128<>) || type.GetGenericTypeDefinition() == typeof(Vector256<>) || type.GetGenericTypeDefinition() == typeof(Vector512<>));

    private sealed record Seeded(Inner Content, int Count);

    private readonly record struct Inner(UInt128 Id, Vector256<byte> Lanes);
}
