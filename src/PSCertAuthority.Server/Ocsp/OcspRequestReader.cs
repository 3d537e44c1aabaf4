using System;
using System.Collections.Generic;
using System.Formats.Asn1;

namespace PSCertAuthority.Server.Ocsp;

/// <summary>Reads OCSP requests strictly: DER, nothing behind it, and within bounds. What it does not follow, it refuses.</summary>
internal static class OcspRequestReader
{
    /// <summary>How many certificates may be asked about at once.</summary>
    public const int MaximumCertificates = 64;

    // RFC 9654, section 2.1.
    private const int MaximumNonce = 128;
    private const string NonceOid = "1.3.6.1.5.5.7.48.1.2";

    // CRL references, acceptable responses, archive cutoff, service locator, preferred signature algorithms: none changes what we answer.
    private static readonly HashSet<string> Ignored =
        ["1.3.6.1.5.5.7.48.1.3", "1.3.6.1.5.5.7.48.1.4", "1.3.6.1.5.5.7.48.1.6", "1.3.6.1.5.5.7.48.1.7", "1.3.6.1.5.5.7.48.1.8"];

    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag Context1 = new(TagClass.ContextSpecific, 1, isConstructed: true);
    private static readonly Asn1Tag Context2 = new(TagClass.ContextSpecific, 2, isConstructed: true);

    /// <summary>Null for what is no request.</summary>
    public static OcspRequest? TryRead(ReadOnlyMemory<byte> encoded)
    {
        try
        {
            var outer = new AsnReader(encoded, AsnEncodingRules.DER);
            AsnReader request = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            AsnReader content = request.ReadSequence();
            // A signature may follow. We answer everybody, so that there is nothing to verify.
            if (request.HasData)
                request.ReadSequence(Context0);
            request.ThrowIfNotEmpty();
            return ReadContent(content);
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static OcspRequest? ReadContent(AsnReader content)
    {
        if (content.HasData && content.PeekTag().HasSameClassAndValue(Context0))
        {
            AsnReader version = content.ReadSequence(Context0);
            if (!version.TryReadInt32(out int number) || number != 0)
                return null;
            version.ThrowIfNotEmpty();
        }

        if (content.HasData && content.PeekTag().HasSameClassAndValue(Context1))
            content.ReadSequence(Context1);
        AsnReader list = content.ReadSequence();
        var certificates = new List<CertificateId>(1);
        while (list.HasData)
        {
            if (certificates.Count == MaximumCertificates || ReadSingle(list.ReadSequence()) is not { } certificate)
                return null;
            certificates.Add(certificate);
        }

        byte[]? nonce = null;
        if (content.HasData && !ReadExtensions(content.ReadSequence(Context2), takesNonce: true, out nonce))
            return null;
        content.ThrowIfNotEmpty();
        return certificates.Count == 0 ? null : new OcspRequest(certificates, nonce);
    }

    private static CertificateId? ReadSingle(AsnReader single)
    {
        ReadOnlyMemory<byte> encoded = single.PeekEncodedValue();
        AsnReader id = single.ReadSequence();
        AsnReader algorithm = id.ReadSequence();
        IssuerHash hash = HashOf(algorithm.ReadObjectIdentifier());
        bool hasParameters = algorithm.HasData;
        if (hasParameters)
            algorithm.ReadNull();
        algorithm.ThrowIfNotEmpty();
        byte[] name = id.ReadOctetString();
        byte[] key = id.ReadOctetString();
        ReadOnlyMemory<byte> serial = id.ReadIntegerBytes();
        id.ThrowIfNotEmpty();
        if (single.HasData && !ReadExtensions(single.ReadSequence(Context0), takesNonce: false, out _))
            return null;
        single.ThrowIfNotEmpty();
        return new CertificateId(encoded, hash, hasParameters, name, key, Positive(serial));
    }

    /// <summary>False where one is critical and not understood, or stands there twice.</summary>
    private static bool ReadExtensions(AsnReader outer, bool takesNonce, out byte[]? nonce)
    {
        nonce = null;
        AsnReader extensions = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        while (extensions.HasData)
        {
            AsnReader extension = extensions.ReadSequence();
            string oid = extension.ReadObjectIdentifier();
            bool critical = extension.HasData && extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            byte[] value = extension.ReadOctetString();
            extension.ThrowIfNotEmpty();
            if (takesNonce && oid == NonceOid)
            {
                if (nonce is not null || !IsNonce(value))
                    return false;
                nonce = value;
            }
            else if (critical && !Ignored.Contains(oid))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNonce(byte[] value)
    {
        var reader = new AsnReader(value, AsnEncodingRules.DER);
        int length = reader.ReadOctetString().Length;
        reader.ThrowIfNotEmpty();
        return length is > 0 and <= MaximumNonce;
    }

    private static ReadOnlyMemory<byte> Positive(ReadOnlyMemory<byte> integer)
    {
        ReadOnlySpan<byte> bytes = integer.Span;
        return bytes[0] == 0 && bytes.Length > 1 ? integer[1..] : (bytes[0] & 0x80) == 0 ? integer : default;
    }

    private static IssuerHash HashOf(string oid) => oid switch
    {
        "1.3.14.3.2.26" => IssuerHash.Sha1,
        "2.16.840.1.101.3.4.2.1" => IssuerHash.Sha256,
        "2.16.840.1.101.3.4.2.2" => IssuerHash.Sha384,
        "2.16.840.1.101.3.4.2.3" => IssuerHash.Sha512,
        _ => IssuerHash.Unknown,
    };
}
