using System;
using System.Collections.Generic;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;

namespace PSCertAuthority.Certificates;

/// <summary>What of a request's own extensions is taken over when <c>-UseRequestExtension</c> asks for it.</summary>
internal static class RequestedExtensions
{
    private const int AuthorityBits = KeyUsage.KeyCertSign | KeyUsage.CrlSign;

    /// <summary>
    /// Key usages, certificate policies and tlsfeature. The subject alternative name is merged elsewhere; what the authority alone
    /// decides (constraints, key identifiers, URLs) is passed over; a request to be an authority is refused.
    /// </summary>
    /// <exception cref="CaIssuanceException"><c>RequestExtensionRefused</c>.</exception>
    public static IReadOnlyList<(DerObjectIdentifier Oid, X509Extension Extension)> Select(CaCertificateRequest request)
    {
        if (request.Asn1Extensions is not { } extensions)
            return [];
        var selected = new List<(DerObjectIdentifier, X509Extension)>();
        foreach (DerObjectIdentifier oid in extensions.GetExtensionOids())
        {
            X509Extension extension = extensions.GetExtension(oid);
            try
            {
                if (IsTaken(oid, extension))
                    selected.Add((oid, extension));
            }
            catch (Exception e) when (e is not CaIssuanceException && Asn1Failure.IsMalformed(e))
            {
                throw IssuanceErrors.RequestExtensionRefused(oid.Id, "it is not encoded as its standard wants it");
            }
        }

        return selected;
    }

    private static bool IsTaken(DerObjectIdentifier oid, X509Extension extension)
    {
        switch (oid.Id)
        {
            case ExtensionOids.BasicConstraints when BasicConstraints.GetInstance(extension.GetParsedValue()).IsCA():
                throw IssuanceErrors.RequestExtensionRefused(oid.Id, "it would make the certificate an authority");
            case ExtensionOids.KeyUsage when (DerBitString.GetInstance(extension.GetParsedValue()).IntValue & AuthorityBits) != 0:
                throw IssuanceErrors.RequestExtensionRefused(oid.Id, "keyCertSign and cRLSign are for authorities");
            case ExtensionOids.ExtendedKeyUsage:
                return ExtendedKeyUsageNames.Read(extension.GetParsedValue()).Count > 0;
            case ExtensionOids.KeyUsage or ExtensionOids.CertificatePolicies or ExtensionOids.TlsFeature:
                EncodedValue.RequireDer(oid.Id, extension.Value.GetOctets());
                return true;
            default:
                return false;
        }
    }
}
