using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Pkcs;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using GeneralName = PSCertAuthority.Names.GeneralName;

namespace PSCertAuthority.Certificates;

/// <summary>A certificate request (PKCS #10, RFC 2986) whose signature was checked: who made it holds its private key.</summary>
public sealed class CaCertificateRequest
{
    internal const string PemLabel = "CERTIFICATE REQUEST";

    /// <summary>szOID_CERT_EXTENSIONS: what older programs of Windows write in the place of extensionRequest (RFC 2985, section 5.4.2).</summary>
    private const string MicrosoftExtensions = "1.3.6.1.4.1.311.2.1.14";

    private readonly byte[] _der;

    internal CaCertificateRequest(byte[] der, Pkcs10CertificationRequest request, CertifiableKey key, string? keyPath)
    {
        _der = der;
        CertificationRequestInfo info = request.GetCertificationRequestInfo();
        PublicKey = key.PublicKey;
        Asn1Extensions = RequestedExtensions(info);
        Subject = DistinguishedName.FromX509Name(info.Subject);
        KeyType = key.Specification.Type;
        KeySize = key.Specification.Size;
        KeyPath = keyPath;
        SubjectAlternativeName = AlternativeNames(Asn1Extensions);
    }

    /// <summary>The subject that it asks for. Issuing does not trust it unless told to.</summary>
    public DistinguishedName Subject { get; }

    /// <summary>The alternative names that it asks for. Issuing does not trust them unless told to.</summary>
    public IReadOnlyList<GeneralName> SubjectAlternativeName { get; }

    /// <summary>The kind of key.</summary>
    public KeyType KeyType { get; }

    /// <summary>The size of the key in bits.</summary>
    public int KeySize { get; }

    /// <summary>The full path of the private key, where this session made it; else null.</summary>
    public string? KeyPath { get; }

    /// <summary>The extensions that it asks for, in words. Issuing does not trust them unless told to.</summary>
    public IReadOnlyList<CertificateExtension> Extensions =>
        Asn1Extensions is null ? [] : ExtensionReader.Read(Asn1Extensions, Subject.ToString());

    /// <summary>The pin of its public key: base64 of the SHA-256 of the SubjectPublicKeyInfo (RFC 7469).</summary>
    public string PublicKeyPin => Fingerprints.Pin(PublicKey.GetDerEncoded());

    /// <summary>The request as DER, under the name that X509Certificate2 has for it. Export-Clixml, jobs and remoting keep it.</summary>
    public byte[] RawData => ToDer();

    /// <summary>The key as it is certified; the request may encode it in another way.</summary>
    internal SubjectPublicKeyInfo PublicKey { get; }

    internal X509Extensions? Asn1Extensions { get; }

    /// <summary>The request as DER.</summary>
    public byte[] ToDer() => (byte[])_der.Clone();

    /// <summary>The request as PEM.</summary>
    public string ToPem() => Pem.EncodeText(PemLabel, _der);

    /// <summary>The subject, or the first alternative name where it is empty.</summary>
    public override string ToString() =>
        Subject.IsEmpty && SubjectAlternativeName.Count > 0 ? SubjectAlternativeName[0].ToString() : Subject.ToString();

    internal CaCertificateRequest WithKeyPath(string path) =>
        new(_der, new Pkcs10CertificationRequest(_der), new CertifiableKey(PublicKey, KeySpecification.Create(KeyType, KeySize)), path);

    private static X509Extensions? RequestedExtensions(CertificationRequestInfo info)
    {
        if (info.Attributes is null)
            return null;
        Asn1Encodable[] lists =
        [
            .. info.Attributes.Select(AttributePkcs.GetInstance)
                .Where(attribute => attribute.AttrType.Equals(PkcsObjectIdentifiers.Pkcs9AtExtensionRequest) || attribute.AttrType.Id == MicrosoftExtensions)
                .SelectMany(attribute => attribute.AttrValues),
        ];
        // Programs would differ in which of them counts.
        return lists.Length > 1 ? throw CaRequestException.ExtensionsTwice() : lists.Length == 1 ? X509Extensions.GetInstance(lists[0]) : null;
    }

    private static GeneralName[] AlternativeNames(X509Extensions? extensions)
    {
        X509Extension? extension = extensions?.GetExtension(X509Extensions.SubjectAlternativeName);
        return extension is null
            ? []
            : [.. GeneralNames.GetInstance(extension.GetParsedValue()).GetNames().Select(GeneralName.FromAsn1)];
    }
}
