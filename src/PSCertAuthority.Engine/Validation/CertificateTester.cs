using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Validation;

/// <summary>Tests certificates: chain, dates, usage, name and revocation.</summary>
public sealed class CertificateTester
{
    private readonly CaStore _store;
    private readonly TimeProvider _clock;

    internal CertificateTester(CaStore store, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
    }

    /// <summary>Tests a certificate against the authorities of the store, which are trusted. Nothing is changed.</summary>
    /// <param name="request">Which certificate, and what to test of it.</param>
    /// <param name="cancellation">Ends waiting for CRLs and OCSP responders.</param>
    /// <returns>Each check; one that cannot be made has failed, and says why.</returns>
    /// <exception cref="CaException">The name or purpose is none, a CRL file is none, or the store cannot be read.</exception>
    public CaCertificateTestResult Test(CertificateTestRequest request, CancellationToken cancellation = default)
    {
        DateTime at = request.At?.ToStored() ?? _clock.GetUtcSecond();
        DecodedCertificate certificate = CertificateReader.Decode(request.Der, "The certificate");
        ChainLink[] authorities = _store.Read(
            unit => unit.Authorities.All().Select(record => new ChainLink(record, new DecodedCertificate(record.Certificate))).ToArray(), cancellation);
        var validation = new ChainValidation(authorities, at);
        IReadOnlyList<ChainLink> chain = validation.Build(certificate);
        var checks = new List<CertificateCheck> { validation.CheckChain(certificate, chain), validation.CheckDates(certificate, chain) };
        if (request.Purpose is { } purpose)
            checks.Add(UsageCheck.Check(certificate, chain, purpose));
        if (request.Name is { } name)
            checks.Add(NameMatch.Check(certificate, name));
        if (certificate.IsSerialNumberNegative)
            checks.Add(new CertificateCheck("SerialNumber", false, "Its serial number is negative (RFC 5280, section 4.1.2.2): whether it is revoked cannot be told."));
        else if (chain.Count > 0 && request.Revocation != RevocationSource.None)
            checks.Add(CheckRevocation(request, certificate, chain, at, cancellation));
        return new CaCertificateTestResult
        {
            Subject = certificate.Subject.ToString(),
            SerialNumber = SerialNumbers.ToPrinted(certificate.SerialNumber),
            At = at.ToDisplayed(),
            Chain = [.. chain.Select(link => link.Record.Name)],
            Checks = checks,
        };
    }

    /// <summary>Asks for the certificate and each authority above it but the root.</summary>
    private CertificateCheck CheckRevocation(
        CertificateTestRequest request, DecodedCertificate certificate, IReadOnlyList<ChainLink> chain, DateTime at, CancellationToken cancellation)
    {
        IRevocationLookup lookup = request.Revocation switch
        {
            RevocationSource.Store => new StoreLookup(_store),
            RevocationSource.Crl => new CrlLookup(request, at, cancellation),
            _ => new OcspLookup(request, at, cancellation),
        };
        DecodedCertificate current = certificate;
        foreach (ChainLink issuer in chain)
        {
            RevocationFinding finding = lookup.Find(current, issuer);
            if (finding.Status != RevocationStatus.Good)
                return new CertificateCheck("Revocation", false, $"{(current == certificate ? "It" : $"'{current.Subject}'")} {finding.Message}");
            if (issuer.IsRoot)
                break;
            current = issuer.Certificate;
        }

        return new CertificateCheck("Revocation", true, $"Not revoked, by {lookup.Source}.");
    }
}
