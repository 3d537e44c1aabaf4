using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.X509;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Revocation;
using CertificateStatus = Org.BouncyCastle.Ocsp.CertificateStatus;

namespace PSCertAuthority.Validation;

/// <summary>Asks an OCSP responder (RFC 6960), with a nonce (RFC 9654).</summary>
internal sealed class OcspLookup(CertificateTestRequest request, DateTime at, CancellationToken cancellation) : IRevocationLookup
{
    private const int NonceOctets = 32;
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public string Source => request.OcspUri is { } uri ? $"the OCSP responder '{uri}'" : "the OCSP responder that it names";

    public RevocationFinding Find(DecodedCertificate certificate, ChainLink issuer)
    {
        string? url = request.OcspUri?.AbsoluteUri ?? (certificate.OcspUrls is [string first, ..] ? first : null);
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            return RevocationFinding.Unknown("it names no OCSP responder");
        try
        {
            var id = new CertificateID(CertificateID.DigestSha1, new X509Certificate(issuer.Certificate.Der), SerialNumbers.FromStored(certificate.SerialNumber));
            byte[] nonce = SystemRandom.GetBytes(NonceOctets);
            byte[] answer = HttpFetch.Post(uri, Encode(id, nonce), "application/ocsp-request", request.Timeout, cancellation);
            return Read(new OcspResp(answer), id, nonce, issuer);
        }
        catch (Exception e) when (e is HttpRequestException or OcspException or IOException or ArgumentException or InvalidCastException)
        {
            return RevocationFinding.Unknown($"'{uri}' gave no usable answer: {e.Message}");
        }
    }

    private static byte[] Encode(CertificateID id, byte[] nonce)
    {
        var generator = new OcspReqGenerator();
        generator.AddRequest(id);
        var extensions = new X509ExtensionsGenerator();
        extensions.AddExtension(OcspObjectIdentifiers.PkixOcspNonce, critical: false, new DerOctetString(nonce));
        generator.SetRequestExtensions(extensions.Generate());
        return generator.Generate().GetEncoded();
    }

    private RevocationFinding Read(OcspResp answer, CertificateID id, byte[] nonce, ChainLink issuer)
    {
        if (answer.Status != OcspRespStatus.Successful || answer.GetResponseObject() is not BasicOcspResp response)
            return RevocationFinding.Unknown($"the responder answered with the status {answer.Status}");
        if (!IsSigned(response, issuer))
            return RevocationFinding.Unknown("the answer is not signed by its issuer or a responder of it");
        // A responder may leave the nonce out (RFC 9654, section 2.1), but not give another one.
        Asn1OctetString? echoed = response.GetExtensionValue(OcspObjectIdentifiers.PkixOcspNonce);
        if (echoed is not null && !Asn1OctetString.GetInstance(echoed.GetOctets()).GetOctets().SequenceEqual(nonce))
            return RevocationFinding.Unknown("the answer is one to another question: its nonce differs");
        SingleResp? single = response.Responses.FirstOrDefault(one => one.GetCertID().SerialNumber.Equals(id.SerialNumber) && one.GetCertID().MatchesIssuer(new X509Certificate(issuer.Certificate.Der)));
        if (single is null)
            return RevocationFinding.Unknown("the answer is about another certificate");
        if (single.ThisUpdate.ToUniversalTime() > at + Skew || single.NextUpdate?.ToUniversalTime() < at - Skew)
            return RevocationFinding.Unknown("the answer is not one of this time");
        return single.GetCertStatus() switch
        {
            // BouncyCastle says "good" by null.
            null => RevocationFinding.Good,
            CertificateStatus status when status == CertificateStatus.Good => RevocationFinding.Good,
            RevokedStatus revoked => RevocationFinding.Revoked(
                revoked.RevocationTime.ToUniversalTime(), ((RevocationReason)(revoked.HasRevocationReason ? revoked.RevocationReason : 0)).ToString()),
            _ => RevocationFinding.Unknown("the responder does not know it"),
        };
    }

    /// <summary>By the issuer itself, or a certificate that it issued for signing OCSP responses (RFC 6960, section 4.2.2.2).</summary>
    private bool IsSigned(BasicOcspResp response, ChainLink issuer)
    {
        if (Verifies(response, issuer.Certificate.PublicKey))
            return true;
        foreach (X509Certificate embedded in response.GetCerts())
        {
            var responder = new DecodedCertificate(embedded.GetEncoded());
            if (issuer.Issued(responder) && responder.ExtendedKeyUsage?.Contains(ExtendedKeyUsageNames.OcspSigning) == true
                && responder.NotBefore <= at && responder.NotAfter >= at && Verifies(response, responder.PublicKey))
                return true;
        }

        return false;
    }

    private static bool Verifies(BasicOcspResp response, SubjectPublicKeyInfo key)
    {
        BasicOcspResponse structure = BasicOcspResponse.GetInstance(Asn1Object.FromByteArray(response.GetEncoded()));
        return SignatureVerification.IsValid(key, structure.SignatureAlgorithm, response.GetTbsResponseData(), structure.GetSignatureOctets());
    }
}
