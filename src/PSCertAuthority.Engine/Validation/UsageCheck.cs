using System.Collections.Generic;
using System.Linq;
using PSCertAuthority.Certificates;
using PSCertAuthority.Profiles;
using PSCertAuthority.Extensions;

namespace PSCertAuthority.Validation;

/// <summary>Whether a certificate, and every authority above it, allows a purpose (RFC 5280, section 4.2.1.12).</summary>
internal static class UsageCheck
{
    /// <exception cref="CaProfileException"><c>ExtendedKeyUsageUnknown</c>.</exception>
    public static CertificateCheck Check(DecodedCertificate certificate, IReadOnlyList<ChainLink> chain, string purpose)
    {
        string oid = ExtendedKeyUsageNames.OidOf(purpose);
        string name = ExtendedKeyUsageNames.NameOf(oid);
        if (!Allows(certificate, oid))
            return new CertificateCheck("Usage", false, $"It is not for {name}, but for {string.Join(", ", (certificate.ExtendedKeyUsage ?? []).Select(ExtendedKeyUsageNames.NameOf))}.");
        ChainLink? refusing = chain.FirstOrDefault(link => !Allows(link.Certificate, oid));
        return refusing is null
            ? new CertificateCheck("Usage", true, $"It is for {name}.")
            : new CertificateCheck("Usage", false, $"The authority '{refusing.Record.Name}' may not issue for {name}.");
    }

    private static bool Allows(DecodedCertificate certificate, string oid) =>
        certificate.ExtendedKeyUsage is not { } usages || usages.Contains(oid) || usages.Contains(ExtendedKeyUsageNames.AnyUsage);
}
