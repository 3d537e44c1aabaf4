using System;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.X509;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Revocation;

/// <summary>Encodes and signs a CRL of version 2 (RFC 5280, section 5.1).</summary>
internal static class CrlEncoder
{
    public static byte[] Sign(IssuingAuthority authority, DigestAlgorithm digest, CrlContents contents, CrlScope scope, DateTime nextUpdate)
    {
        var generator = new X509V2CrlGenerator();
        generator.SetIssuerDN(authority.Certificate.SubjectName);
        generator.SetThisUpdate(contents.ThisUpdate);
        generator.SetNextUpdate(nextUpdate);
        foreach (CrlEntryRecord entry in contents.Entries)
            Add(generator, entry);
        generator.AddExtension(X509Extensions.AuthorityKeyIdentifier, critical: false, new AuthorityKeyIdentifier(authority.KeyIdentifier));
        generator.AddExtension(X509Extensions.CrlNumber, critical: false, new CrlNumber(BigInteger.ValueOf(contents.Number)));
        if (contents.BaseNumber is { } number)
            generator.AddExtension(X509Extensions.DeltaCrlIndicator, critical: true, new CrlNumber(BigInteger.ValueOf(number)));
        if (!scope.IsEverything)
            generator.AddExtension(X509Extensions.IssuingDistributionPoint, critical: true, scope.ToAsn1());
        if (contents.DeltaUrls.Count > 0)
            generator.AddExtension(X509Extensions.FreshestCrl, critical: false, DistributionUrls.ToDistributionPoints(contents.DeltaUrls));
        return generator.Generate(authority.Key.CreateSignatureFactory(digest)).GetEncoded();
    }

    private static void Add(X509V2CrlGenerator generator, CrlEntryRecord entry)
    {
        BigInteger serial = SerialNumbers.FromStored(entry.SerialNumber);
        RevocationRecord revocation = entry.Revocation;
        var extensions = new X509ExtensionsGenerator();
        // RFC 5280, section 5.3.1: the reason is left out rather than given as unspecified.
        if (revocation.Reason != RevocationReason.Unspecified)
            extensions.AddExtension(X509Extensions.ReasonCode, critical: false, new CrlReason((int)revocation.Reason));
        if (revocation.InvalidityDate is { } date)
            extensions.AddExtension(X509Extensions.InvalidityDate, critical: false, new DerGeneralizedTime(date));
        generator.AddCrlEntry(serial, revocation.RevokedAt, extensions.IsEmpty ? null : extensions.Generate());
    }
}
