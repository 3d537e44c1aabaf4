using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1;

namespace PSCertAuthority.Extensions;

/// <summary>An extension of a certificate or a request (RFC 5280, section 4.2), in words. Immutable.</summary>
public sealed class CertificateExtension
{
    private readonly byte[] _value;
    private string? _description;

    internal CertificateExtension(string oid, bool critical, byte[] value, string subject = "")
    {
        Oid = oid;
        Critical = critical;
        _value = value;
        Subject = subject;
    }

    /// <summary>The extensions that are known by name.</summary>
    public static IReadOnlyList<NamedOid> Known => [.. KnownExtensions.All.Select(known => new NamedOid(known.Name, known.Oid, "Extension"))];

    /// <summary>The dotted OID.</summary>
    public string Oid { get; }

    /// <summary>The name, such as <c>Key Usage</c>; the OID where it is not known.</summary>
    public string Name => KnownExtensions.Find(Oid)?.Name ?? Oid;

    /// <summary>Whether who does not know it must refuse the certificate.</summary>
    public bool Critical { get; }

    /// <summary>What it says, in words; hexadecimal where it is unknown or damaged.</summary>
    public string Description => _description ??= Printable(KnownExtensions.Describe(Oid, _value));

    /// <summary>The content of extnValue, for every known extension DER.</summary>
    public byte[] RawValue => (byte[])_value.Clone();

    /// <summary>The subject of the certificate or request that it was read from; empty where it was made.</summary>
    public string Subject { get; }

    /// <summary>Makes an extension to be written into a certificate.</summary>
    /// <param name="oid">The dotted OID.</param>
    /// <param name="value">The content of extnValue: one DER object.</param>
    /// <param name="critical">Whether who does not know it must refuse the certificate.</param>
    /// <exception cref="CaExtensionException"><c>ExtensionInvalid</c>: the OID is none, or the value is not DER.</exception>
    public static CertificateExtension Create(string oid, byte[] value, bool critical)
    {
        string dotted = (oid ?? throw new ArgumentNullException(nameof(oid))).Trim();
        if (!DerObjectIdentifier.TryFromID(dotted, out _))
            throw ExtensionErrors.Invalid($"'{dotted}'", "this is no dotted OID");
        EncodedValue.RequireDer(dotted, value ?? throw new ArgumentNullException(nameof(value)));
        return new CertificateExtension(dotted, critical, (byte[])value.Clone());
    }

    /// <summary>Reads a table with the keys <c>Oid</c>, <c>Value</c> (octets, or hexadecimal text) and <c>Critical</c>.</summary>
    /// <inheritdoc cref="Create" path="/exception"/>
    public static CertificateExtension FromDictionary(IDictionary fields)
    {
        (string oid, object? value, bool critical) = (string.Empty, null, false);
        foreach (DictionaryEntry entry in fields ?? throw new ArgumentNullException(nameof(fields)))
        {
            string key = entry.Key.ToString() ?? string.Empty;
            switch (key.ToUpperInvariant())
            {
                case "OID":
                    oid = (entry.Value as Oid)?.Value ?? entry.Value?.ToString() ?? string.Empty;
                    break;
                case "VALUE" or "RAWVALUE" or "RAWDATA":
                    value = entry.Value;
                    break;
                case "CRITICAL":
                    critical = entry.Value is true;
                    break;
                default:
                    throw ExtensionErrors.Invalid($"'{oid}'", $"'{key}' is no part of it");
            }
        }

        return Create(oid, EncodedValue.ToOctets(oid, value), critical);
    }

    /// <summary>Name, criticality and description, such as <c>Key Usage (critical): Digital Signature</c>.</summary>
    public override string ToString() => $"{Name}{(Critical ? " (critical)" : string.Empty)}{(Description.Length > 0 ? ": " : string.Empty)}{Description}";

    /// <summary>What strangers wrote into a certificate must not steer a terminal.</summary>
    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (char c in text)
            printable.Append(char.IsControl(c) || c is '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') ? $"\\u{(int)c:x4}" : c.ToString());
        return printable.ToString();
    }
}
