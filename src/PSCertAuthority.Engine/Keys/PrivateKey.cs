using System;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;
using Org.BouncyCastle.X509;

namespace PSCertAuthority.Keys;

/// <summary>A private key in memory: structure by BouncyCastle, signatures by the platform where it has the algorithm.</summary>
internal sealed class PrivateKey : IDisposable
{
    private readonly PrivateKeyInfo _info;
    private readonly Lazy<IKeySigner> _signer;

    public PrivateKey(PrivateKeyInfo info)
    {
        _info = info;
        PublicKey = PublicKeyOf(info);
        Specification = PublicKeyPolicy.Check(PublicKey);
        _signer = new Lazy<IKeySigner>(CreateSigner);
    }

    public SubjectPublicKeyInfo PublicKey { get; }

    public KeySpecification Specification { get; }

    public static PrivateKey Generate(KeySpecification specification) => new(specification.Type switch
    {
        KeyType.RSA => PlatformRsa.Generate(specification.Size),
        KeyType.EC => GenerateBy(new ECKeyPairGenerator(), new ECKeyGenerationParameters(PublicKeyPolicy.CurveOf(specification.Size), SystemRandom.ForBouncyCastle)),
        KeyType.Ed25519 => GenerateBy(new Ed25519KeyPairGenerator(), new Ed25519KeyGenerationParameters(SystemRandom.ForBouncyCastle)),
        _ => GenerateBy(new Ed448KeyPairGenerator(), new Ed448KeyGenerationParameters(SystemRandom.ForBouncyCastle)),
    });

    /// <summary>The key as PKCS #8 PrivateKeyInfo, DER. The caller wipes it.</summary>
    public byte[] ExportPkcs8() => _info.GetDerEncoded();

    public bool Matches(SubjectPublicKeyInfo publicKey) => PublicKey.Equals(publicKey);

    public byte[] Sign(byte[] data, DigestAlgorithm digest) => Sign(new ArraySegment<byte>(data), digest);

    public byte[] Sign(ArraySegment<byte> data, DigestAlgorithm digest) => _signer.Value.Sign(data, digest);

    public ISignatureFactory CreateSignatureFactory(DigestAlgorithm digest) => new KeySignatureFactory(this, digest);

    public void Dispose()
    {
        if (_signer.IsValueCreated)
            _signer.Value.Dispose();
    }

    private static PrivateKeyInfo GenerateBy(IAsymmetricCipherKeyPairGenerator generator, KeyGenerationParameters parameters)
    {
        generator.Init(parameters);
        return Encode(generator.GenerateKeyPair().Private);
    }

    /// <summary>The key as PKCS #8, as every program reads it.</summary>
    public static PrivateKeyInfo Encode(AsymmetricKeyParameter key)
    {
        PrivateKeyInfo info = PrivateKeyInfoFactory.CreatePrivateKeyInfo(key);
        // BouncyCastle adds the public key to EdDSA keys (RFC 5958, version 2), which OpenSSL 3.0 does not read.
        return info.HasPublicKey ? new PrivateKeyInfo(info.PrivateKeyAlgorithm, info.ParsePrivateKey()) : info;
    }

    private static SubjectPublicKeyInfo PublicKeyOf(PrivateKeyInfo info)
    {
        if (!info.PrivateKeyAlgorithm.Algorithm.Equals(PkcsObjectIdentifiers.RsaEncryption))
            return SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(PublicKeyOf(PrivateKeyFactory.CreateKey(info)));
        RsaPrivateKeyStructure rsa = RsaPrivateKeyStructure.GetInstance(info.ParsePrivateKey());
        return new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption, DerNull.Instance), new RsaPublicKeyStructure(rsa.Modulus, rsa.PublicExponent));
    }

    private static AsymmetricKeyParameter PublicKeyOf(AsymmetricKeyParameter key) => key switch
    {
        ECPrivateKeyParameters ec => new ECPublicKeyParameters(
            ec.AlgorithmName, ec.Parameters.G.Multiply(ec.D).Normalize(), ec.PublicKeyParamSet ?? throw KeyErrors.TypeNotAllowed("EC with explicit curve parameters")),
        Ed25519PrivateKeyParameters ed => ed.GeneratePublicKey(),
        Ed448PrivateKeyParameters ed => ed.GeneratePublicKey(),
        _ => throw KeyErrors.TypeNotAllowed(key.GetType().Name.Replace("PrivateKeyParameters", string.Empty)),
    };

    private IKeySigner CreateSigner() => Specification.Type switch
    {
        KeyType.RSA => new PlatformRsaSigner(_info),
#if NET
        KeyType.EC => new PlatformEcdsaSigner(_info),
#endif
        _ => new BouncyCastleSigner(_info, Specification),
    };
}
