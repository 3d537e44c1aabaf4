using System;
using System.Collections.Generic;
using System.Security;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Notifications;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Imports;

/// <summary>Which certificates, issued elsewhere by an authority of the store, to take over.</summary>
public sealed record CertificateImportRequest
{
    /// <summary>PEM with one or more certificates, DER, PKCS #7 or PKCS #12. What belongs to authorities of the store, and keys, are passed over.</summary>
    public required byte[] Content { get; init; }

    /// <summary>The password that opens PKCS #12; null where it has none.</summary>
    public SecureString? Password { get; init; }

    /// <summary>What it is, for errors.</summary>
    public required string Source { get; init; }

    /// <summary>Who issued it; null finds the authority by name and signature.</summary>
    public AuthorityIdentity? Authority { get; init; }

    /// <summary>When it was revoked; null while it is not, or now where <see cref="Reason"/> is given. Without a kind it is local time.</summary>
    public DateTime? RevokedAt { get; init; }

    /// <summary>Why it was revoked; null where it is not.</summary>
    public RevocationReason? Reason { get; init; }

    /// <summary>The profile that it counts to; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>Who is told before it ends.</summary>
    public IReadOnlyList<MailAddress> Watchers { get; init; } = [];

    /// <summary>The first certificate of a file, DER.</summary>
    /// <exception cref="CaException"><c>ImportFileMissing</c>, <c>ImportFileUnreadable</c> or <c>CertificateUnreadable</c>.</exception>
    public static byte[] ReadCertificate(string path) => CertificateReader.Decode(CertificateMaterial.ReadCertificates(ReadFile(path), $"'{path}'", null)[0], $"'{path}'").Der;

    /// <summary>The content of a file with certificates.</summary>
    /// <exception cref="CaImportException"><c>ImportFileMissing</c> or <c>ImportFileUnreadable</c>.</exception>
    public static byte[] ReadFile(string path) => ForeignFile.Read(path, "a certificate");
}
