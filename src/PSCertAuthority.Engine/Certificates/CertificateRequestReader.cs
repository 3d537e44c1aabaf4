using System;
using System.IO;
using System.Linq;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Pkcs;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Certificates;

/// <summary>Parses certificate requests and checks that they prove possession of their key.</summary>
public static class CertificateRequestReader
{
    private const int MaximumLength = 1 << 20;

    /// <summary>Reads a request from a file, PEM or DER.</summary>
    /// <param name="path">The full path.</param>
    /// <exception cref="CaRequestException">The file holds no request, or one that must be refused.</exception>
    /// <exception cref="CaKeyException">Its key is weak or of a kind that is not certified.</exception>
    public static CaCertificateRequest ReadFile(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaximumLength)
                throw CaRequestException.TooLarge($"'{path}'");
            return Read(InputFile.Read(path, InputFile.LargestObject), $"'{path}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CaRequestException.Unreadable(path, e);
        }
    }

    /// <summary>Reads a request from bytes, PEM or DER.</summary>
    /// <param name="content">PEM (other text around it is passed over) or DER.</param>
    /// <param name="source">Where it is from, for error messages.</param>
    /// <inheritdoc cref="ReadFile" path="/exception"/>
    public static CaCertificateRequest Read(byte[] content, string source)
    {
        if (content.Length > MaximumLength)
            throw CaRequestException.TooLarge(source);
        byte[] der = FindDer(content, source);
        Pkcs10CertificationRequest request = Decode(der, source);
        try
        {
            SubjectPublicKeyInfo publicKey = request.GetCertificationRequestInfo().SubjectPublicKeyInfo;
            KeySpecification specification = PublicKeyPolicy.Check(publicKey);
            RequestSignature.Verify(request, source);
            // Last, since it takes the longest: nobody has it done for a key that he does not hold.
            return new CaCertificateRequest(der, request, CertifiableKey.Of(publicKey, specification), keyPath: null);
        }
        catch (Exception e) when (e is not CaException && Asn1Failure.IsMalformed(e))
        {
            throw CaRequestException.Damaged(source, e);
        }
    }

    /// <summary>The key of a request that was read before.</summary>
    internal static SubjectPublicKeyInfo KeyOf(byte[] der) => new Pkcs10CertificationRequest(der).GetCertificationRequestInfo().SubjectPublicKeyInfo;

    /// <summary>The subject of a request that was read before.</summary>
    internal static X509Name SubjectOf(byte[] der) => new Pkcs10CertificationRequest(der).GetCertificationRequestInfo().Subject;

    private static byte[] FindDer(byte[] content, string source)
    {
        var blocks = Pem.Decode(content);
        PemBlock? block = blocks.FirstOrDefault(b => b.Label is CaCertificateRequest.PemLabel or "NEW CERTIFICATE REQUEST");
        if (block is not null)
            return block.Content;
        if (blocks.Count > 0)
            throw CaRequestException.OtherPem(source, blocks.Select(b => b.Label).Distinct());
        const byte sequence = 0x30;
        return content.Length > 0 && content[0] == sequence ? content : throw CaRequestException.NotARequest(source);
    }

    private static Pkcs10CertificationRequest Decode(byte[] der, string source)
    {
        try
        {
            var request = new Pkcs10CertificationRequest(der);
            // A certificate is a SEQUENCE too: the fields are read here, so that what is no request fails here.
            _ = request.GetCertificationRequestInfo().Subject.GetEncoded();
            return request;
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            throw CaRequestException.Damaged(source, e);
        }
    }
}
