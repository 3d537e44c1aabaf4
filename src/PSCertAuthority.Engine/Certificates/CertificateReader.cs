using System;
using System.IO;
using System.Linq;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Certificates;

/// <summary>Reads certificates that come from elsewhere.</summary>
internal static class CertificateReader
{
    /// <summary>Takes a certificate apart, with all extensions that anything here asks for later.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateUnreadable</c> or <c>CertificateExtensionInvalid</c>.</exception>
    public static DecodedCertificate Decode(byte[] der, string source)
    {
        try
        {
            var certificate = new DecodedCertificate(der);
            _ = (certificate.SerialNumber, certificate.Subject, certificate.Issuer, certificate.NotBefore, certificate.NotAfter);
            ExtensionDecoding.RequireReadable(certificate, source);
            return certificate;
        }
        catch (Exception e) when (e is not CaCertificateException && Asn1Failure.IsMalformed(e))
        {
            throw CaCertificateException.Unreadable(source, e);
        }
    }

    /// <summary>The first certificate of a PEM text, or the one that is DER.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateUnreadable</c>.</exception>
    public static byte[] Read(byte[] content, string source)
    {
        byte[] der = Pem.Decode(content).FirstOrDefault(block => block.Label is "CERTIFICATE" or "X509 CERTIFICATE" or "TRUSTED CERTIFICATE")?.Content ?? content;
        return Decode(der, source).Der;
    }

    /// <summary>The first certificate of a PEM file, or the one of a DER file.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateUnreadable</c>.</exception>
    public static byte[] ReadFile(string path)
    {
        try
        {
            return Read(InputFile.Read(path, InputFile.LargestObject), $"'{path}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CaCertificateException.Unreadable($"'{path}'", e);
        }
    }
}
