using System;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Security;

namespace PSCertAuthority.Keys;

/// <summary>Signs by BouncyCastle what the platform cannot: EdDSA everywhere, ECDSA where .NET Standard has no import of keys.</summary>
internal sealed class BouncyCastleSigner(PrivateKeyInfo key, KeySpecification specification) : IKeySigner
{
    private readonly AsymmetricKeyParameter _key = PrivateKeyFactory.CreateKey(key);

    public byte[] Sign(ArraySegment<byte> data, DigestAlgorithm digest)
    {
        ISigner signer = SignerUtilities.GetSigner(SignatureAlgorithm.For(specification, digest).Algorithm);
        signer.Init(forSigning: true, _key);
        signer.BlockUpdate(data.Array!, data.Offset, data.Count);
        return signer.GenerateSignature();
    }

    public void Dispose()
    {
    }
}
