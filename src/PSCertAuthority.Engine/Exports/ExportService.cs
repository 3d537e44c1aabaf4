using System.Collections.Generic;
using System.Linq;
using System.Text;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Exports;

/// <summary>Encodes certificates of the store for other programs.</summary>
public sealed class ExportService
{
    private readonly CaStore _store;

    internal ExportService(CaStore store) => _store = store;

    /// <summary>An issued certificate, with its chain and key as far as they are wanted.</summary>
    /// <returns>The content of a file; that of PKCS #12 is for the owner's eyes alone.</returns>
    /// <exception cref="CaExportException">The form does not fit what is asked, or the key's place is unknown.</exception>
    /// <exception cref="CaKeyException">The private key is missing, encrypted, another one, or there is no password for PKCS #12.</exception>
    public byte[] Encode(CaCertificate certificate, CertificateExportRequest request)
    {
        request.Check();
        List<byte[]> certificates = [certificate.ToDer(), .. IssuersOf(certificate, request.Chain)];
        return request.Format == EncodingFormat.Pkcs12
            ? EncodePkcs12(certificate, certificates, request)
            : Encode(certificates, request.Format);
    }

    /// <summary>The certificate of an authority, as the object has it, with those above it as far as they are wanted; never its key.</summary>
    /// <returns>The content of a file.</returns>
    /// <exception cref="CaExportException">The form does not fit what is asked.</exception>
    public byte[] Encode(CaAuthority authority, EncodingFormat format, ChainExtent chain)
    {
        if (format == EncodingFormat.Pkcs12)
            throw ExportErrors.AuthorityKeyNotExported(authority.Name);
        new CertificateExportRequest { Format = format, Chain = chain }.Check();
        byte[] der = authority.ToDer();
        IReadOnlyList<byte[]> above = _store.Read(unit => AuthorityChain.Select(Above(unit, AuthorityFinder.FindMatch(unit, authority)), chain));
        return Encode([der, .. above], format);
    }

    /// <summary>The request of an authority that awaits its certificate.</summary>
    /// <returns>The content of a file.</returns>
    /// <exception cref="CaException"><c>AuthorityNotPending</c>, or the form is not one of requests.</exception>
    public static byte[] EncodeRequest(CaAuthority authority, EncodingFormat format)
    {
        CaCertificateRequest request = authority.CertificateRequest ?? throw AuthorityErrors.NotPending(authority.Name);
        return format switch
        {
            EncodingFormat.Pem => Encoding.ASCII.GetBytes(request.ToPem()),
            EncodingFormat.Der => request.ToDer(),
            _ => throw ExportErrors.RequestFormat(format),
        };
    }

    private static byte[] Encode(IReadOnlyList<byte[]> certificates, EncodingFormat format) => format switch
    {
        EncodingFormat.Pem => Encoding.ASCII.GetBytes(string.Concat(certificates.Select(der => Pem.EncodeText("CERTIFICATE", der)))),
        EncodingFormat.Pkcs7 => CertificateBundle.Encode(certificates),
        _ => certificates[0],
    };

    private static byte[] EncodePkcs12(CaCertificate certificate, IReadOnlyList<byte[]> certificates, CertificateExportRequest request)
    {
        string path = request.KeyPath ?? certificate.KeyPath ?? throw ExportErrors.KeyPathUnknown(certificate);
        string owner = $"the certificate {certificate.SerialNumber} ({certificate.Subject})";
        using PrivateKey key = PrivateKeyFile.ReadMatching(path, request.KeyPassword, owner, new DecodedCertificate(certificates[0]).PublicKey);
        return Pkcs12File.Encode(key, certificates, request.Pkcs12!);
    }

    /// <summary>A former certificate may be by another issuer than the present one.</summary>
    private static IEnumerable<AuthorityRecord> Above(StoreUnit unit, AuthorityMatch match)
    {
        if (!match.IsFormer)
            return AuthorityFinder.Chain(unit, match.Authority).Skip(1);
        bool isElsewhere = match.Stored is not { } former || former.AuthorityId == match.Authority.Id;
        return !isElsewhere && unit.Authorities.FindById(match.Stored!.AuthorityId) is { } issuer ? AuthorityFinder.Chain(unit, issuer) : [];
    }

    private IReadOnlyList<byte[]> IssuersOf(CaCertificate certificate, ChainExtent extent) => _store.Read(unit =>
        unit.Authorities.FindById(certificate.AuthorityId) is { } issuer
            ? AuthorityChain.Select(AuthorityFinder.Chain(unit, issuer), extent)
            : throw AuthorityErrors.NotFound(certificate.Authority));
}
