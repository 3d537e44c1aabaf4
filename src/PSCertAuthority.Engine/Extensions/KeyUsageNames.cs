using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Profiles;

namespace PSCertAuthority.Extensions;

/// <summary>The key usages (RFC 5280, section 4.2.1.3) by name.</summary>
public static class KeyUsageNames
{
    internal const X509KeyUsageFlags AuthorityFlags = X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign;
    private const X509KeyUsageFlags OnlyFlags = X509KeyUsageFlags.EncipherOnly | X509KeyUsageFlags.DecipherOnly;
    private const X509KeyUsageFlags Encipherment = X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment;

    private static readonly (string Name, X509KeyUsageFlags Flag, string Description)[] Known =
    [
        ("digitalSignature", X509KeyUsageFlags.DigitalSignature, "Signs data, as TLS and logging in do."),
        ("nonRepudiation", X509KeyUsageFlags.NonRepudiation, "Signs what the signer cannot deny later."),
        ("contentCommitment", X509KeyUsageFlags.NonRepudiation, "The newer name of nonRepudiation."),
        ("keyEncipherment", X509KeyUsageFlags.KeyEncipherment, "Enciphers keys; RSA only."),
        ("dataEncipherment", X509KeyUsageFlags.DataEncipherment, "Enciphers data itself; RSA only."),
        ("keyAgreement", X509KeyUsageFlags.KeyAgreement, "Agrees on keys, as ECDH does."),
        ("encipherOnly", X509KeyUsageFlags.EncipherOnly, "With keyAgreement: for enciphering only."),
        ("decipherOnly", X509KeyUsageFlags.DecipherOnly, "With keyAgreement: for deciphering only."),
        ("keyCertSign", X509KeyUsageFlags.KeyCertSign, "Signs certificates; authorities only."),
        ("cRLSign", X509KeyUsageFlags.CrlSign, "Signs CRLs; authorities only."),
    ];

    /// <summary>Those that can be asked for; authorities have keyCertSign and cRLSign without being asked.</summary>
    public static IReadOnlyList<NamedOid> All { get; } =
        [.. Known.Where(k => (k.Flag & AuthorityFlags) == 0).Select(k => new NamedOid(k.Name, string.Empty, k.Description))];

    /// <summary>Reads names, whatever their case; several may stand in one text, with commas between them.</summary>
    /// <exception cref="CaExtensionException"><c>KeyUsageUnknown</c>.</exception>
    public static X509KeyUsageFlags Parse(IEnumerable<string> names) => NameList.Split(names).Aggregate(X509KeyUsageFlags.None, (flags, name) =>
    {
        var known = Known.FirstOrDefault(k => string.Equals(k.Name, name, StringComparison.OrdinalIgnoreCase));
        return known.Name is null ? throw ExtensionErrors.KeyUsageUnknown(name, Known.Select(k => k.Name)) : flags | known.Flag;
    });

    /// <summary>
    /// What a key of that kind can do (RFC 3279, section 2.3; RFC 8813, section 3; RFC 9295, section 3): RSA does not agree on keys, elliptic curves do not
    /// encipher, EdDSA does neither.
    /// </summary>
    internal static X509KeyUsageFlags Possible(X509KeyUsageFlags usage, KeyType key) => key switch
    {
        KeyType.RSA => usage & ~(X509KeyUsageFlags.KeyAgreement | OnlyFlags),
        KeyType.EC => usage & ~Encipherment,
        _ => usage & ~(Encipherment | X509KeyUsageFlags.KeyAgreement | OnlyFlags),
    };

    /// <summary>
    /// What a profile gives to a key of that kind. It fits every key, and so loses what a key cannot do. Enciphered mail is for a key of elliptic curves
    /// that agrees on keys (RFC 5753, section 2).
    /// </summary>
    internal static X509KeyUsageFlags Of(CertificateProfile profile, KeyType key)
    {
        bool agrees = key == KeyType.EC && (profile.KeyUsage & Encipherment) != 0 && profile.ExtendedKeyUsage.Contains("emailProtection");
        return Possible(profile.KeyUsage, key) | (agrees ? X509KeyUsageFlags.KeyAgreement : X509KeyUsageFlags.None);
    }

    /// <exception cref="CaExtensionException"><c>KeyUsageForAuthorities</c>.</exception>
    internal static void RequireEndEntity(X509KeyUsageFlags usage)
    {
        if ((usage & AuthorityFlags) != 0)
            throw ExtensionErrors.KeyUsageForAuthorities(ToText(usage & AuthorityFlags));
    }

    /// <exception cref="CaExtensionException"><c>KeyUsageUnfit</c>.</exception>
    internal static void RequirePossible(X509KeyUsageFlags usage, KeyType key)
    {
        X509KeyUsageFlags impossible = usage & ~Possible(usage, key);
        if (impossible != 0)
            throw ExtensionErrors.KeyUsageUnfit(ToText(impossible), $"a key of the kind {key} cannot do it");
        if ((usage & OnlyFlags) != 0 && (usage & X509KeyUsageFlags.KeyAgreement) == 0)
            throw ExtensionErrors.KeyUsageUnfit(ToText(usage & OnlyFlags), "without keyAgreement it has no meaning");
    }

    /// <summary>The names of flags.</summary>
    internal static IReadOnlyList<string> NamesOf(X509KeyUsageFlags usage) =>
        [.. Known.Where(k => (usage & k.Flag) != 0 && k.Name != "contentCommitment").Select(k => k.Name)];

    private static string ToText(X509KeyUsageFlags usage) => string.Join(", ", NamesOf(usage));
}
