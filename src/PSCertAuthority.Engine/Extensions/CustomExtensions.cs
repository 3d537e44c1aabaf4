using System.Collections.Generic;
using System.Linq;

namespace PSCertAuthority.Extensions;

/// <summary>Extensions that are given as OID and DER: any that the authority does not write itself.</summary>
internal static class CustomExtensions
{
    private static readonly Dictionary<string, string> Instead = new()
    {
        [ExtensionOids.BasicConstraints] = "New-CaAuthority makes authorities (-PathLength), New-CaCertificate end entities",
        [ExtensionOids.KeyUsage] = "it is written by itself, use -KeyUsage",
        [ExtensionOids.ExtendedKeyUsage] = "it is written by itself, use -ExtendedKeyUsage",
        [ExtensionOids.SubjectAlternativeName] = "it is written by itself, use -SubjectAlternativeName of New-CaCertificate",
        [ExtensionOids.IssuerAlternativeName] = "it is written by itself, use -IssuerAlternativeName",
        [ExtensionOids.SubjectKeyIdentifier] = "it is written by itself and follows from the key",
        [ExtensionOids.AuthorityKeyIdentifier] = "it is written by itself and follows from the authority's key",
        [ExtensionOids.CertificatePolicies] = "it is written by itself, use -CertificatePolicy",
        [ExtensionOids.CrlDistributionPoints] = "it is written by itself, use -CrlUrl of Set-CaAuthority, or -CaCrlUrl of New-CaAuthority",
        [ExtensionOids.FreshestCrl] = "it is written by itself, use -DeltaCrlUrl of Set-CaAuthority",
        [ExtensionOids.AuthorityInformationAccess] =
            "it is written by itself, use -OcspUrl and -IssuerUrl of Set-CaAuthority, or -CaOcspUrl and -CaIssuerUrl of New-CaAuthority",
        [ExtensionOids.NameConstraints] = "it is written by itself, use -PermittedName and -ExcludedName of New-CaAuthority",
        [ExtensionOids.PolicyConstraints] = "it is written by itself, use -RequireExplicitPolicy and -InhibitPolicyMapping of New-CaAuthority",
        [ExtensionOids.InhibitAnyPolicy] = "it is written by itself, use -InhibitAnyPolicy of New-CaAuthority",
        [ExtensionOids.TlsFeature] = "it is written by itself, use -MustStaple of New-CaCertificate",
        [ExtensionOids.OcspNoCheck] = "it is written by itself, use a profile such as 'ocsp'",
    };

    /// <summary>Of an authority's certificate.</summary>
    /// <exception cref="CaExtensionException"><c>ExtensionReserved</c>, <c>ExtensionRepeated</c> or <c>ExtensionInvalid</c>.</exception>
    public static void RequireForAuthority(IReadOnlyCollection<CertificateExtension> extensions)
    {
        foreach (CertificateExtension extension in extensions)
        {
            if (Instead.TryGetValue(extension.Oid, out string? instead))
                throw ExtensionErrors.Reserved(extension.Oid, extension.Name, instead);
            // It may have been read from a certificate made elsewhere, where nobody looked whether it is DER.
            EncodedValue.RequireDer(extension.Oid, extension.RawValue);
        }

        if (extensions.GroupBy(extension => extension.Oid).FirstOrDefault(group => group.Skip(1).Any()) is { } repeated)
            throw ExtensionErrors.Repeated(repeated.Key);
    }

    /// <summary>Of a certificate that is no authority's.</summary>
    /// <inheritdoc cref="RequireForAuthority" path="/exception"/>
    public static void RequireForEndEntity(IReadOnlyCollection<CertificateExtension> extensions)
    {
        RequireForAuthority(extensions);
        if (extensions.FirstOrDefault(extension => extension.Oid == ExtensionOids.PolicyMappings) is { } mappings)
            throw ExtensionErrors.Reserved(mappings.Oid, mappings.Name, "only the certificate of an authority may hold it (RFC 5280, section 4.2.1.5)");
    }
}
