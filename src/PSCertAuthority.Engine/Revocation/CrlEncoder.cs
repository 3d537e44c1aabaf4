using System;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Math;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Keys;

namespace PSCertAuthority.Revocation;

/// <summary>Encodes and signs a CRL of version 2 (RFC 5280, section 5.1).</summary>
internal static class CrlEncoder
{
    private const byte Sequence = 0x30;

    private static readonly byte[] Version2 = [2, 1, 1];

    public static byte[] Sign(IssuingAuthority authority, DigestAlgorithm digest, CrlContents contents, CrlScope scope, DateTime nextUpdate)
    {
        AlgorithmIdentifier algorithm = SignatureAlgorithm.For(authority.Key.Specification, digest);
        byte[] content = ToBeSigned(
            [.. Version2, .. algorithm.GetDerEncoded(), .. authority.Certificate.SubjectName.GetDerEncoded(), .. new Time(contents.ThisUpdate).GetDerEncoded(), .. new Time(nextUpdate).GetDerEncoded()],
            contents.Entries,
            new DerTaggedObject(true, 0, Extensions(authority, contents, scope)).GetDerEncoded());
        byte[] signature = new DerBitString(authority.Key.Sign(content, digest)).GetDerEncoded();
        byte[] signed = algorithm.GetDerEncoded();
        byte[] head = CrlEntryEncoder.Head(Sequence, (long)content.Length + signed.Length + signature.Length);
        return Concatenate(head, content, signed, signature);
    }

    private static byte[] ToBeSigned(byte[] before, CrlEntryList entries, byte[] extensions)
    {
        // RFC 5280, section 5.1.2.6: without entries the list is absent.
        byte[] listHead = entries.Count == 0 ? [] : CrlEntryEncoder.Head(Sequence, entries.Length);
        long length = before.Length + listHead.Length + entries.Length + extensions.Length;
        byte[] start = [.. CrlEntryEncoder.Head(Sequence, length), .. before, .. listHead];
        var content = new byte[start.Length + entries.Length + extensions.Length];
        start.CopyTo(content, 0);
        entries.CopyTo(content, start.Length);
        extensions.CopyTo(content, content.Length - extensions.Length);
        return content;
    }

    private static byte[] Concatenate(params byte[][] parts)
    {
        var whole = new byte[parts.Sum(part => part.Length)];
        int position = 0;
        foreach (byte[] part in parts)
        {
            part.CopyTo(whole, position);
            position += part.Length;
        }

        return whole;
    }

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
