using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Nightjar.Tests.House;

/// <summary>What an assembly promises to those outside: each public type with its public and protected members, in ordinal order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Heading(type)).Append('\n');
            foreach (var member in Members(type)) text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static string Heading(Type type)
    {
        var parents = Parents(type).Select(parent => TypeText.Of(parent)).ToList();
        return $"{Kind(type)} {type.Namespace}.{TypeText.Declared(type)}{(parents.Count == 0 ? "" : " : " + string.Join(", ", parents))}";
    }

    private static string Kind(Type type)
    {
        if (type.IsEnum) return type.IsDefined(typeof(FlagsAttribute)) ? "flags enum" : "enum";
        if (typeof(Delegate).IsAssignableFrom(type)) return "delegate";
        if (type.IsInterface) return "interface";
        if (type.IsValueType) return $"{(type.IsDefined(typeof(IsReadOnlyAttribute)) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{(IsRecord(type) ? "record " : "")}struct";
        var manner = type.IsSealed && type.IsAbstract ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "";
        return manner + (IsRecord(type) ? "record" : "class");
    }

    private static bool IsRecord(Type type) => type.GetMethod(type.IsValueType ? "PrintMembers" : "<Clone>$", Declared) is not null;

    // Interfaces that a parent or another interface brings along are not repeated, and those that are not public promise nothing.
    private static IEnumerable<Type> Parents(Type type)
    {
        if (type.IsEnum)
        {
            if (Enum.GetUnderlyingType(type) != typeof(int)) yield return Enum.GetUnderlyingType(type);
            yield break;
        }
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType)) yield return parent;
        var all = Array.FindAll(type.GetInterfaces(), item => item.IsVisible);
        var inherited = all.SelectMany(item => item.GetInterfaces()).Concat(type.BaseType?.GetInterfaces() ?? []).ToHashSet();
        if (IsRecord(type)) inherited.Add(typeof(IEquatable<>).MakeGenericType(type));
        foreach (var item in all.Where(item => !inherited.Contains(item)).OrderBy(item => item.FullName, StringComparer.Ordinal)) yield return item;
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum) return Enum.GetNames(type).Select(name => $"{name} = {Enum.Parse(type, name):D}");
        return type.GetMembers(Declared).Where(IsPromised).Select(MemberText.Of).OfType<string>().Order(StringComparer.Ordinal);
    }

    private static bool IsPromised(MemberInfo member) => member switch
    {
        Type => false,
        PropertyInfo property => property.GetAccessors(true).Any(IsOpen) && !IsRecordsOwn(property),
        EventInfo happening => IsOpen(happening.AddMethod!),
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        MethodBase method => IsOpen(method) && !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !IsAccessor(method),
        _ => false,
    };

    private static bool IsOpen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsRecordsOwn(PropertyInfo property) => property.Name == "EqualityContract";

    private static bool IsAccessor(MethodBase method) =>
        method.IsSpecialName && (method.Name.StartsWith("get_", StringComparison.Ordinal) || method.Name.StartsWith("set_", StringComparison.Ordinal)
            || method.Name.StartsWith("add_", StringComparison.Ordinal) || method.Name.StartsWith("remove_", StringComparison.Ordinal));
}
