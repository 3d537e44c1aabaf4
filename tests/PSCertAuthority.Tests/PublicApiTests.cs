using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using Xunit;

namespace PSCertAuthority.ModuleTests;

/// <summary>What others can call: it shows no type of a dependency, and changes only on purpose.</summary>
public sealed class PublicApiTests : IDisposable
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Hidden = ["BouncyCastle.Cryptography", "LiteDB", "MailKit", "MimeKit"];
    private static readonly string Listings = Path.GetFullPath(Path.Combine(ModuleSession.ModulePath, "..", "..", "..", "tests", "PSCertAuthority.Tests", "PublicApi"));

    private readonly ModuleSession _session = new();

    [Fact]
    public void Nothing_public_returns_takes_or_derives_from_a_type_of_a_dependency()
    {
        foreach (Type type in Assemblies().SelectMany(assembly => assembly.GetExportedTypes()))
        {
            foreach (Type shown in Bases(type).Concat(Members(type).SelectMany(Signature)).SelectMany(Flatten))
            {
                string assembly = shown.Assembly.GetName().Name!;
                Assert.False(Hidden.Contains(assembly) || assembly.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal), $"{type} shows {shown}.");
            }
        }
    }

    [Fact]
    public void The_public_surface_is_the_one_that_was_reviewed()
    {
        foreach (Assembly assembly in Assemblies())
        {
            string path = Path.Combine(Listings, assembly.GetName().Name + ".txt");
            string[] present = [.. assembly.GetExportedTypes().SelectMany(Describe).Distinct().Order(StringComparer.Ordinal)];
            if (Environment.GetEnvironmentVariable("PSCA_REVIEWED_API") == "1")
                File.WriteAllText(path, string.Join('\n', present) + '\n');
            string[] reviewed = File.ReadAllText(path).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            string difference = string.Join('\n', present.Except(reviewed).Select(line => "+ " + line).Concat(reviewed.Except(present).Select(line => "- " + line)));
            Assert.True(difference.Length == 0, $"The public surface of {assembly.GetName().Name} changed. Look through it; PSCA_REVIEWED_API=1 makes it the listing.\n{difference}");
        }
    }

    private Assembly[] Assemblies()
    {
        var cmdlets = ((CmdletInfo)_session.Run("Get-Command Get-CaAuthority").Single().BaseObject).ImplementingType.Assembly;
        Assembly engine = ((CmdletInfo)_session.Run("Get-Command Get-CaAuthority").Single().BaseObject).OutputType[0].Type.Assembly;
        Assembly loader = AppDomain.CurrentDomain.GetAssemblies().Single(assembly => assembly.GetName().Name == "PSCertAuthority.Loader");
        return [cmdlets, engine, loader];
    }

    private static IEnumerable<string> Describe(Type type)
    {
        yield return $"{Name(type)} : {string.Join(", ", Bases(type).Select(Name))}".TrimEnd(' ', ':');
        foreach (MemberInfo member in Members(type))
        {
            if (member is MethodInfo { IsSpecialName: true } method && !method.Name.StartsWith("op_", StringComparison.Ordinal))
                continue;
            yield return member switch
            {
                // What records generate says nothing new.
                MethodInfo { Name: "<Clone>$" or "PrintMembers" or "GetHashCode" or "Equals" or "ToString" or "op_Equality" or "op_Inequality" } => $"{Name(type)}",
                PropertyInfo { Name: "EqualityContract" } => $"{Name(type)}",
                MethodInfo m => $"{Name(type)}.{m.Name}({string.Join(", ", m.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"))}) -> {Name(m.ReturnType)}",
                ConstructorInfo c => $"{Name(type)}.new({string.Join(", ", c.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}"))})",
                PropertyInfo p => $"{Name(type)}.{p.Name} -> {Name(p.PropertyType)} {(p.SetMethod is { } set && IsVisible(set) ? "get; set" : "get")}",
                FieldInfo f => f.IsLiteral ? $"{Name(type)}.{f.Name} = {f.GetRawConstantValue()}" : $"{Name(type)}.{f.Name} -> {Name(f.FieldType)}",
                EventInfo e => $"{Name(type)}.{e.Name} event {Name(e.EventHandlerType!)}",
                _ => $"{Name(type)}.{member.Name}",
            };
        }
    }

    private static IEnumerable<Type> Bases(Type type) =>
        (type.BaseType is { } parent && parent != typeof(object) ? [parent] : Array.Empty<Type>())
            .Concat(type.IsEnum ? [] : type.GetInterfaces().Except(type.BaseType?.GetInterfaces() ?? []).Where(i => i.IsVisible).OrderBy(Name, StringComparer.Ordinal));

    private static IEnumerable<MemberInfo> Members(Type type) => type.GetMembers(Declared).Where(member => member is not Type && (member switch
    {
        MethodBase method => IsVisible(method),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsVisible),
        FieldInfo field => (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly) && field.Name != "value__",
        EventInfo @event => @event.AddMethod is { } add && IsVisible(add),
        _ => false,
    }));

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static IEnumerable<Type> Signature(MemberInfo member) => member switch
    {
        MethodInfo method => method.GetParameters().Select(p => p.ParameterType).Append(method.ReturnType).Concat(method.IsGenericMethodDefinition
            ? method.GetGenericArguments().SelectMany(argument => argument.GetGenericParameterConstraints()) : []),
        ConstructorInfo constructor => constructor.GetParameters().Select(p => p.ParameterType),
        PropertyInfo property => [property.PropertyType],
        FieldInfo field => [field.FieldType],
        EventInfo @event => [@event.EventHandlerType!],
        _ => [],
    };

    private static IEnumerable<Type> Flatten(Type type) => type.HasElementType
        ? Flatten(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Flatten).Append(type.GetGenericTypeDefinition()) : [type];

    private static string Name(Type type)
    {
        if (type.HasElementType)
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "&");
        string name = type.IsGenericParameter ? type.Name : type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true ? type.Name : type.FullName ?? $"{type.Namespace}.{type.Name}";
        int generic = name.IndexOf('`');
        return generic < 0 ? name : $"{name[..generic]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }

    public void Dispose() => _session.Dispose();
}
