using System;
using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Names;

/// <summary>The attribute types of RFC 5280, RFC 4519 and the CA/Browser Forum, under the names that OpenSSL gives them.</summary>
internal sealed record NameAttributeType(string Oid, string Name, NameEncoding Encoding, int MaximumLength, string[] Aliases)
{
    public const string CommonName = "2.5.4.3";
    public const string Country = "2.5.4.6";
    public const string EmailAddress = "1.2.840.113549.1.9.1";

    private const int Unbounded = 32768;

    /// <summary>The order in which attributes come out; all others follow as they were given.</summary>
    private static readonly string[] Order = [Country, "2.5.4.8", "2.5.4.7", "2.5.4.10", "2.5.4.11", CommonName, EmailAddress];

    private static readonly NameAttributeType[] Known =
    [
        new(Country, "C", NameEncoding.Printable, 2, ["countryName"]),
        new("2.5.4.8", "ST", NameEncoding.Utf8, 128, ["S", "stateOrProvinceName"]),
        new("2.5.4.7", "L", NameEncoding.Utf8, 128, ["localityName"]),
        new("2.5.4.10", "O", NameEncoding.Utf8, 64, ["organizationName"]),
        new("2.5.4.11", "OU", NameEncoding.Utf8, 64, ["organizationalUnitName"]),
        new(CommonName, "CN", NameEncoding.Utf8, 64, ["commonName"]),
        new(EmailAddress, "emailAddress", NameEncoding.Ia5, 255, ["E", "email"]),
        new("2.5.4.4", "SN", NameEncoding.Utf8, 64, ["surname"]),
        new("2.5.4.42", "GN", NameEncoding.Utf8, 64, ["G", "givenName"]),
        new("2.5.4.43", "initials", NameEncoding.Utf8, 64, []),
        new("2.5.4.44", "generationQualifier", NameEncoding.Utf8, 64, []),
        new("2.5.4.12", "title", NameEncoding.Utf8, 64, ["T"]),
        new("2.5.4.5", "serialNumber", NameEncoding.Printable, 64, []),
        new("2.5.4.9", "street", NameEncoding.Utf8, 128, ["streetAddress"]),
        new("2.5.4.17", "postalCode", NameEncoding.Utf8, 40, []),
        new("2.5.4.18", "postOfficeBox", NameEncoding.Utf8, 40, []),
        new("2.5.4.16", "postalAddress", NameEncoding.Utf8, Unbounded, []),
        new("2.5.4.19", "physicalDeliveryOfficeName", NameEncoding.Utf8, 128, []),
        new("2.5.4.20", "telephoneNumber", NameEncoding.Printable, 32, []),
        new("2.5.4.13", "description", NameEncoding.Utf8, 1024, []),
        new("2.5.4.15", "businessCategory", NameEncoding.Utf8, 128, []),
        new("2.5.4.41", "name", NameEncoding.Utf8, 32768, []),
        new("2.5.4.45", "x500UniqueIdentifier", NameEncoding.Utf8, Unbounded, []),
        new("2.5.4.46", "dnQualifier", NameEncoding.Printable, 64, []),
        new("2.5.4.65", "pseudonym", NameEncoding.Utf8, 128, []),
        new("2.5.4.72", "role", NameEncoding.Utf8, 64, []),
        new("2.5.4.97", "organizationIdentifier", NameEncoding.Utf8, 256, []),
        new("0.9.2342.19200300.100.1.25", "DC", NameEncoding.Ia5, 63, ["domainComponent"]),
        new("0.9.2342.19200300.100.1.1", "UID", NameEncoding.Utf8, 256, ["userId"]),
        new("0.9.2342.19200300.100.1.3", "mail", NameEncoding.Ia5, 256, ["rfc822Mailbox"]),
        new("0.9.2342.19200300.100.1.4", "info", NameEncoding.Utf8, Unbounded, []),
        new("0.9.2342.19200300.100.1.9", "host", NameEncoding.Utf8, 256, []),
        new("1.2.840.113549.1.9.2", "unstructuredName", NameEncoding.Utf8, 255, []),
        new("1.2.840.113549.1.9.8", "unstructuredAddress", NameEncoding.Utf8, 255, []),
        new("1.3.6.1.4.1.311.60.2.1.3", "jurisdictionC", NameEncoding.Printable, 2, ["jurisdictionCountryName"]),
        new("1.3.6.1.4.1.311.60.2.1.2", "jurisdictionST", NameEncoding.Utf8, 128, ["jurisdictionStateOrProvinceName"]),
        new("1.3.6.1.4.1.311.60.2.1.1", "jurisdictionL", NameEncoding.Utf8, 128, ["jurisdictionLocalityName"]),
        new("1.3.36.8.3.14", "nameAtBirth", NameEncoding.Utf8, 64, ["nameOfBirth"]),
    ];

    private static readonly Dictionary<string, NameAttributeType> ByName = Known
        .SelectMany(type => type.Aliases.Append(type.Name).Append(type.Oid).Select(name => (name, type)))
        .ToDictionary(pair => pair.name, pair => pair.type, StringComparer.OrdinalIgnoreCase);

    public bool IsCountry => Oid == Country || Name == "jurisdictionC";

    /// <summary>The place in the order of a subject: C, ST, L, O, OU, CN, emailAddress, then the rest.</summary>
    public int Rank => Array.IndexOf(Order, Oid) is >= 0 and int place ? place : Order.Length;

    public static bool IsKnownOrOid(string field) => ByName.ContainsKey(field) || Dotted(field) is not null;

    /// <exception cref="CaNameException"><c>UnknownNameAttribute</c>.</exception>
    public static NameAttributeType Find(string field)
    {
        string key = field.Trim();
        if (ByName.TryGetValue(key, out NameAttributeType? known))
            return known;
        string oid = Dotted(key) ?? throw NameErrors.UnknownAttribute(key);
        return FromOid(oid);
    }

    public static NameAttributeType FromOid(string oid) =>
        ByName.TryGetValue(oid, out NameAttributeType? known) ? known : new(oid, oid, NameEncoding.Utf8, Unbounded, []);

    private static string? Dotted(string field)
    {
        string oid = field.StartsWith("OID.", StringComparison.OrdinalIgnoreCase) ? field.Substring(4) : field;
        return oid.Contains(".") && Org.BouncyCastle.Asn1.DerObjectIdentifier.TryFromID(oid, out _) ? oid : null;
    }
}
