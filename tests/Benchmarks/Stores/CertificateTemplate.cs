using System;
using System.Formats.Asn1;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Org.BouncyCastle.Asn1.X9;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Benchmarks.Stores;

/// <summary>A certificate that the engine issued, to be issued again under another serial number, name and dates of the same lengths.</summary>
internal sealed class CertificateTemplate
{
    private readonly byte[] _content;
    private readonly byte[] _algorithm;
    private readonly HashAlgorithmName _digest;
    private readonly int _serial;
    private readonly int _dates;
    private readonly int[] _names;

    /// <param name="der">The certificate.</param>
    /// <param name="commonName">What its subject, and perhaps its alternative name, say.</param>
    /// <param name="profile">What it was issued under.</param>
    public CertificateTemplate(byte[] der, string commonName, string profile)
    {
        Profile = profile;
        var decoded = new DecodedCertificate(der);
        _content = decoded.SignedContent;
        _algorithm = decoded.SignatureAlgorithmIdentifier.GetDerEncoded();
        _digest = decoded.SignatureAlgorithm == X9ObjectIdentifiers.ECDsaWithSha256.Id ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA512;
        _serial = PositionOf(Convert.FromHexString(decoded.SerialNumber)).Single();
        _dates = PositionOf(Encoding.ASCII.GetBytes(Time(decoded.NotBefore))).First();
        _names = PositionOf(Encoding.ASCII.GetBytes(commonName));
    }

    public string Profile { get; }

    /// <summary>The certificate, signed by the key.</summary>
    public byte[] Issue(ECDsa key, byte[] serial, string commonName, DateTime notBefore, DateTime notAfter)
    {
        byte[] content = (byte[])_content.Clone();
        serial.CopyTo(content, _serial);
        // UTCTime of 13 octets, a tag and a length, and the next.
        Encoding.ASCII.GetBytes(Time(notBefore)).CopyTo(content, _dates);
        Encoding.ASCII.GetBytes(Time(notAfter)).CopyTo(content, _dates + 15);
        byte[] name = Encoding.ASCII.GetBytes(commonName);
        foreach (int position in _names)
            name.CopyTo(content, position);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(content);
            writer.WriteEncodedValue(_algorithm);
            writer.WriteBitString(key.SignData(content, _digest, DSASignatureFormat.Rfc3279DerSequence));
        }

        return writer.Encode();
    }

    private static string Time(DateTime time) => time.ToString("yyMMddHHmmss", System.Globalization.CultureInfo.InvariantCulture) + "Z";

    private int[] PositionOf(byte[] part) =>
        [.. Enumerable.Range(0, _content.Length - part.Length).Where(i => _content.AsSpan(i, part.Length).SequenceEqual(part))];
}
