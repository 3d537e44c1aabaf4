using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Asn1.Oiw;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Digests;
using Org.BouncyCastle.Crypto.Engines;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Modes;
using Org.BouncyCastle.Crypto.Paddings;

namespace PSCertAuthority.Keys;

/// <summary>Encrypts and authenticates the contents of a PKCS #12 file (RFC 7292, section 5) with one password.</summary>
internal sealed class Pkcs12Protection(char[] password, Pkcs12Compatibility compatibility)
{
    /// <summary>
    /// For each of key, certificates and MAC. .NET loads no file with more than 300 000 in one place, and since June 2023 (KB5025823)
    /// counts more than 600 000 over all of them as an attempt to keep the machine busy; so this is what readers take, not what
    /// <see cref="EncryptedPrivateKey.Iterations"/> gives a file of our own.
    /// </summary>
    public const int Iterations = 200_000;

    private const int LegacySaltLength = 8;
    private const int MacSaltLength = 16;

    private bool IsLegacy => compatibility == Pkcs12Compatibility.Legacy;

    public EncryptedContent Encrypt(byte[] content) => IsLegacy ? EncryptLegacy(content) : Pbes2.Encrypt(content, password, Iterations);

    public MacData Authenticate(byte[] content)
    {
        IDigest digest = IsLegacy ? new Sha1Digest() : new Sha256Digest();
        DerObjectIdentifier algorithm = IsLegacy ? OiwObjectIdentifiers.IdSha1 : NistObjectIdentifiers.IdSha256;
        byte[] salt = SystemRandom.GetBytes(MacSaltLength);
        Pkcs12ParametersGenerator derivation = Derive(digest, salt);
        var mac = new HMac(digest);
        mac.Init(derivation.GenerateDerivedMacParameters(digest.GetDigestSize() * 8));
        mac.BlockUpdate(content, 0, content.Length);
        byte[] result = new byte[mac.GetMacSize()];
        mac.DoFinal(result, 0);
        return new MacData(new DigestInfo(new AlgorithmIdentifier(algorithm, DerNull.Instance), result), salt, Iterations);
    }

    private EncryptedContent EncryptLegacy(byte[] content)
    {
        byte[] salt = SystemRandom.GetBytes(LegacySaltLength);
        var cipher = new PaddedBufferedBlockCipher(new CbcBlockCipher(new DesEdeEngine()), new Pkcs7Padding());
        cipher.Init(forEncryption: true, Derive(new Sha1Digest(), salt).GenerateDerivedParameters("DESEDE", 192, 64));
        var algorithm = new AlgorithmIdentifier(
            PkcsObjectIdentifiers.PbeWithShaAnd3KeyTripleDesCbc, new Pkcs12PbeParams(salt, Iterations));
        return new EncryptedContent(algorithm, cipher.DoFinal(content));
    }

    /// <summary>The key derivation of RFC 7292, appendix B.</summary>
    private Pkcs12ParametersGenerator Derive(IDigest digest, byte[] salt)
    {
        var generator = new Pkcs12ParametersGenerator(digest);
        generator.Init(PbeParametersGenerator.Pkcs12PasswordToBytes(password), salt, Iterations);
        return generator;
    }
}
