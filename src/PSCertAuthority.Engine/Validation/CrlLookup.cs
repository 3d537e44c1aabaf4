using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Validation;

/// <summary>Asks CRLs (RFC 5280, section 6.3): files that are given, or what the distribution points serve. Deltas are laid over what they follow.</summary>
internal sealed class CrlLookup(CertificateTestRequest request, DateTime at, CancellationToken cancellation) : IRevocationLookup
{
    private readonly CrlDocument[] _given = [.. request.CrlPaths.Select(ReadFile)];
    private readonly Dictionary<string, CrlDocument> _fetched = [];

    public string Source => _given.Length > 0 ? "the given CRLs" : "the CRLs of its distribution points";

    public RevocationFinding Find(DecodedCertificate certificate, ChainLink issuer)
    {
        try
        {
            IEnumerable<CrlDocument> candidates = _given.Length > 0 ? _given : certificate.CrlUrls.Select(Fetch);
            CrlDocument[] ofIssuer = [.. candidates.Where(crl => crl.IsOf(issuer.Certificate.SubjectName))];
            if (ofIssuer.Length == 0)
                return RevocationFinding.Unknown(_given.Length > 0 ? $"none of the CRLs is one of '{issuer.Record.Name}'" : "it names no CRL of its issuer");
            CrlDocument[] complete = [.. ofIssuer.Where(crl => crl.BaseNumber is null && crl.Covers(certificate))];
            if (complete.Length == 0)
                return RevocationFinding.Unknown($"no complete CRL of '{issuer.Record.Name}' is about it: they are deltas, or about other certificates");
            return complete.Select(crl => Look(crl, ofIssuer.Where(delta => delta.Follows(crl)), certificate, issuer))
                .OrderByDescending(finding => finding.Status == RevocationStatus.Revoked)
                .ThenByDescending(finding => finding.Status == RevocationStatus.Good).First();
        }
        catch (HttpRequestException e)
        {
            return RevocationFinding.Unknown($"its CRL cannot be fetched: {e.Message}");
        }
    }

    private RevocationFinding Look(CrlDocument complete, IEnumerable<CrlDocument> deltas, DecodedCertificate certificate, ChainLink issuer)
    {
        if (complete.FindFault(issuer.Certificate, issuer.Record.Name, at) is { } fault)
            return RevocationFinding.Unknown(fault);
        CrlDocument? delta = deltas.Where(crl => crl.FindFault(issuer.Certificate, issuer.Record.Name, at) is null).OrderBy(crl => crl.Number!.LongValue).LastOrDefault();
        (DateTime At, RevocationReason Reason)? entry = delta?.Find(certificate.SerialNumber) ?? complete.Find(certificate.SerialNumber);
        if (entry is { Reason: not RevocationReason.RemoveFromCrl } revoked)
            return RevocationFinding.Revoked(revoked.At, revoked.Reason.ToString());
        return complete.IsPartial
            ? RevocationFinding.Unknown($"the CRL of '{issuer.Record.Name}' speaks of some reasons alone, and does not name it")
            : RevocationFinding.Good;
    }

    private CrlDocument Fetch(string url)
    {
        if (_fetched.TryGetValue(url, out CrlDocument? known))
            return known;
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            throw new HttpRequestException($"'{url}' is no HTTP address");
        return _fetched[url] = CrlDocument.TryRead(HttpFetch.Get(uri, request.Timeout, cancellation)) ?? throw new HttpRequestException($"'{url}' serves no CRL");
    }

    private static CrlDocument ReadFile(string path)
    {
        try
        {
            return CrlDocument.TryRead(InputFile.Read(path, InputFile.LargestList)) ?? throw CrlErrors.Unreadable(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CrlErrors.Unreadable(path, e);
        }
    }
}
