using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Keys;

/// <summary>A private key with its certificate and those of the issuers, in one encrypted file (PKCS #12, RFC 7292).</summary>
internal static class Pkcs12File
{
    /// <summary>The file's content.</summary>
    /// <param name="key">The private key.</param>
    /// <param name="certificates">DER: first the key's own, then those above it.</param>
    /// <param name="options">The password and how it protects.</param>
    /// <exception cref="CaKeyException"><c>PfxPasswordMissing</c>.</exception>
    public static byte[] Encode(PrivateKey key, IReadOnlyList<byte[]> certificates, Pkcs12Options options)
    {
        using var password = new PasswordText(options.RequirePassword());
        var protection = new Pkcs12Protection(password.Characters, options.Compatibility);
        Asn1Set attributes = Attributes(certificates[0], options.FriendlyName ?? NameOf(certificates[0]));

        byte[] safe = new AuthenticatedSafe([Encrypted(protection, certificates, attributes), Shrouded(protection, key, attributes)]).GetDerEncoded();
        return new Pfx(Clear(safe), protection.Authenticate(safe)).GetDerEncoded();
    }

    private static ContentInfo Encrypted(Pkcs12Protection protection, IReadOnlyList<byte[]> certificates, Asn1Set attributes)
    {
        SafeBag[] bags = [.. certificates.Select((der, index) => Bag(der, index == 0 ? attributes : null))];
        EncryptedContent encrypted = protection.Encrypt(new DerSequence(bags).GetDerEncoded());
        return new ContentInfo(
            PkcsObjectIdentifiers.EncryptedData,
            new EncryptedData(PkcsObjectIdentifiers.Data, encrypted.Algorithm, new DerOctetString(encrypted.Octets)));
    }

    private static SafeBag Bag(byte[] certificate, Asn1Set? attributes) => new(
        PkcsObjectIdentifiers.CertBag, new CertBag(PkcsObjectIdentifiers.X509Certificate, new DerOctetString(certificate)).ToAsn1Object(), attributes);

    private static ContentInfo Shrouded(Pkcs12Protection protection, PrivateKey key, Asn1Set attributes)
    {
        byte[] pkcs8 = key.ExportPkcs8();
        try
        {
            EncryptedContent encrypted = protection.Encrypt(pkcs8);
            var info = new EncryptedPrivateKeyInfo(encrypted.Algorithm, encrypted.Octets);
            return Clear(new DerSequence(new SafeBag(PkcsObjectIdentifiers.Pkcs8ShroudedKeyBag, info.ToAsn1Object(), attributes)).GetDerEncoded());
        }
        finally
        {
            Array.Clear(pkcs8, 0, pkcs8.Length);
        }
    }

    private static ContentInfo Clear(byte[] content) => new(PkcsObjectIdentifiers.Data, new DerOctetString(content));

    /// <summary>What ties the key to its certificate, and what stores show (RFC 2985, sections 5.5.1 and 5.5.2).</summary>
    private static DerSet Attributes(byte[] certificate, string friendlyName) => new(
        Attribute(PkcsObjectIdentifiers.Pkcs9AtFriendlyName, new DerBmpString(friendlyName)),
        Attribute(PkcsObjectIdentifiers.Pkcs9AtLocalKeyID, new DerOctetString(Fingerprints.KeyIdentifier(certificate))));

    private static DerSequence Attribute(DerObjectIdentifier type, Asn1Encodable value) => new(type, new DerSet(value));

    private static string NameOf(byte[] der)
    {
        var certificate = new DecodedCertificate(der);
        return certificate.Subject.CommonName ?? SerialNumbers.ToPrinted(certificate.SerialNumber);
    }
}
