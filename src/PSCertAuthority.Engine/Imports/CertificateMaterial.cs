using System;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using Org.BouncyCastle.Asn1;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Imports;

/// <summary>What a file holds: certificates, and perhaps a private key.</summary>
internal sealed record CertificateMaterial(IReadOnlyList<byte[]> Certificates, PrivateKey? Key)
{
    /// <summary>Reads PEM, DER, PKCS #7 or PKCS #12.</summary>
    /// <exception cref="CaException">It cannot be read, holds no certificate, or the password does not open it.</exception>
    public static CertificateMaterial Read(string path, SecureString? password)
    {
        byte[] content = ForeignFile.Read(path, "a certificate");
        CertificateMaterial material = Decode(content, path, password);
        bool hasKey = material.Key is null && Pem.Decode(content).Any(block => block.Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal));
        return hasKey ? material with { Key = PrivateKeyFile.Read(path, password, path) } : material;
    }

    /// <summary>The certificates alone.</summary>
    /// <inheritdoc cref="Read" path="/exception"/>
    public static IReadOnlyList<byte[]> ReadCertificates(byte[] content, string source, SecureString? password)
    {
        CertificateMaterial material = Decode(content, source, password);
        material.Key?.Dispose();
        return material.Certificates;
    }

    private static CertificateMaterial Decode(byte[] content, string source, SecureString? password)
    {
        IReadOnlyList<PemBlock> blocks = Pem.Decode(content);
        byte[][] certificates =
        [
            .. blocks.Where(block => block.Label is "CERTIFICATE" or "X509 CERTIFICATE").Select(block => block.Content),
            .. blocks.Where(block => block.Label is "PKCS7" or "CMS").SelectMany(block => Unpack(block.Content, source)),
        ];
        if (certificates.Length > 0)
            return new CertificateMaterial(certificates, null);
        if (blocks.Count > 0)
            throw ImportErrors.NoCertificate(source);
        // Each begins in its own way: a PFX with its version (RFC 7292, section 4), a SignedData with its OID, a certificate with a sequence.
        return FirstElement(content) switch
        {
            DerInteger => Pkcs12Content.Read(content, source, password),
            DerObjectIdentifier => new CertificateMaterial(Unpack(content, source), null),
            // What is none of these either is said by who takes it apart.
            _ => new CertificateMaterial([content], null),
        };
    }

    private static byte[][] Unpack(byte[] bundle, string source)
    {
        try
        {
            byte[][] certificates = [.. CertificateBundle.Decode(bundle)];
            return certificates.Length > 0 ? certificates : throw ImportErrors.NoCertificate(source);
        }
        catch (Exception e) when (e is not CaException && Asn1Failure.IsMalformed(e))
        {
            throw CaCertificateException.Unreadable(source, e);
        }
    }

    private static Asn1Object? FirstElement(byte[] content)
    {
        try
        {
            return Asn1Object.FromByteArray(content) is Asn1Sequence { Count: >= 2 } sequence ? sequence[0].ToAsn1Object() : null;
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            return null;
        }
    }
}
