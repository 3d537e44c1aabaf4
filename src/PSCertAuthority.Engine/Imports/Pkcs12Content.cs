using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security;
using Org.BouncyCastle.Pkcs;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Imports;

/// <summary>Reads PKCS #12 files (RFC 7292) of any program.</summary>
internal static class Pkcs12Content
{
    /// <summary>The first key, its certificate and those above it, and the other certificates behind them.</summary>
    /// <exception cref="CaException"><c>KeyPasswordRequired</c>, <c>ImportPfxInvalid</c> or <c>ImportCertificateMissing</c>.</exception>
    public static CertificateMaterial Read(byte[] content, string source, SecureString? password)
    {
        using PasswordText? text = password is null ? null : new PasswordText(password);
        try
        {
            return Read(content, source, text?.Characters ?? []);
        }
        catch (Exception e) when (e is not CaException && Asn1Failure.IsMalformed(e))
        {
            // Without a password there may still be the empty one, which OpenSSL and Windows allow.
            throw password is null ? KeyErrors.PasswordRequired(source) : ImportErrors.PfxInvalid(source, e);
        }
    }

    private static CertificateMaterial Read(byte[] content, string source, char[] password)
    {
        Pkcs12Store store = new Pkcs12StoreBuilder().Build();
        using (var stream = new MemoryStream(content, writable: false))
            store.Load(stream, password);
        string? owner = store.Aliases.FirstOrDefault(store.IsKeyEntry);
        IEnumerable<X509CertificateEntry> others = store.Aliases.Select(store.GetCertificate).Where(entry => entry is not null);
        byte[][] certificates = [.. (owner is null ? [] : store.GetCertificateChain(owner) ?? []).Concat(others).Distinct().Select(entry => entry.Certificate.GetEncoded())];
        if (certificates.Length == 0)
            throw ImportErrors.NoCertificate(source);
        return new CertificateMaterial(certificates, owner is null ? null : new PrivateKey(PrivateKey.Encode(store.GetKey(owner).Key)));
    }
}
