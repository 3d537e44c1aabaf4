using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;

namespace PSCertAuthority.Extensions;

/// <summary>The extended key usages (RFC 5280, section 4.2.1.12) by the names that OpenSSL and RFCs give them.</summary>
public static class ExtendedKeyUsageNames
{
    internal const string AnyUsage = "2.5.29.37.0";
    internal const string EmailProtection = "1.3.6.1.5.5.7.3.4";
    internal const string OcspSigning = "1.3.6.1.5.5.7.3.9";
    internal const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <summary>All that have a name.</summary>
    public static IReadOnlyList<NamedOid> All { get; } =
    [
        new("serverAuth", "1.3.6.1.5.5.7.3.1", "TLS Server Authentication"),
        new("clientAuth", "1.3.6.1.5.5.7.3.2", "TLS Client Authentication"),
        new("codeSigning", "1.3.6.1.5.5.7.3.3", "Code Signing"),
        new("emailProtection", EmailProtection, "E-mail Protection"),
        new("timeStamping", TimeStamping, "Time Stamping"),
        new("OCSPSigning", OcspSigning, "OCSP Signing"),
        new("ipsecEndSystem", "1.3.6.1.5.5.7.3.5", "IPsec End System"),
        new("ipsecTunnel", "1.3.6.1.5.5.7.3.6", "IPsec Tunnel"),
        new("ipsecUser", "1.3.6.1.5.5.7.3.7", "IPsec User"),
        new("ipsecIKE", "1.3.6.1.5.5.7.3.17", "IPsec Internet Key Exchange"),
        new("msSmartcardLogin", "1.3.6.1.4.1.311.20.2.2", "Smart Card Logon"),
        new("msCodeInd", "1.3.6.1.4.1.311.2.1.21", "Microsoft Individual Code Signing"),
        new("msCodeCom", "1.3.6.1.4.1.311.2.1.22", "Microsoft Commercial Code Signing"),
        new("msCTLSign", "1.3.6.1.4.1.311.10.3.1", "Microsoft Trust List Signing"),
        new("msEFS", "1.3.6.1.4.1.311.10.3.4", "Microsoft Encrypted File System"),
        new("msEFSRecovery", "1.3.6.1.4.1.311.10.3.4.1", "Microsoft File Recovery"),
        new("msDocumentSigning", "1.3.6.1.4.1.311.10.3.12", "Microsoft Document Signing"),
        new("msRemoteDesktop", "1.3.6.1.4.1.311.54.1.2", "Microsoft Remote Desktop Authentication"),
        new("pkInitKDC", "1.3.6.1.5.2.3.5", "Kerberos Key Distribution Centre"),
        new("pkInitClientAuth", "1.3.6.1.5.2.3.4", "Kerberos Client Authentication"),
        new("eapOverPPP", "1.3.6.1.5.5.7.3.13", "EAP over PPP"),
        new("eapOverLAN", "1.3.6.1.5.5.7.3.14", "EAP over LAN"),
        new("secureShellClient", "1.3.6.1.5.5.7.3.21", "SSH Client"),
        new("secureShellServer", "1.3.6.1.5.5.7.3.22", "SSH Server"),
        new("documentSigning", "1.3.6.1.5.5.7.3.36", "Document Signing"),
        new("anyExtendedKeyUsage", AnyUsage, "Any Extended Key Usage"),
    ];

    private static readonly Dictionary<string, NamedOid> ByOid = All.ToDictionary(usage => usage.Oid);

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["smartcardLogon"] = "1.3.6.1.4.1.311.20.2.2",
        ["any"] = AnyUsage,
        ["kerberosKDC"] = "1.3.6.1.5.2.3.5",
    };

    /// <summary>Reads names, whatever their case, and dotted OIDs; several may stand in one text, with commas between them.</summary>
    /// <returns>The dotted OIDs in order, each once.</returns>
    /// <exception cref="CaExtensionException"><c>ExtendedKeyUsageUnknown</c>.</exception>
    public static IReadOnlyList<string> Parse(IEnumerable<string> names) => [.. NameList.Split(names).Select(ParseOne).Distinct()];

    /// <summary>The dotted OID of one name or OID.</summary>
    /// <exception cref="CaExtensionException"><c>ExtendedKeyUsageUnknown</c>.</exception>
    internal static string OidOf(string name) => ParseOne(name.Trim());

    /// <summary>The usage in words; the OID where it is not known.</summary>
    internal static string Describe(string oid) => ByOid.TryGetValue(oid, out NamedOid? known) ? known.Description : oid;

    internal static IReadOnlyList<string> Read(Asn1Object extension) =>
        [.. Asn1Sequence.GetInstance(extension).Select(usage => DerObjectIdentifier.GetInstance(usage).Id)];

    /// <summary>An authority's own usages bound those below it, as every verifier but RFC 5280 has it. Delegated OCSP responders stand outside.</summary>
    /// <param name="authority">The authority's name.</param>
    /// <param name="allowed">Its own usages; null where it has none, and so allows all.</param>
    /// <param name="usages">Those of a certificate below it.</param>
    /// <exception cref="CaExtensionException"><c>ExtendedKeyUsageOutsideAuthority</c>.</exception>
    internal static void RequireWithin(string authority, IReadOnlyList<string>? allowed, IEnumerable<string> usages)
    {
        if (allowed is null || allowed.Contains(AnyUsage))
            return;
        string[] outside = [.. usages.Where(usage => usage is not (AnyUsage or OcspSigning) && !allowed.Contains(usage))];
        if (outside.Length > 0)
            throw ExtensionErrors.ExtendedKeyUsageOutsideAuthority(authority, string.Join(", ", outside.Select(NameOf)));
    }

    /// <summary>The name of an OID; the OID itself where it has none.</summary>
    internal static string NameOf(string oid) => ByOid.TryGetValue(oid, out NamedOid? known) ? known.Name : oid;

    private static string ParseOne(string name)
    {
        if (All.FirstOrDefault(usage => string.Equals(usage.Name, name, StringComparison.OrdinalIgnoreCase)) is { } known)
            return known.Oid;
        if (Aliases.TryGetValue(name, out string? oid))
            return oid;
        return name.Contains(".") && DerObjectIdentifier.TryFromID(name, out _) ? name : throw ExtensionErrors.ExtendedKeyUsageUnknown(name);
    }
}
