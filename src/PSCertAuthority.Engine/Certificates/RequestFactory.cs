using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using PSCertAuthority.Storage;
using GeneralName = PSCertAuthority.Names.GeneralName;

namespace PSCertAuthority.Certificates;

/// <summary>Makes keys and certificate requests; needs no store.</summary>
public static class RequestFactory
{
    /// <summary>Makes a key, writes it to a file that only its owner may read, and signs a request with it.</summary>
    /// <param name="key">Which key.</param>
    /// <param name="subject">The subject to ask for.</param>
    /// <param name="alternativeNames">The alternative names to ask for.</param>
    /// <param name="keyPath">The full path of the key file.</param>
    /// <param name="password">Encrypts the key file; null leaves it readable to its owner.</param>
    /// <param name="overwrite">Whether files that are there may be replaced.</param>
    /// <param name="requestPath">The full path of a file for the request, as PEM; null for none.</param>
    /// <exception cref="CaException">The names are none, or a file cannot be written; nothing has changed.</exception>
    public static CaCertificateRequest Create(
        KeySpecification key, DistinguishedName subject, IReadOnlyList<GeneralName> alternativeNames, string keyPath,
        SecureString? password, bool overwrite, string? requestPath = null)
    {
        if (subject.IsEmpty && alternativeNames.Count == 0)
            throw IssuanceErrors.NameMissing();
        if (alternativeNames.FirstOrDefault(name => name.IsNetwork) is { } network)
            throw IssuanceErrors.NetworkInAlternativeName(network);
        if (!overwrite && File.Exists(keyPath))
            throw StoreErrors.KeyFileExists(keyPath);
        using PrivateKey privateKey = PrivateKey.Generate(key);
        byte[] der = Sign(privateKey, subject, alternativeNames);
        CaCertificateRequest request = CertificateRequestReader.Read(der, "the new request").WithKeyPath(keyPath);
        Write(requestPath, request, () => AtomicFile.WriteOwnerOnly(keyPath, PrivateKeyFile.Encode(privateKey, password), overwrite), overwrite);
        return request;
    }

    /// <summary>The key takes its place once the request is on the disk, so that neither is there without the other.</summary>
    private static void Write(string? requestPath, CaCertificateRequest request, Action writeKey, bool overwrite)
    {
        if (requestPath is null)
        {
            writeKey();
            return;
        }

        AtomicFile.Write(
            requestPath,
            stream =>
            {
                byte[] pem = Encoding.ASCII.GetBytes(request.ToPem());
                stream.Write(pem, 0, pem.Length);
                ((FileStream)stream).Flush(flushToDisk: true);
                writeKey();
            },
            overwrite);
    }

    internal static byte[] Sign(PrivateKey key, DistinguishedName subject, IReadOnlyList<GeneralName> alternativeNames)
    {
        X509Extensions? extensions = alternativeNames.Count > 0 ? new CertificateExtensions().AlternativeNames([.. alternativeNames], critical: subject.IsEmpty).Build() : null;
        return Sign(key, subject.ToX509Name(), extensions, key.Specification.DefaultDigest);
    }

    /// <summary>A request for that subject and these extensions, signed with the key that it is for.</summary>
    internal static byte[] Sign(PrivateKey key, X509Name subject, X509Extensions? extensions, DigestAlgorithm digest)
    {
        DerSet attributes = extensions is null ? new DerSet() : new DerSet(new AttributePkcs(PkcsObjectIdentifiers.Pkcs9AtExtensionRequest, new DerSet(extensions)));
        var info = new CertificationRequestInfo(subject, key.PublicKey, attributes);
        byte[] signature = key.Sign(info.GetEncoded(Asn1Encodable.Der), digest);
        return new CertificationRequest(info, SignatureAlgorithm.For(key.Specification, digest), new DerBitString(signature))
            .GetEncoded(Asn1Encodable.Der);
    }
}
