using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace PSCertAuthority.Profiles;

/// <summary>Key usages (RFC 5280, section 4.2.1.3) by the names of that standard, in the order of their bits.</summary>
public static class KeyUsages
{
    private static readonly (string Name, X509KeyUsageFlags Flag, string Description)[] Known =
    [
        ("digitalSignature", X509KeyUsageFlags.DigitalSignature, "Signs what is not a certificate or a CRL, such as a TLS handshake."),
        ("nonRepudiation", X509KeyUsageFlags.NonRepudiation, "Signs what its owner is held to (contentCommitment)."),
        ("keyEncipherment", X509KeyUsageFlags.KeyEncipherment, "Encrypts keys; RSA."),
        ("dataEncipherment", X509KeyUsageFlags.DataEncipherment, "Encrypts data without a key between; RSA."),
        ("keyAgreement", X509KeyUsageFlags.KeyAgreement, "Agrees on keys, as Diffie-Hellman does."),
        ("keyCertSign", X509KeyUsageFlags.KeyCertSign, "Signs certificates; authorities alone."),
        ("cRLSign", X509KeyUsageFlags.CrlSign, "Signs CRLs; authorities alone."),
        ("encipherOnly", X509KeyUsageFlags.EncipherOnly, "With keyAgreement: encrypts only."),
        ("decipherOnly", X509KeyUsageFlags.DecipherOnly, "With keyAgreement: decrypts only."),
    ];

    /// <summary>Each name with what it is for.</summary>
    public static IReadOnlyDictionary<string, string> Descriptions { get; } = Known.ToDictionary(usage => usage.Name, usage => usage.Description);

    /// <summary>The flags of these names, whatever the case; contentCommitment is another name of nonRepudiation.</summary>
    /// <exception cref="CaProfileException"><c>KeyUsageUnknown</c>.</exception>
    public static X509KeyUsageFlags Parse(IEnumerable<string> names) =>
        (names ?? throw new ArgumentNullException(nameof(names))).Aggregate(X509KeyUsageFlags.None, (flags, name) => flags | Parse(name));

    /// <summary>The names of flags.</summary>
    public static IReadOnlyList<string> NamesOf(X509KeyUsageFlags flags) =>
        [.. Known.Where(usage => (flags & usage.Flag) != 0).Select(usage => usage.Name)];

    private static X509KeyUsageFlags Parse(string name)
    {
        string wanted = string.Equals(name, "contentCommitment", StringComparison.OrdinalIgnoreCase) ? "nonRepudiation" : name;
        foreach ((string known, X509KeyUsageFlags flag, _) in Known)
        {
            if (string.Equals(known, wanted, StringComparison.OrdinalIgnoreCase))
                return flag;
        }

        throw CaProfileException.KeyUsageUnknown(name, Known.Select(usage => usage.Name));
    }
}
