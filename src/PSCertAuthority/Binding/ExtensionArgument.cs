using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Extensions;

namespace PSCertAuthority.Binding;

/// <summary>
/// An extension as it was given: a hashtable or an object with <c>Oid</c>, <c>Value</c> (octets, or hexadecimal text) and <c>Critical</c>, an
/// X509Extension of the platform, or one that was read from a certificate. It is read when the command runs, so that a wrong one is an
/// error of its item.
/// </summary>
public sealed class ExtensionArgument
{
    private readonly object _given;

    /// <summary>An extension in any of these forms.</summary>
    public ExtensionArgument(object given) => _given = given;

    /// <summary>What was given.</summary>
    public override string ToString() => _given?.ToString() ?? string.Empty;

    internal static CertificateExtension[] Read(IEnumerable<ExtensionArgument> arguments) => [.. arguments.Select(argument => argument.Read())];

    private CertificateExtension Read() => Bare(_given) switch
    {
        CertificateExtension extension => extension,
        X509Extension platform => CertificateExtension.Create(platform.Oid?.Value ?? string.Empty, platform.RawData, platform.Critical),
        IDictionary table => FromFields(table.Keys.Cast<object>().Select(key => (key.ToString() ?? string.Empty, (object?)table[key]))),
        PSObject custom => FromFields(custom.Properties.Select(property => (property.Name, (object?)property.Value))),
        // A text or a number is no extension: the engine's error tells what one looks like.
        object other => CertificateExtension.Create(other.ToString() ?? string.Empty, [], critical: false),
    };

    private static CertificateExtension FromFields(IEnumerable<(string Name, object? Value)> fields)
    {
        var table = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object? value) in fields)
        {
            object? bare = value is null ? null : Bare(value);
            if (string.Equals(name, "Critical", StringComparison.OrdinalIgnoreCase))
                bare = LanguagePrimitives.IsTrue(bare);
            // 5, 0 is an array of objects to PowerShell; octets are what is meant.
            else if (bare is Array and not byte[] && LanguagePrimitives.TryConvertTo(bare, out byte[] octets))
                bare = octets;
            table[name] = bare;
        }

        return CertificateExtension.FromDictionary(table);
    }

    private static object Bare(object value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
