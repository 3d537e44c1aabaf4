using System;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Maintenance;

/// <summary>Whether a stored certificate is what its record says, and signed by whom it names.</summary>
internal static class StoredCertificateCheck
{
    /// <summary>What is wrong, as kind and sentence; null where nothing is.</summary>
    public static (string Kind, string Message)? FindFault(
        byte[] der, string serialNumber, string subject, DateTime notAfter, VerifyingKey? issuerKey)
    {
        DecodedCertificate certificate;
        try
        {
            certificate = new DecodedCertificate(der);
            if (certificate.SerialNumber != serialNumber || UnicodeText.Repair(certificate.Subject.ToString()) != PrintableText.Escape(subject) || certificate.NotAfter != notAfter)
                return ("RecordMismatch", "The record says another serial number, subject or end than the certificate.");
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            return ("CertificateDamaged", $"The certificate cannot be read: {e.Message}");
        }

        if (issuerKey is null)
            return null;
        return certificate.IsSignedBy(issuerKey)
            ? null
            : ("SignatureInvalid", "The signature is not that of its authority.");
    }
}
