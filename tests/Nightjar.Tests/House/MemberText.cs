using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nightjar.Tests.House;

/// <summary>A member as one line, near to how C# declares it.</summary>
internal static class MemberText
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static string? Of(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } constructor => $"{Access(constructor)}.ctor({Parameters(constructor)})",
        MethodInfo method => $"{Access(method)}{Static(method)}{Virtual(method)}{Ref(method.ReturnParameter)}{TypeText.Of(Nullability.Create(method.ReturnParameter))} {Name(method)}({Parameters(method)})",
        PropertyInfo property => Property(property),
        FieldInfo { IsLiteral: true } field => $"const {TypeText.Of(field.FieldType)} {field.Name} = {Literal(field.GetRawConstantValue())}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeText.Of(Nullability.Create(field))} {field.Name}",
        EventInfo happening => $"event {TypeText.Of(happening.EventHandlerType!)} {happening.Name}",
        _ => null,
    };

    private static string Property(PropertyInfo property)
    {
        var accessor = property.GetAccessors(true).First(IsOpen);
        var index = property.GetIndexParameters();
        var name = index.Length == 0 ? property.Name : $"this[{string.Join(", ", index.Select(Parameter))}]";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return $"{Access(accessor)}{Static(accessor)}{Virtual(accessor)}{required}{Ref(accessor.ReturnParameter)}{TypeText.Of(Nullability.Create(property))} {name} {{ {Get(property)}{Set(property)}}}";
    }

    private static string Get(PropertyInfo property) => IsOpen(property.GetMethod) ? "get; " : "";

    private static string Set(PropertyInfo property)
    {
        if (property.SetMethod is not { } setter || !IsOpen(setter)) return "";
        return setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; ";
    }

    private static bool IsOpen(MethodInfo? accessor) => accessor is not null && (accessor.IsPublic || accessor.IsFamily || accessor.IsFamilyOrAssembly);

    private static string Ref(ParameterInfo result)
    {
        if (!result.ParameterType.IsByRef) return "";
        return result.GetRequiredCustomModifiers().Contains(typeof(InAttribute)) ? "ref readonly " : "ref ";
    }

    private static string Name(MethodInfo method) =>
        method.IsGenericMethod ? $"{method.Name}<{string.Join(", ", method.GetGenericArguments().Select(TypeText.Of))}>" : method.Name;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Virtual(MethodBase method)
    {
        if (!method.IsVirtual || method.IsFinal || method.DeclaringType!.IsInterface) return "";
        if (method.IsAbstract) return "abstract ";
        return method is MethodInfo info && info.GetBaseDefinition() != info ? "override " : "virtual ";
    }

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var way = parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "";
        var type = TypeText.Of(Nullability.Create(parameter));
        if (parameter.ParameterType.IsByRef) way += parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref ";
        return $"{way}{type} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Literal(parameter.RawDefaultValue) : "")}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
