using System.Collections.Generic;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Certificates;

/// <summary>What of a request's own extensions is taken over when <c>-UseRequestExtension</c> asks for it.</summary>
internal static class RequestedExtensions
{
    // RFC 7633, section 4: tlsfeature, known as must-staple.
    private static readonly DerObjectIdentifier TlsFeature = new("1.3.6.1.5.5.7.1.24");

    private const int AuthorityBits = KeyUsage.KeyCertSign | KeyUsage.CrlSign;

    /// <summary>
    /// Key usages, certificate policies and tlsfeature. The subject alternative name is merged elsewhere; what the authority alone
    /// decides (constraints, key identifiers, URLs) is passed over; a request to be an authority is refused.
    /// </summary>
    /// <exception cref="CaIssuanceException"><c>RequestExtensionRefused</c>.</exception>
    public static IReadOnlyList<(DerObjectIdentifier Oid, X509Extension Extension)> Select(CaCertificateRequest request)
    {
        if (request.Extensions is not { } extensions)
            return [];
        var selected = new List<(DerObjectIdentifier, X509Extension)>();
        foreach (DerObjectIdentifier oid in extensions.GetExtensionOids())
        {
            X509Extension extension = extensions.GetExtension(oid);
            if (oid.Equals(X509Extensions.BasicConstraints) && BasicConstraints.GetInstance(extension.GetParsedValue()).IsCA())
                throw IssuanceErrors.RequestExtensionRefused(oid.Id, "it would make the certificate an authority");
            if (oid.Equals(X509Extensions.KeyUsage) && (DerBitString.GetInstance(extension.GetParsedValue()).IntValue & AuthorityBits) != 0)
                throw IssuanceErrors.RequestExtensionRefused(oid.Id, "keyCertSign and cRLSign are for authorities");
            if (oid.Equals(X509Extensions.KeyUsage) || oid.Equals(X509Extensions.ExtendedKeyUsage)
                || oid.Equals(X509Extensions.CertificatePolicies) || oid.Equals(TlsFeature))
                selected.Add((oid, extension));
        }

        return selected;
    }
}
