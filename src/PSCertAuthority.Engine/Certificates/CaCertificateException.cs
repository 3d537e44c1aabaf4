using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using PSCertAuthority.Encodings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Certificates;

/// <summary>A certificate is unknown, ambiguous, or in a state that forbids the act.</summary>
public sealed class CaCertificateException : CaException
{
    private CaCertificateException(string errorId, CaErrorCategory category, string message, object? target, Exception? cause = null)
        : base(errorId, category, message, target, cause)
    {
    }

    internal static CaCertificateException NotFound(string identity, string? authority = null) => new(
        "CertificateNotFound", CaErrorCategory.ObjectNotFound,
        $"There is no certificate '{identity}' in this store. "
        + (authority is null ? "Get-CaCertificate -Expired -Revoked lists all." : $"It is that of the authority '{authority}', which Get-CaAuthority shows."), identity);

    internal static CaCertificateException OfOtherStore(string identity) => new(
        "CertificateOfOtherStore", CaErrorCategory.InvalidArgument,
        $"The certificate {identity} is of another store. Leave out -StorePath, or get the certificate from this store with Get-CaCertificate -StorePath.", identity);

    internal static CaCertificateException AmbiguousSerialNumber(string identity, IReadOnlyList<(CertificateRecord Certificate, string Authority)> candidates, int limit) => new(
        "CertificateAmbiguous", CaErrorCategory.ResourceExists,
        $"'{identity}' is the serial number of {(candidates.Count >= limit ? "many" : candidates.Count.ToString(CultureInfo.InvariantCulture))} certificates, each of another authority: "
        + string.Join(", ", candidates.Select(c => $"{c.Certificate.CommonName} of '{c.Authority}'"))
        + (candidates.Count >= limit ? ", …" : string.Empty)
        + $". Give the object of one of them: Get-CaCertificate -Authority '{candidates[0].Authority}', for one, lists those of that authority.", identity);

    internal static CaCertificateException Ambiguous(string identity, IReadOnlyList<CertificateRecord> candidates, int limit) => new(
        "CertificateAmbiguous", CaErrorCategory.ResourceExists,
        $"'{identity}' fits {(candidates.Count >= limit ? "many" : candidates.Count.ToString(CultureInfo.InvariantCulture))} certificates: "
        + string.Join(", ", candidates.Select(c => $"{SerialNumbers.ToPrinted(c.SerialNumber)} ({c.CommonName})"))
        + (candidates.Count >= limit ? ", …" : string.Empty) + ". Give more of the serial number.", identity);

    internal static CaCertificateException Unreadable(string source, Exception? cause) => new(
        "CertificateUnreadable", CaErrorCategory.InvalidData, $"{source} is no certificate that can be read{(cause is null ? string.Empty : $": {Asn1Failure.Reason(cause)}")}. Give one in PEM or DER.", source, cause);

    internal static CaCertificateException ExtensionInvalid(string source, string extension, Exception cause) => new(
        "CertificateExtensionInvalid", CaErrorCategory.InvalidData,
        $"{source} cannot be used: its extension {extension} is not valid: {(cause is FormatException ? cause.Message.TrimEnd('.') : "it cannot be decoded")}. Its issuer has to issue the certificate again.", source, cause);

    internal static CaCertificateException RevokedBefore(string serialNumber, RevocationRecord revocation) => new(
        "CertificateRevokedBefore", CaErrorCategory.InvalidOperation,
        $"The certificate {serialNumber} was revoked before, on "
        + revocation.RevokedAt.ToDisplayed().ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
        + $" ({revocation.Reason}). Nothing was changed.", serialNumber);

    internal static CaCertificateException NotSuspended(string serialNumber, RevocationRecord? revocation) => new(
        "CertificateNotSuspended", CaErrorCategory.InvalidOperation,
        $"The certificate {serialNumber} is {(revocation is null ? "not suspended" : $"revoked for good ({revocation.Reason})")}. Only a suspended one can be resumed.", serialNumber);

    internal static CaCertificateException RevokedNotRenewed(string serialNumber, RevocationRecord revocation) => new(
        "CertificateNotRenewable", CaErrorCategory.InvalidOperation,
        revocation.Reason == Revocation.RevocationReason.CertificateHold
            ? $"The certificate {serialNumber} is suspended and is not renewed. Resume-CaCertificate makes it valid again; renew it after that."
            : $"The certificate {serialNumber} is revoked ({revocation.Reason}) and is not renewed. Issue a new one with New-CaCertificate.", serialNumber);

    internal static CaCertificateException KeyCompromised(string serialNumber, string compromised) => new(
        "KeyCompromised", CaErrorCategory.PermissionDenied,
        $"The certificate {serialNumber} cannot be renewed with this key: the certificate {compromised} was revoked because the key is in other hands (KeyCompromise). Renew it with a new key: -GenerateKey or -RequestPath.", serialNumber);

    internal static CaCertificateException ExtensionInvalid(string serialNumber, string subject, string extension, Exception cause) => new(
        "CertificateExtensionInvalid", CaErrorCategory.InvalidData,
        $"The certificate {serialNumber} ({subject}) cannot be renewed as it is: its extension {extension} is not encoded as its standard wants it. Issue a new one with New-CaCertificate.", serialNumber, cause);

    internal static CaCertificateException IsAuthority(string serialNumber, string subject) => new(
        "CertificateIsAuthority", CaErrorCategory.InvalidOperation,
        $"The certificate {serialNumber} ({subject}) is an authority's. Update-CaAuthority renews authorities.", serialNumber);

    internal static CaCertificateException RenewedBefore(string serialNumber, string successor) => new(
        "CertificateRenewedBefore", CaErrorCategory.InvalidOperation,
        $"The certificate {serialNumber} was renewed before, by {successor}. -Force renews it once more.", serialNumber);

    internal static CaCertificateException InvalidityDateInvalid(string serialNumber) => new(
        "InvalidityDateInvalid", CaErrorCategory.InvalidArgument,
        $"The invalidity date of the certificate {serialNumber} cannot lie in the future. Give the moment since when its key is thought to be in other hands.", serialNumber);

    internal static CaCertificateException SearchInvalid(string why, object? target) => new(
        "CertificateSearchInvalid", CaErrorCategory.InvalidArgument, $"Certificates cannot be searched so: {why}", target);

    internal static CaCertificateException ReasonInvalid(Revocation.RevocationReason reason) => new(
        "RevocationReasonInvalid", CaErrorCategory.InvalidArgument,
        $"'{reason}' is no reason to revoke: it marks, in delta CRLs, what is valid again. Resume-CaCertificate takes a suspended certificate off the CRL.", reason);
}
