using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Extensions;

/// <summary>The extensions of any certificate, also of those that were made elsewhere.</summary>
public static class CertificateFile
{
    /// <summary>The extensions of a certificate of the platform.</summary>
    /// <exception cref="CaExtensionException"><c>CertificateUnreadable</c>.</exception>
    public static IReadOnlyList<CertificateExtension> GetExtensions(X509Certificate2 certificate) =>
        ExtensionReader.ReadCertificate((certificate ?? throw new ArgumentNullException(nameof(certificate))).RawData, "The certificate");

    /// <summary>The extensions of every certificate in a file, PEM or DER.</summary>
    /// <param name="path">The full path.</param>
    /// <exception cref="CaExtensionException"><c>CertificateUnreadable</c> or <c>CertificateFileUnreadable</c>.</exception>
    public static IReadOnlyList<CertificateExtension> ReadExtensions(string path)
    {
        try
        {
            return ReadExtensions(InputFile.Read(path, InputFile.LargestObject), $"'{path}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ExtensionErrors.FileUnreadable(path, e);
        }
    }

    /// <summary>The extensions of every certificate in PEM or DER.</summary>
    /// <param name="content">PEM (other text and blocks around it are passed over) or DER.</param>
    /// <param name="source">What it is, for error messages.</param>
    /// <exception cref="CaExtensionException"><c>CertificateUnreadable</c>.</exception>
    public static IReadOnlyList<CertificateExtension> ReadExtensions(byte[] content, string source)
    {
        IReadOnlyList<PemBlock> blocks = Pem.Decode(content);
        PemBlock[] certificates = [.. blocks.Where(block => block.Label is "CERTIFICATE" or "X509 CERTIFICATE")];
        if (certificates.Length > 0)
            return [.. certificates.SelectMany(block => ExtensionReader.ReadCertificate(block.Content, source))];
        if (blocks.Count > 0)
            throw ExtensionErrors.NoCertificate(source, $"it holds {string.Join(", ", blocks.Select(block => block.Label).Distinct())}");
        const byte sequence = 0x30;
        return content.Length > 0 && content[0] == sequence
            ? ExtensionReader.ReadCertificate(content, source)
            : throw ExtensionErrors.NoCertificate(source, "it is neither PEM ('-----BEGIN CERTIFICATE-----') nor DER");
    }
}
