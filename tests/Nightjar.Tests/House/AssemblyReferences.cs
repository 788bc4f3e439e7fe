using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Nightjar.Tests.House;

/// <summary>Every mention of a type in an assembly: in base types, attributes, signatures, fields, locals, catch clauses and instructions.</summary>
/// <remarks>What the compiler copies in place of a mention, the value of a constant, cannot be seen.</remarks>
internal sealed class AssemblyReferences : IDisposable
{
    private readonly PEReader _file;
    private readonly MetadataReader _reader;
    private readonly MentionedTypes _signatures;
    private readonly HashSet<Reference> _found = [];
    private TypeName _from;

    private AssemblyReferences(string path)
    {
        _file = new PEReader(File.OpenRead(path));
        _reader = _file.GetMetadataReader();
        _signatures = new MentionedTypes(type => Mention(type, null));
    }

    /// <summary>Reads an assembly from its file.</summary>
    public static IReadOnlyCollection<Reference> Of(Assembly assembly)
    {
        using var references = new AssemblyReferences(assembly.Location);
        return references.Read();
    }

    public void Dispose() => _file.Dispose();

    private HashSet<Reference> Read()
    {
        foreach (var handle in _reader.TypeDefinitions)
        {
            var type = _reader.GetTypeDefinition(handle);
            _from = NameOf(handle);
            Type(type);
            foreach (var field in type.GetFields().Select(_reader.GetFieldDefinition))
            {
                field.DecodeSignature(_signatures, null);
                Attributes(field.GetCustomAttributes());
            }
            foreach (var property in type.GetProperties().Select(_reader.GetPropertyDefinition)) Attributes(property.GetCustomAttributes());
            foreach (var method in type.GetMethods()) Method(_reader.GetMethodDefinition(method));
        }
        return _found;
    }

    private void Type(TypeDefinition type)
    {
        Mention(type.BaseType, null);
        foreach (var item in type.GetInterfaceImplementations()) Mention(_reader.GetInterfaceImplementation(item).Interface, null);
        Attributes(type.GetCustomAttributes());
        Generics(type.GetGenericParameters());
    }

    private void Method(MethodDefinition method)
    {
        method.DecodeSignature(_signatures, null);
        Attributes(method.GetCustomAttributes());
        foreach (var parameter in method.GetParameters()) Attributes(_reader.GetParameter(parameter).GetCustomAttributes());
        Generics(method.GetGenericParameters());
        if (method.RelativeVirtualAddress == 0) return;
        var body = _file.GetMethodBody(method.RelativeVirtualAddress);
        if (!body.LocalSignature.IsNil) _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(_signatures, null);
        foreach (var region in body.ExceptionRegions) Mention(region.CatchType, null);
        foreach (var token in Instructions.TokensOf(body.GetILReader())) Mention(token, null);
    }

    private void Generics(GenericParameterHandleCollection parameters)
    {
        foreach (var constraint in parameters.SelectMany(item => _reader.GetGenericParameter(item).GetConstraints()))
            Mention(_reader.GetGenericParameterConstraint(constraint).Type, null);
    }

    private void Attributes(CustomAttributeHandleCollection attributes)
    {
        foreach (var attribute in attributes) Mention(_reader.GetCustomAttribute(attribute).Constructor, null);
    }

    private void Mention(EntityHandle handle, string? member)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeDefinition:
                Add(NameOf((TypeDefinitionHandle)handle), member, _reader.GetString(_reader.GetAssemblyDefinition().Name));
                break;
            case HandleKind.TypeReference:
                Add((TypeReferenceHandle)handle, member);
                break;
            case HandleKind.TypeSpecification:
                _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(_signatures, null);
                break;
            case HandleKind.MethodSpecification:
                var instance = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                instance.DecodeSignature(_signatures, null);
                Mention(instance.Method, null);
                break;
            case HandleKind.MemberReference:
                Member(_reader.GetMemberReference((MemberReferenceHandle)handle));
                break;
            case HandleKind.MethodDefinition:
                Mention(_reader.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType(), null);
                break;
            case HandleKind.FieldDefinition:
                Mention(_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType(), null);
                break;
        }
    }

    private void Member(MemberReference member)
    {
        if (member.GetKind() == MemberReferenceKind.Field) member.DecodeFieldSignature(_signatures, null);
        else member.DecodeMethodSignature(_signatures, null);
        Mention(member.Parent, _reader.GetString(member.Name));
    }

    private void Add(TypeReferenceHandle handle, string? member)
    {
        var type = _reader.GetTypeReference(handle);
        while (type.ResolutionScope.Kind == HandleKind.TypeReference) type = _reader.GetTypeReference((TypeReferenceHandle)type.ResolutionScope);
        var assembly = type.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? _reader.GetAssemblyReference((AssemblyReferenceHandle)type.ResolutionScope).Name
            : _reader.GetAssemblyDefinition().Name;
        Add(new TypeName(_reader.GetString(type.Namespace), _reader.GetString(type.Name)), member, _reader.GetString(assembly));
    }

    private void Add(TypeName to, string? member, string assembly) => _found.Add(new Reference(_from, to, member, assembly));

    private TypeName NameOf(TypeDefinitionHandle handle)
    {
        var type = _reader.GetTypeDefinition(handle);
        while (!type.GetDeclaringType().IsNil) type = _reader.GetTypeDefinition(type.GetDeclaringType());
        return new TypeName(_reader.GetString(type.Namespace), _reader.GetString(type.Name));
    }
}
