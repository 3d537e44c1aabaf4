using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Validation;

/// <summary>What to test of a certificate.</summary>
public sealed record CertificateTestRequest
{
    private CertificateTestRequest(byte[] der) => Der = der;

    /// <summary>The name that its subject alternative names must cover: a host, an address, an e-mail address or a URI; null for none.</summary>
    public string? Name { get; init; }

    /// <summary>The extended key usage that it must allow, by name or OID; null for none.</summary>
    public string? Purpose { get; init; }

    /// <summary>The moment that it must be valid at; without a kind it is local time; null for now.</summary>
    public DateTime? At { get; init; }

    /// <summary>Where its revocation is looked up.</summary>
    public RevocationSource Revocation { get; init; }

    /// <summary>The full paths of CRLs, PEM or DER; empty to fetch them from the distribution points.</summary>
    public IReadOnlyList<string> CrlPaths { get; init; } = [];

    /// <summary>The OCSP responder to ask, whatever the certificate names; null for that one.</summary>
    public Uri? OcspUri { get; init; }

    /// <summary>How long to wait for a CRL or an OCSP response.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    internal byte[] Der { get; }

    /// <summary>Tests a certificate of the store.</summary>
    public static CertificateTestRequest For(CaCertificate certificate) => new(certificate.ToDer());

    /// <summary>Tests the certificate of an authority of the store.</summary>
    public static CertificateTestRequest For(CaAuthority authority) => new(authority.ToDer());

    /// <summary>Tests a certificate from elsewhere, DER.</summary>
    public static CertificateTestRequest For(byte[] certificate) => new((byte[])certificate.Clone());

    /// <summary>Tests a certificate in a file, PEM or DER.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateUnreadable</c>.</exception>
    public static CertificateTestRequest ForFile(string path) => new(CertificateReader.ReadFile(path));

    /// <summary>Tests a certificate from elsewhere.</summary>
    public static CertificateTestRequest For(X509Certificate2 certificate) => new(certificate.RawData);
}
