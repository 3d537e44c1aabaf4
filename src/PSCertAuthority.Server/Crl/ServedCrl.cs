using System;
using System.Formats.Asn1;
using System.Security.Cryptography;

namespace PSCertAuthority.Server.Crl;

/// <summary>A CRL in the forms in which it is served.</summary>
/// <param name="Der">As it was signed.</param>
/// <param name="Pem">The same as text.</param>
/// <param name="ThisUpdate">UTC.</param>
/// <param name="NextUpdate">UTC.</param>
/// <param name="EntityTag">The ETag: a digest, quoted.</param>
internal sealed record ServedCrl(byte[] Der, byte[] Pem, DateTime ThisUpdate, DateTime NextUpdate, string EntityTag)
{
    /// <summary>Reads the dates out of it (RFC 5280, section 5.1.2); null for what is no CRL.</summary>
    public static ServedCrl? TryRead(byte[] der)
    {
        try
        {
            AsnReader content = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
            content.ReadInteger();
            content.ReadEncodedValue();
            content.ReadEncodedValue();
            DateTime thisUpdate = ReadTime(content);
            DateTime nextUpdate = ReadTime(content);
            return new ServedCrl(der, Encodings.Pem.Encode("X509 CRL", der), thisUpdate, nextUpdate, $"\"{Convert.ToHexStringLower(SHA256.HashData(der).AsSpan(0, 12))}\"");
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static DateTime ReadTime(AsnReader reader) =>
        (reader.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? reader.ReadUtcTime() : reader.ReadGeneralizedTime()).UtcDateTime;
}
