using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Ocsp;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Security;
using PSCertAuthority.Keys;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Ocsp;

/// <summary>Builds and signs OCSP responses (RFC 6960, section 4.2.1) with one credential. Safe to call from several threads at once.</summary>
internal sealed class OcspResponseSigner(ResponderCredential credential)
{
    private readonly ResponderID _responder = new(new DerOctetString(
        // RFC 6960, section 4.2.1: the KeyHash of a responder is SHA-1, whatever else is used.
        DigestUtilities.CalculateDigest("SHA-1", credential.Certificate.PublicKey.PublicKey.GetBytes())));
    private readonly DerTaggedObject _certificates = new(isExplicit: true, 0, new DerSequence(Asn1Object.FromByteArray(credential.Certificate.Der)));
    private readonly AlgorithmIdentifier _algorithm = SignatureAlgorithm.For(credential.Key.Specification, credential.Digest);

    public ResponderCredential Credential => credential;

    /// <summary>A successful response.</summary>
    /// <param name="answers">One at least.</param>
    /// <param name="nonce">The value of the request's nonce extension, DER; null for none.</param>
    /// <param name="producedAt">UTC.</param>
    public byte[] Sign(IReadOnlyList<OcspSingleAnswer> answers, byte[]? nonce, DateTime producedAt)
    {
        var content = new Asn1EncodableVector(4)
        {
            _responder,
            new DerGeneralizedTime(producedAt),
            new DerSequence((Asn1Encodable[])[.. answers.Select(ToAsn1)]),
        };
        if (nonce is not null)
        {
            var extension = new DerSequence(OcspObjectIdentifiers.PkixOcspNonce, new DerOctetString(nonce));
            content.Add(new DerTaggedObject(isExplicit: true, 1, new DerSequence(extension)));
        }

        byte[] data = new DerSequence(content).GetEncoded(Asn1Encodable.Der);
        byte[] signature = credential.Key.Sign(data, credential.Digest);
        byte[] basic = new DerSequence(Asn1Object.FromByteArray(data), _algorithm, new DerBitString(signature), _certificates).GetEncoded(Asn1Encodable.Der);
        var response = new DerSequence(OcspObjectIdentifiers.PkixOcspBasic, new DerOctetString(basic));
        return new DerSequence(new DerEnumerated(0), new DerTaggedObject(isExplicit: true, 0, response)).GetEncoded(Asn1Encodable.Der);
    }

    /// <summary>A response without signature that says why there is no answer.</summary>
    public static byte[] Refuse(OcspRefusal reason) => new DerSequence(new DerEnumerated((int)reason)).GetEncoded(Asn1Encodable.Der);

    private static DerSequence ToAsn1(OcspSingleAnswer answer) => new(
        Asn1Object.FromByteArray(answer.CertificateId),
        ToAsn1(answer.State),
        new DerGeneralizedTime(answer.ThisUpdate),
        new DerTaggedObject(isExplicit: true, 0, new DerGeneralizedTime(answer.NextUpdate)));

    private static DerTaggedObject ToAsn1(CertificateState? state)
    {
        const int good = 0, revoked = 1, unknown = 2;
        if (state is not { } known)
            return new DerTaggedObject(isExplicit: false, unknown, DerNull.Instance);
        if (known.IsGood)
            return new DerTaggedObject(isExplicit: false, good, DerNull.Instance);
        var at = new DerGeneralizedTime(known.RevokedAt);
        // As in CRLs, the reason is left out rather than given as unspecified.
        return new DerTaggedObject(isExplicit: false, revoked, known.Reason == RevocationReason.Unspecified
            ? new DerSequence(at)
            : new DerSequence(at, new DerTaggedObject(isExplicit: true, 0, new DerEnumerated((int)known.Reason))));
    }
}
