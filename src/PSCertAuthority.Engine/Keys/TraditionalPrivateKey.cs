using System;
using System.IO;
using System.Text;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Pkcs;

namespace PSCertAuthority.Keys;

/// <summary>Private keys as they were kept before PKCS #8: PKCS #1 (RFC 8017, appendix A.1.2) and SEC 1 (RFC 5915).</summary>
internal static class TraditionalPrivateKey
{
    /// <summary>The key in a block of PEM, also with OpenSSL's old encryption.</summary>
    /// <param name="content">The file.</param>
    /// <param name="label">The label of the block.</param>
    /// <param name="path">The file's path, for errors.</param>
    /// <param name="password">The password; null where there is none.</param>
    /// <exception cref="CaKeyException"><c>KeyPasswordRequired</c>, <c>KeyPasswordWrong</c> or <c>KeyFileInvalid</c>.</exception>
    public static PrivateKeyInfo DecodePem(byte[] content, string label, string path, char[]? password)
    {
        string text = Encoding.GetEncoding("iso-8859-1").GetString(content);
        // OpenSSL puts the parameters of a curve before the key; the reader would stumble over them.
        string block = text.Substring(text.IndexOf("-----BEGIN " + label, StringComparison.Ordinal));
        using var reader = new PemReader(new StringReader(block), new Password(password));
        try
        {
            return reader.ReadObject() switch
            {
                AsymmetricCipherKeyPair pair => PrivateKeyInfoFactory.CreatePrivateKeyInfo(pair.Private),
                AsymmetricKeyParameter { IsPrivate: true } key => PrivateKeyInfoFactory.CreatePrivateKeyInfo(key),
                _ => throw KeyErrors.FileInvalid(path, null),
            };
        }
        catch (PasswordException) when (password is null)
        {
            throw KeyErrors.PasswordRequired(path);
        }
        catch (Exception e) when (password is not null && e is PemException or InvalidCipherTextException or IOException)
        {
            throw KeyErrors.PasswordWrong(path, e);
        }
    }

    /// <summary>Either of the two in DER; null where it is neither.</summary>
    public static PrivateKeyInfo? TryDecodeDer(Asn1Sequence sequence)
    {
        if (sequence.Count < 2 || sequence[0] is not DerInteger)
            return null;
        if (sequence[1] is DerInteger)
            return new PrivateKeyInfo(new AlgorithmIdentifier(PkcsObjectIdentifiers.RsaEncryption, DerNull.Instance), RsaPrivateKeyStructure.GetInstance(sequence));
        if (sequence[1] is not Asn1OctetString)
            return null;
        ECPrivateKeyStructure key = ECPrivateKeyStructure.GetInstance(sequence);
        return new PrivateKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.IdECPublicKey, key.Parameters), key);
    }

    private sealed class Password(char[]? password) : IPasswordFinder
    {
        public char[] GetPassword() => (char[]?)password?.Clone()!;
    }
}
