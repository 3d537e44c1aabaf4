using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Pkcs;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Imports;

/// <summary>What a file holds: certificates, and perhaps a private key.</summary>
internal sealed record CertificateMaterial(IReadOnlyList<byte[]> Certificates, PrivateKey? Key)
{
    private const int LargestFile = 1 << 24;

    /// <summary>Reads PEM, DER or PKCS #12.</summary>
    /// <exception cref="CaException">It cannot be read, holds no certificate, or the password does not open it.</exception>
    public static CertificateMaterial Read(string path, SecureString? password)
    {
        byte[] content = ReadBytes(path, "a certificate");
        IReadOnlyList<PemBlock> blocks = Pem.Decode(content);
        byte[][] certificates = [.. CertificatesOf(blocks)];
        if (certificates.Length > 0)
        {
            bool hasKey = blocks.Any(block => block.Label.EndsWith("PRIVATE KEY", StringComparison.Ordinal));
            return new CertificateMaterial(certificates, hasKey ? PrivateKeyFile.Read(path, password, path) : null);
        }

        if (IsPfx(content))
            return ReadPfx(path, content, password);
        return blocks.Count == 0 && content.Length > 0 && content[0] == 0x30 ? new CertificateMaterial([content], null) : throw ImportErrors.NoCertificate(path);
    }

    /// <summary>The certificates of PEM or DER.</summary>
    public static IReadOnlyList<byte[]> ReadCertificates(byte[] content)
    {
        byte[][] certificates = [.. CertificatesOf(Pem.Decode(content))];
        return certificates.Length > 0 ? certificates : [content];
    }

    public static byte[] ReadBytes(string path, string what)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > LargestFile })
                throw new IOException("it is larger than 16 MiB.");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw ImportErrors.FileMissing(path, what);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ImportErrors.FileUnreadable(path, e);
        }
    }

    private static IEnumerable<byte[]> CertificatesOf(IReadOnlyList<PemBlock> blocks) =>
        blocks.Where(block => block.Label is "CERTIFICATE" or "X509 CERTIFICATE").Select(block => block.Content);

    /// <summary>A PFX begins with its version, 3 (RFC 7292, section 4); a certificate with a sequence.</summary>
    private static bool IsPfx(byte[] content)
    {
        try
        {
            return Asn1Object.FromByteArray(content) is Asn1Sequence { Count: >= 2 } sequence && sequence[0] is DerInteger;
        }
        catch (Exception e) when (EncodedValue.IsMalformed(e))
        {
            return false;
        }
    }

    private static CertificateMaterial ReadPfx(string path, byte[] content, SecureString? password)
    {
        if (password is null)
            throw KeyErrors.PasswordRequired(path);
        using var text = new PasswordText(password);
        try
        {
            Pkcs12Store store = new Pkcs12StoreBuilder().Build();
            using var stream = new MemoryStream(content, writable: false);
            store.Load(stream, text.Characters);
            string? owner = store.Aliases.FirstOrDefault(store.IsKeyEntry);
            IEnumerable<X509CertificateEntry> entries = owner is not null
                ? store.GetCertificateChain(owner)
                : store.Aliases.Select(store.GetCertificate);
            byte[][] certificates = [.. entries.Select(entry => entry.Certificate.GetEncoded())];
            if (certificates.Length == 0)
                throw ImportErrors.NoCertificate(path);
            PrivateKeyInfo? key = owner is null ? null : PrivateKey.Encode(store.GetKey(owner).Key);
            return new CertificateMaterial(certificates, key is null ? null : new PrivateKey(key));
        }
        catch (Exception e) when (EncodedValue.IsMalformed(e))
        {
            throw ImportErrors.PfxInvalid(path, e);
        }
    }
}
