using System;
using System.Management.Automation;

namespace PSCertAuthority.HelpBuilder.Commands;

/// <summary>How types are called in help.</summary>
internal static class TypeNames
{
    /// <summary>The short name, as Get-Command -Syntax has it: <c>string[]</c>, <c>KeyType</c>.</summary>
    public static string Short(Type type)
    {
        if (type.IsArray)
            return Short(type.GetElementType()!) + "[]";
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        string name = LanguagePrimitives.ConvertTo<string>(plain);
        // What PowerShell has no accelerator for, it writes with its namespace, or even its assembly.
        return name.Contains('.', StringComparison.Ordinal) ? plain.Name : name;
    }

    /// <summary>The full name as PlatyPS writes it in YAML.</summary>
    public static string Full(Type type) => Nullable.GetUnderlyingType(type) is { } plain ? $"System.Nullable`1[{plain.FullName}]" : type.FullName!;

    /// <summary>The full name of what can be piped in: an optional value counts as the value.</summary>
    public static string OfInput(Type type) => (Nullable.GetUnderlyingType(type) ?? type).FullName!;
}
