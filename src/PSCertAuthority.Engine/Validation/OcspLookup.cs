using System;
using System.Threading;
using PSCertAuthority.Certificates;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Validation;

/// <summary>Asks an OCSP responder (RFC 6960), with a nonce (RFC 9654).</summary>
internal sealed class OcspLookup(CertificateTestRequest request, DateTime at, CancellationToken cancellation) : IRevocationLookup
{
    public string Source => request.OcspUri is { } uri ? $"the OCSP responder '{uri}'" : "the OCSP responder that it names";

    public RevocationFinding Find(DecodedCertificate certificate, ChainLink issuer)
    {
        string? url = request.OcspUri?.AbsoluteUri ?? (certificate.OcspUrls is [string first, ..] ? first : null);
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            return RevocationFinding.Unknown("it names no OCSP responder");
        CaOcspAnswer answer = OcspClient.Ask(new OcspQuery(uri, certificate, issuer.Certificate) { Timeout = request.Timeout }, at, cancellation);
        return answer switch
        {
            { Problem: { } problem } => RevocationFinding.Unknown(problem),
            { Status: "Good" } => RevocationFinding.Good,
            { Status: "Revoked" } => RevocationFinding.Revoked(answer.RevokedAt!.Value.ToUniversalTime(), answer.RevocationReason.ToString()!),
            _ => RevocationFinding.Unknown("the responder does not know it"),
        };
    }
}
