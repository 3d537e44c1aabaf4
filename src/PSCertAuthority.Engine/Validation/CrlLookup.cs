using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.X509;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Validation;

/// <summary>Asks CRLs (RFC 5280, section 6.3): files that are given, or what the distribution points serve.</summary>
internal sealed class CrlLookup(CertificateTestRequest request, DateTime at, CancellationToken cancellation) : IRevocationLookup
{
    private readonly X509Crl[] _given = [.. request.CrlPaths.Select(ReadFile)];
    private readonly Dictionary<string, X509Crl> _fetched = [];

    public string Source => _given.Length > 0 ? "the given CRLs" : "the CRLs of its distribution points";

    public RevocationFinding Find(DecodedCertificate certificate, ChainLink issuer)
    {
        try
        {
            IEnumerable<X509Crl> candidates = _given.Length > 0 ? _given : certificate.CrlUrls.Select(Fetch);
            X509Crl[] fitting = [.. candidates.Where(crl => crl.IssuerDN.Equivalent(issuer.Certificate.SubjectName))];
            return fitting.Length == 0
                ? RevocationFinding.Unknown(_given.Length > 0 ? $"none of the CRLs is one of '{issuer.Record.Name}'" : "it names no CRL of its issuer")
                : fitting.Select(crl => Look(crl, certificate, issuer)).OrderByDescending(finding => finding.Status == RevocationStatus.Revoked)
                    .ThenByDescending(finding => finding.Status == RevocationStatus.Good).First();
        }
        catch (HttpRequestException e)
        {
            return RevocationFinding.Unknown($"its CRL cannot be fetched: {e.Message}");
        }
    }

    private RevocationFinding Look(X509Crl crl, DecodedCertificate certificate, ChainLink issuer)
    {
        CertificateList list = crl.CertificateList;
        bool signed = SignatureVerification.IsValid(
            issuer.Certificate.PublicKey, list.SignatureAlgorithm, list.TbsCertList.GetDerEncoded(), list.GetSignatureOctets());
        if (!signed)
            return RevocationFinding.Unknown($"the CRL of '{issuer.Record.Name}' does not bear its signature");
        if (crl.NextUpdate is { } next && next.ToUniversalTime() < at)
            return RevocationFinding.Unknown($"the CRL of '{issuer.Record.Name}' ended on {next.ToUniversalTime().ToDisplayed():yyyy-MM-dd HH:mm:ss}");
        if (crl.GetRevokedCertificate(SerialNumbers.FromStored(certificate.SerialNumber)) is not { } entry)
            return RevocationFinding.Good;
        int? reason = entry.GetExtensionParsedValue(X509Extensions.ReasonCode) is { } code
            ? Org.BouncyCastle.Asn1.DerEnumerated.GetInstance(code).IntValueExact
            : null;
        return RevocationFinding.Revoked(entry.RevocationDate.ToUniversalTime(), ((RevocationReason)(reason ?? 0)).ToString());
    }

    private X509Crl Fetch(string url)
    {
        if (_fetched.TryGetValue(url, out X509Crl? known))
            return known;
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            throw new HttpRequestException($"'{url}' is no HTTP address");
        return _fetched[url] = TryRead(HttpFetch.Get(uri, request.Timeout, cancellation)) ?? throw new HttpRequestException($"'{url}' serves no CRL");
    }

    private static X509Crl ReadFile(string path)
    {
        try
        {
            return TryRead(File.ReadAllBytes(path)) ?? throw CrlErrors.Unreadable(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CrlErrors.Unreadable(path, e);
        }
    }

    private static X509Crl? TryRead(byte[] content)
    {
        try
        {
            return new X509CrlParser().ReadCrl(Pem.Decode(content).FirstOrDefault(block => block.Label is "X509 CRL")?.Content ?? content);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidCastException or FormatException or Org.BouncyCastle.Security.GeneralSecurityException)
        {
            return null;
        }
    }
}
