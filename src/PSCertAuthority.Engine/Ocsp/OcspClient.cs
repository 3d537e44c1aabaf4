using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Ocsp;
using Org.BouncyCastle.X509;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Revocation;
using PSCertAuthority.Validation;
using CertificateStatus = Org.BouncyCastle.Ocsp.CertificateStatus;

namespace PSCertAuthority.Ocsp;

/// <summary>Asks an OCSP responder (RFC 6960), and judges its answer.</summary>
internal static class OcspClient
{
    private const int NonceOctets = 32;
    private static readonly AlgorithmIdentifier Sha256 = new(NistObjectIdentifiers.IdSha256, DerNull.Instance);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>The answer, whatever it is worth; a responder that cannot be reached gives one with a problem.</summary>
    public static CaOcspAnswer Ask(OcspQuery query, DateTime at, CancellationToken cancellation)
    {
        var answer = new CaOcspAnswer
        {
            Uri = query.Uri, Subject = query.Certificate.Subject.ToString(), SerialNumber = SerialNumbers.ToPrinted(query.Certificate.SerialNumber),
        };
        var elapsed = Stopwatch.StartNew();
        try
        {
            CertificateID id = IdOf(query.Digest, new X509Certificate(query.Issuer.Der), query.Certificate.SerialNumber);
            byte[]? nonce = query.WithNonce ? SystemRandom.GetBytes(NonceOctets) : null;
            byte[] content = Send(query, Encode(id, nonce), cancellation);
            return Read(answer with { Duration = elapsed.Elapsed, Length = content.Length }, new OcspResp(content), id, nonce, query, at);
        }
        catch (Exception e) when (e is HttpRequestException or OcspException or IOException or ArgumentException or InvalidCastException)
        {
            return answer with { Duration = elapsed.Elapsed, Problem = $"'{query.Uri}' gave no usable answer: {e.Message}" };
        }
    }

    /// <summary>How a request names a certificate.</summary>
    public static CertificateID IdOf(OcspDigest digest, X509Certificate issuer, string serialNumber) =>
        new(digest == OcspDigest.Sha256 ? Sha256 : CertificateID.DigestSha1, issuer, SerialNumbers.FromStored(serialNumber));

    private static byte[] Send(OcspQuery query, byte[] request, CancellationToken cancellation) => query.Method == OcspMethod.Post
        ? HttpFetch.Post(query.Uri, request, "application/ocsp-request", query.Timeout, cancellation)
        : HttpFetch.Get(new Uri($"{query.Uri.AbsoluteUri.TrimEnd('/')}/{Uri.EscapeDataString(Convert.ToBase64String(request))}"), query.Timeout, cancellation);

    private static byte[] Encode(CertificateID id, byte[]? nonce)
    {
        var generator = new OcspReqGenerator();
        generator.AddRequest(id);
        if (nonce is not null)
        {
            var extensions = new X509ExtensionsGenerator();
            extensions.AddExtension(OcspObjectIdentifiers.PkixOcspNonce, critical: false, new DerOctetString(nonce));
            generator.SetRequestExtensions(extensions.Generate());
        }

        return generator.Generate().GetEncoded();
    }

    private static CaOcspAnswer Read(CaOcspAnswer answer, OcspResp response, CertificateID id, byte[]? nonce, OcspQuery query, DateTime at)
    {
        answer = answer with { ResponseStatus = NameOf(response.Status) };
        if (response.Status != OcspRespStatus.Successful || response.GetResponseObject() is not BasicOcspResp basic)
            return answer with { Problem = $"the responder answered with {answer.ResponseStatus}" };
        DecodedCertificate? signer = FindSigner(basic, query.Issuer, at);
        answer = answer with
        {
            ProducedAt = basic.ProducedAt.ToUniversalTime().ToDisplayed(),
            Responder = signer?.Subject.ToString(),
            ResponderNotAfter = signer?.NotAfter.ToDisplayed(),
        };
        if (signer is null)
            return answer with { Problem = "the answer is not signed by its issuer or a responder of it" };
        Asn1OctetString? echoed = basic.GetExtensionValue(OcspObjectIdentifiers.PkixOcspNonce);
        bool same = echoed is not null && nonce is not null && Asn1OctetString.GetInstance(echoed.GetOctets()).GetOctets().SequenceEqual(nonce);
        answer = answer with { NonceEchoed = nonce is null ? null : same };
        // A responder may leave the nonce out (RFC 9654, section 2.1), but not give another one.
        if (echoed is not null && nonce is not null && !same)
            return answer with { Problem = "the answer is one to another question: its nonce differs" };
        SingleResp? single = basic.Responses.FirstOrDefault(one => one.GetCertID().SerialNumber.Equals(id.SerialNumber) && one.GetCertID().MatchesIssuer(new X509Certificate(query.Issuer.Der)));
        return single is null ? answer with { Problem = "the answer is about another certificate" } : Read(answer, single, at);
    }

    private static CaOcspAnswer Read(CaOcspAnswer answer, SingleResp single, DateTime at)
    {
        answer = answer with { ThisUpdate = single.ThisUpdate.ToUniversalTime().ToDisplayed(), NextUpdate = single.NextUpdate?.ToUniversalTime().ToDisplayed() };
        bool timely = single.ThisUpdate.ToUniversalTime() <= at + Skew && !(single.NextUpdate?.ToUniversalTime() < at - Skew);
        answer = answer with { Problem = timely ? null : "the answer is not one of this time" };
        return single.GetCertStatus() switch
        {
            // BouncyCastle says "good" by null.
            null => answer with { Status = "Good" },
            CertificateStatus status when status == CertificateStatus.Good => answer with { Status = "Good" },
            RevokedStatus revoked => answer with
            {
                Status = "Revoked",
                RevokedAt = revoked.RevocationTime.ToUniversalTime().ToDisplayed(),
                RevocationReason = (RevocationReason)(revoked.HasRevocationReason ? revoked.RevocationReason : 0),
            },
            _ => answer with { Status = "Unknown" },
        };
    }

    /// <summary>The issuer itself, or a certificate that it issued for signing OCSP responses (RFC 6960, section 4.2.2.2); null for anybody else.</summary>
    private static DecodedCertificate? FindSigner(BasicOcspResp response, DecodedCertificate issuer, DateTime at)
    {
        if (Verifies(response, issuer.PublicKey))
            return issuer;
        return response.GetCerts().Select(embedded => new DecodedCertificate(embedded.GetEncoded())).FirstOrDefault(responder =>
            responder.IssuerName.Equivalent(issuer.SubjectName) && responder.IsSignedBy(issuer.PublicKey)
            && responder.ExtendedKeyUsage?.Contains(ExtendedKeyUsageNames.OcspSigning) == true
            && responder.NotBefore <= at && responder.NotAfter >= at && Verifies(response, responder.PublicKey));
    }

    private static bool Verifies(BasicOcspResp response, SubjectPublicKeyInfo key)
    {
        BasicOcspResponse structure = BasicOcspResponse.GetInstance(Asn1Object.FromByteArray(response.GetEncoded()));
        return SignatureVerification.IsValid(key, structure.SignatureAlgorithm, response.GetTbsResponseData(), structure.Signature);
    }

    private static string NameOf(int status) => status switch
    {
        0 => "Successful",
        1 => "MalformedRequest",
        2 => "InternalError",
        3 => "TryLater",
        5 => "SigRequired",
        6 => "Unauthorized",
        _ => $"{status}",
    };
}
