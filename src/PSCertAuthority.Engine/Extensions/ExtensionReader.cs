using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Encodings;
using PSCertAuthority.Names;

namespace PSCertAuthority.Extensions;

/// <summary>Takes the extensions out of an encoded certificate, in their order; what is odd in them is shown, not refused.</summary>
internal static class ExtensionReader
{
    private const int ExtensionsTag = 3;

    /// <summary>Of a certificate (RFC 5280, section 4.1).</summary>
    /// <param name="certificate">The DER.</param>
    /// <param name="source">What it is, for error messages.</param>
    /// <exception cref="CaExtensionException"><c>CertificateUnreadable</c>: it is no certificate. An odd extension is none of the causes.</exception>
    public static IReadOnlyList<CertificateExtension> ReadCertificate(byte[] certificate, string source)
    {
        if (EncodedValue.IsDeeplyNested(certificate))
            throw ExtensionErrors.NoCertificate(source, "it is nested too deeply");
        try
        {
            Asn1Sequence outer = Asn1Sequence.GetInstance(Asn1Object.FromByteArray(certificate));
            Asn1Sequence fields = Asn1Sequence.GetInstance(outer[0]);
            if (outer.Count != 3 || fields.Count < 6)
                throw ExtensionErrors.NoCertificate(source, "it has other fields than a certificate");
            int subject = fields[0] is Asn1TaggedObject ? 5 : 4;
            _ = SubjectPublicKeyInfo.GetInstance(fields[subject + 1]);
            Asn1TaggedObject? tagged = fields.OfType<Asn1TaggedObject>().FirstOrDefault(field => field.TagNo == ExtensionsTag);
            return tagged is null ? [] : Read(tagged.GetExplicitBaseObject(), SubjectText(fields[subject]));
        }
        catch (Exception e) when (e is not CaException && Asn1Failure.IsMalformed(e))
        {
            throw ExtensionErrors.NoCertificate(source, "it is damaged", e);
        }
    }

    /// <summary>Of a SEQUENCE of extensions.</summary>
    /// <remarks>An array: PowerShell cannot index the read-only lists that the compiler makes of collection expressions.</remarks>
    public static IReadOnlyList<CertificateExtension> Read(Asn1Encodable extensions, string subject) =>
        Asn1Sequence.GetInstance(extensions.ToAsn1Object()).Select(element => ReadOne(element, subject)).ToArray();

    private static CertificateExtension ReadOne(Asn1Encodable element, string subject)
    {
        Asn1Sequence extension = Asn1Sequence.GetInstance(element);
        bool critical = extension.Count > 2 && DerBoolean.GetInstance(extension[1]).IsTrue;
        byte[] value = Asn1OctetString.GetInstance(extension[extension.Count - 1]).GetOctets();
        return new CertificateExtension(DerObjectIdentifier.GetInstance(extension[0]).Id, critical, value, subject);
    }

    private static string SubjectText(Asn1Encodable subject)
    {
        try
        {
            return DistinguishedName.FromX509Name(X509Name.GetInstance(subject)).ToString();
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            return Words.Values.ToHex(subject.GetEncoded());
        }
    }
}
