using System.Reflection;

namespace Nightjar.Tests.House;

/// <summary>A type's name as C# writes it, with the question marks of nullable references.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool",
        [typeof(byte)] = "byte", [typeof(sbyte)] = "sbyte", [typeof(short)] = "short", [typeof(ushort)] = "ushort",
        [typeof(int)] = "int", [typeof(uint)] = "uint", [typeof(long)] = "long", [typeof(ulong)] = "ulong",
        [typeof(float)] = "float", [typeof(double)] = "double", [typeof(decimal)] = "decimal", [typeof(char)] = "char",
    };

    public static string Of(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        var mark = !type.IsValueType && info.ReadState == NullabilityState.Nullable ? "?" : "";
        if (info.ElementType is { } element && type.IsArray) return Of(element) + "[]" + mark;
        return info.GenericTypeArguments.Length > 0 && Nullable.GetUnderlyingType(type) is null && !type.IsAssignableTo(typeof(System.Runtime.CompilerServices.ITuple))
            ? Named(type, info.GenericTypeArguments.Select(Of)) + mark
            : Of(type) + mark;
    }

    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword)) return keyword;
        if (type.IsByRef) return Of(type.GetElementType()!);
        if (type.IsArray) return Of(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } value) return Of(value) + "?";
        var arguments = type.GetGenericArguments();
        if (type.IsAssignableTo(typeof(System.Runtime.CompilerServices.ITuple)) && type.IsValueType) return $"({string.Join(", ", arguments.Select(Of))})";
        return arguments.Length == 0 ? Bare(type) : Named(type, arguments.Select(Of));
    }

    /// <summary>The name a type is declared by, with the types it lies in.</summary>
    public static string Declared(Type type)
    {
        var own = type.IsGenericType ? Named(type, type.GetGenericArguments().Select(Of)) : Bare(type);
        return type.DeclaringType is { } outer ? $"{Declared(outer)}.{own}" : own;
    }

    private static string Named(Type type, IEnumerable<string> arguments) => $"{Bare(type)}<{string.Join(", ", arguments)}>";

    private static string Bare(Type type) => type.Name.Split('`')[0];
}
