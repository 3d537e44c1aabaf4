using System;
using System.Collections.Generic;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions;

namespace PSCertAuthority.Authorities;

/// <summary>
/// What the renewal of an authority keeps of its extensions, as a certificate of ours has them: programs elsewhere leave out key usages, or mark as not
/// critical what has to be (RFC 5280, section 4.2.1).
/// </summary>
internal static class KeptExtensions
{
    private const int AuthorityBits = KeyUsage.KeyCertSign | KeyUsage.CrlSign;

    private static readonly HashSet<string> AlwaysCritical =
        [ExtensionOids.BasicConstraints, ExtensionOids.KeyUsage, ExtensionOids.NameConstraints, ExtensionOids.PolicyConstraints, ExtensionOids.InhibitAnyPolicy];

    /// <param name="present">The present certificate.</param>
    /// <param name="rewritten">The extensions that are written anew.</param>
    /// <exception cref="CaCertificateException"><c>CertificateExtensionInvalid</c>.</exception>
    public static IEnumerable<(DerObjectIdentifier Oid, X509Extension Extension)> Of(DecodedCertificate present, ICollection<string> rewritten)
    {
        X509Extensions? extensions = present.Extensions;
        foreach (DerObjectIdentifier oid in extensions?.GetExtensionOids() ?? [])
        {
            if (!rewritten.Contains(oid.Id) && Kept(present, oid.Id, extensions!.GetExtension(oid)) is { } kept)
                yield return (oid, kept);
        }

        if (extensions?.GetExtension(X509Extensions.KeyUsage) is null)
            yield return (X509Extensions.KeyUsage, Critical(new KeyUsage(AuthorityBits)));
    }

    private static X509Extension? Kept(DecodedCertificate present, string oid, X509Extension extension)
    {
        try
        {
            Asn1Object value = Asn1Object.FromByteArray(extension.Value.GetOctets());
            if (oid == ExtensionOids.KeyUsage)
                return Critical(new KeyUsage(DerBitString.GetInstance(value).IntValue | AuthorityBits));
            if (oid is ExtensionOids.ExtendedKeyUsage or ExtensionOids.CertificatePolicies && Asn1Sequence.GetInstance(value).Count == 0)
                return null;
            return new X509Extension(extension.IsCritical || AlwaysCritical.Contains(oid), new DerOctetString(value.GetEncoded(Asn1Encodable.Der)));
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            throw CaCertificateException.ExtensionInvalid($"The certificate {SerialNumbers.ToPrinted(present.SerialNumber)} ({present.Subject})", oid, e);
        }
    }

    private static X509Extension Critical(Asn1Encodable value) => new(true, new DerOctetString(value.GetEncoded(Asn1Encodable.Der)));
}
