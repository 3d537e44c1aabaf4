using System;
using System.Collections.Generic;
using System.Formats.Asn1;
using Org.BouncyCastle.Security;
using PSCertAuthority.Keys;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Ocsp;

/// <summary>Builds and signs OCSP responses (RFC 6960, section 4.2.1) with one credential. Safe to call from several threads at once.</summary>
/// <remarks>Written with the platform's encoder: building one by objects takes half as long again as a P-256 signature.</remarks>
internal sealed class OcspResponseSigner(ResponderCredential credential)
{
    private const string BasicResponse = "1.3.6.1.5.5.7.48.1.1";
    private const string Nonce = "1.3.6.1.5.5.7.48.1.2";

    // Enough for tags, lengths and all that is the same in every response, so that the writers seldom grow.
    private const int Around = 128;
    private const int OfAnswer = 160;

    private static readonly Asn1Tag Context0 = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Context1 = new(TagClass.ContextSpecific, 1);
    private static readonly Asn1Tag Context2 = new(TagClass.ContextSpecific, 2);

    // RFC 6960, section 4.2.1: the KeyHash of a responder is SHA-1, whatever else is used.
    private readonly byte[] _keyHash = DigestUtilities.CalculateDigest("SHA-1", credential.Certificate.PublicKey.PublicKey.GetBytes());
    private readonly byte[] _algorithm = SignatureAlgorithm.For(credential.Key.Specification, credential.Digest).GetEncoded("DER");

    private readonly byte[] _certificates = EncodeCertificates(credential.Certificate.Der);

    public ResponderCredential Credential => credential;

    /// <summary>A successful response.</summary>
    /// <param name="answers">One at least.</param>
    /// <param name="nonce">The value of the request's nonce extension, DER; null for none.</param>
    /// <param name="producedAt">UTC.</param>
    public byte[] Sign(IReadOnlyList<OcspSingleAnswer> answers, byte[]? nonce, DateTime producedAt)
    {
        byte[] content = Encode(answers, nonce, producedAt);
        byte[] signature = credential.Key.Sign(content, credential.Digest);
        var writer = new AsnWriter(AsnEncodingRules.DER, content.Length + signature.Length + _certificates.Length + Around);
        using (writer.PushSequence())
        {
            writer.WriteEnumeratedValue(OcspRefusal.None);
            using (writer.PushSequence(Context0))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(BasicResponse);
                using (writer.PushOctetString())
                using (writer.PushSequence())
                {
                    writer.WriteEncodedValue(content);
                    writer.WriteEncodedValue(_algorithm);
                    writer.WriteBitString(signature);
                    writer.WriteEncodedValue(_certificates);
                }
            }
        }

        return writer.Encode();
    }

    /// <summary>A response without signature that says why there is no answer.</summary>
    public static byte[] Refuse(OcspRefusal reason)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
            writer.WriteEnumeratedValue(reason);
        return writer.Encode();
    }

    /// <summary>The ResponseData, which is what is signed.</summary>
    private byte[] Encode(IReadOnlyList<OcspSingleAnswer> answers, byte[]? nonce, DateTime producedAt)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER, (answers.Count * OfAnswer) + (nonce?.Length ?? 0) + Around);
        using (writer.PushSequence())
        {
            using (writer.PushSequence(Context2))
                writer.WriteOctetString(_keyHash);
            writer.WriteGeneralizedTime(producedAt, omitFractionalSeconds: true);
            using (writer.PushSequence())
            {
                foreach (OcspSingleAnswer answer in answers)
                    Write(writer, answer);
            }

            if (nonce is not null)
                WriteNonce(writer, nonce);
        }

        return writer.Encode();
    }

    private static byte[] EncodeCertificates(byte[] certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence(Context0))
        using (writer.PushSequence())
            writer.WriteEncodedValue(certificate);
        return writer.Encode();
    }

    private static void WriteNonce(AsnWriter writer, byte[] nonce)
    {
        using (writer.PushSequence(Context1))
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(Nonce);
            writer.WriteOctetString(nonce);
        }
    }

    private static void Write(AsnWriter writer, OcspSingleAnswer answer)
    {
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(answer.CertificateId);
            Write(writer, answer.State);
            writer.WriteGeneralizedTime(answer.ThisUpdate, omitFractionalSeconds: true);
            using (writer.PushSequence(Context0))
                writer.WriteGeneralizedTime(answer.NextUpdate, omitFractionalSeconds: true);
        }
    }

    /// <summary>CertStatus: good [0] NULL, revoked [1] RevokedInfo, unknown [2] NULL.</summary>
    private static void Write(AsnWriter writer, CertificateState? state)
    {
        if (state is not { IsGood: false } revoked)
        {
            writer.WriteNull(state is null ? Context2 : Context0);
            return;
        }

        using (writer.PushSequence(Context1))
        {
            writer.WriteGeneralizedTime(revoked.RevokedAt, omitFractionalSeconds: true);
            // As in CRLs, the reason is left out rather than given as unspecified.
            if (revoked.Reason == RevocationReason.Unspecified)
                return;
            using (writer.PushSequence(Context0))
                writer.WriteEnumeratedValue(revoked.Reason);
        }
    }
}
