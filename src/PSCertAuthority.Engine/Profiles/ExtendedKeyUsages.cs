using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace PSCertAuthority.Profiles;

/// <summary>Extended key usages (RFC 5280, section 4.2.1.12, and others) by name and OID.</summary>
public static class ExtendedKeyUsages
{
    internal const string ServerAuth = "serverAuth";
    internal const string ClientAuth = "clientAuth";
    internal const string CodeSigning = "codeSigning";
    internal const string EmailProtection = "emailProtection";
    internal const string OcspSigning = "OCSPSigning";

    private static readonly Regex Oid = new("^[012](\\.(0|[1-9][0-9]{0,38}))+$", RegexOptions.CultureInvariant);

    private static readonly (string Name, string Oid, string Description)[] Known =
    [
        (ServerAuth, "1.3.6.1.5.5.7.3.1", "A TLS server."),
        (ClientAuth, "1.3.6.1.5.5.7.3.2", "A TLS client."),
        (CodeSigning, "1.3.6.1.5.5.7.3.3", "Signs programs and scripts."),
        (EmailProtection, "1.3.6.1.5.5.7.3.4", "Signs and decrypts mail (S/MIME)."),
        ("timeStamping", "1.3.6.1.5.5.7.3.8", "Binds a hash to a time (RFC 3161)."),
        (OcspSigning, "1.3.6.1.5.5.7.3.9", "Signs OCSP responses (RFC 6960)."),
        ("ipsecIKE", "1.3.6.1.5.5.7.3.17", "Internet Key Exchange (RFC 4945)."),
        ("anyExtendedKeyUsage", "2.5.29.37.0", "Any purpose; many verifiers ignore it."),
        ("smartcardLogon", "1.3.6.1.4.1.311.20.2.2", "Windows: logon with a smart card."),
        ("kdc", "1.3.6.1.5.2.3.5", "A Kerberos domain controller (RFC 4556)."),
        ("msCodeInd", "1.3.6.1.4.1.311.2.1.21", "Windows: code signing by individuals."),
        ("msCodeCom", "1.3.6.1.4.1.311.2.1.22", "Windows: code signing by companies."),
        ("msCTLSign", "1.3.6.1.4.1.311.10.3.1", "Windows: signs certificate trust lists."),
        ("msEFS", "1.3.6.1.4.1.311.10.3.4", "Windows: Encrypting File System."),
        ("msDocumentSigning", "1.3.6.1.4.1.311.10.3.12", "Windows: signs documents."),
    ];

    /// <summary>Each name with what it is for.</summary>
    public static IReadOnlyDictionary<string, string> Descriptions { get; } = Known.ToDictionary(usage => usage.Name, usage => usage.Description);

    /// <summary>The dotted OID of a name, whatever the case; an OID is given back.</summary>
    /// <exception cref="CaProfileException"><c>ExtendedKeyUsageUnknown</c>.</exception>
    public static string OidOf(string usage)
    {
        string wanted = (usage ?? throw new ArgumentNullException(nameof(usage))).Trim();
        foreach ((string name, string oid, _) in Known)
        {
            if (string.Equals(name, wanted, StringComparison.OrdinalIgnoreCase))
                return oid;
        }

        bool isOid = Oid.IsMatch(wanted) && Org.BouncyCastle.Asn1.DerObjectIdentifier.TryFromID(wanted, out _);
        return isOid ? wanted : throw CaProfileException.ExtendedKeyUsageUnknown(usage, Known.Select(known => known.Name));
    }

    /// <summary>The name of an OID; the OID itself where it has none.</summary>
    public static string NameOf(string oid) => Known.FirstOrDefault(usage => usage.Oid == oid).Name ?? oid;
}
