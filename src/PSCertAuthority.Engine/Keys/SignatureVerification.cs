using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Keys;

/// <summary>Checks single signatures.</summary>
internal static class SignatureVerification
{
    /// <inheritdoc cref="VerifyingKey.IsValid"/>
    public static bool IsValid(SubjectPublicKeyInfo publicKey, AlgorithmIdentifier algorithm, byte[] signed, DerBitString signature)
    {
        using var key = new VerifyingKey(publicKey);
        return key.IsValid(algorithm, signed, signature);
    }
}
