namespace PSCertAuthority.Keys;

/// <summary>The digests that RSA and ECDSA signatures are made with. EdDSA brings its own.</summary>
public enum DigestAlgorithm
{
    /// <summary>SHA-256 (FIPS 180-4).</summary>
    Sha256,

    /// <summary>SHA-384 (FIPS 180-4).</summary>
    Sha384,

    /// <summary>SHA-512 (FIPS 180-4).</summary>
    Sha512,
}
