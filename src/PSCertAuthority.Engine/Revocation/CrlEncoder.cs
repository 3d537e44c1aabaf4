using System;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Revocation;

/// <summary>Encodes and signs a CRL of version 2 (RFC 5280, section 5.1).</summary>
internal static class CrlEncoder
{
    private const byte Sequence = 0x30;

    private static readonly byte[] Version2 = [2, 1, 1];

    /// <summary>The CRL as DER, around the entries, which are used up by it.</summary>
    public static ArraySegment<byte> Sign(IssuingAuthority authority, DigestAlgorithm digest, CrlContents contents, CrlScope scope, DateTime nextUpdate)
    {
        AlgorithmIdentifier algorithm = SignatureAlgorithm.For(authority.Key.Specification, digest);
        OctetRoom crl = contents.Entries.ToRoom();
        // RFC 5280, section 5.1.2.6: without entries the list is absent.
        if (contents.Entries.Count > 0)
            Wrap(crl);
        crl.Prepend([.. Version2, .. algorithm.GetDerEncoded(), .. authority.Certificate.SubjectName.GetDerEncoded(), .. new Time(contents.ThisUpdate).GetDerEncoded(), .. new Time(nextUpdate).GetDerEncoded()]);
        crl.Append(new DerTaggedObject(true, 0, Extensions(authority, contents, scope)).GetDerEncoded());
        Wrap(crl);
        byte[] signature = authority.Key.Sign(crl.Octets, digest);
        crl.Append(algorithm.GetDerEncoded());
        crl.Append(new DerBitString(signature).GetDerEncoded());
        Wrap(crl);
        return crl.Octets;
    }

    /// <summary>Makes a SEQUENCE of it.</summary>
    private static void Wrap(OctetRoom content) => content.Prepend(CrlEntryEncoder.Head(Sequence, content.Length));

    private static X509Extensions Extensions(IssuingAuthority authority, CrlContents contents, CrlScope scope)
    {
        var generator = new X509ExtensionsGenerator();
        generator.AddExtension(X509Extensions.AuthorityKeyIdentifier, critical: false, new AuthorityKeyIdentifier(authority.KeyIdentifier));
        generator.AddExtension(X509Extensions.CrlNumber, critical: false, new CrlNumber(BigInteger.ValueOf(contents.Number)));
        if (contents.BaseNumber is { } number)
            generator.AddExtension(X509Extensions.DeltaCrlIndicator, critical: true, new CrlNumber(BigInteger.ValueOf(number)));
        if (!scope.IsEverything)
            generator.AddExtension(X509Extensions.IssuingDistributionPoint, critical: true, scope.ToAsn1());
        if (contents.DeltaUrls.Count > 0)
            generator.AddExtension(X509Extensions.FreshestCrl, critical: false, DistributionUrls.ToDistributionPoints(contents.DeltaUrls));
        return generator.Generate();
    }
}
