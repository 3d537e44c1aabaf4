using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PSCertAuthority.Benchmarks.Ocsp;

/// <summary>OCSP requests as clients write them (RFC 6960, section 4.1.1), by SHA-1.</summary>
internal sealed class RequestWriter
{
    /// <summary>The octets of a nonce; they are the last of a request.</summary>
    public const int NonceLength = 32;

    private readonly byte[] _name;
    private readonly byte[] _key;

    public RequestWriter(string issuerPath)
    {
        using X509Certificate2 issuer = X509CertificateLoader.LoadCertificateFromFile(issuerPath);
#pragma warning disable CA5350 // As RFC 5019 has it.
        _name = SHA1.HashData(issuer.SubjectName.RawData);
        _key = SHA1.HashData(issuer.PublicKey.EncodedKeyValue.RawData);
#pragma warning restore CA5350
    }

    /// <summary>About certificates of the issuer; an empty nonce is none.</summary>
    public byte[] Write(IEnumerable<string> serials, byte[] nonce)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                foreach (string serial in serials)
                    WriteOne(writer, serial);
            }

            if (nonce.Length > 0)
                WriteNonce(writer, nonce);
        }

        return writer.Encode();
    }

    /// <summary>A file with one request a line in hexadecimal digits. With nonces, their octets are left out for the reader to add.</summary>
    public void WriteFile(string path, IEnumerable<string> serials, bool nonces) => File.WriteAllLines(path, serials.Select(serial =>
    {
        byte[] request = Write([serial], nonces ? new byte[NonceLength] : []);
        return Convert.ToHexString(request.AsSpan(0, request.Length - (nonces ? NonceLength : 0)));
    }));

    private void WriteOne(AsnWriter writer, string serial)
    {
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.3.14.3.2.26");
                writer.WriteNull();
            }

            writer.WriteOctetString(_name);
            writer.WriteOctetString(_key);
            writer.WriteInteger(new System.Numerics.BigInteger(Convert.FromHexString(serial), isUnsigned: true, isBigEndian: true));
        }
    }

    private static void WriteNonce(AsnWriter writer, byte[] nonce)
    {
        using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier("1.3.6.1.5.5.7.48.1.2");
            using (writer.PushOctetString())
                writer.WriteOctetString(nonce);
        }
    }
}
