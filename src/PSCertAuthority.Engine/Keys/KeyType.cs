namespace PSCertAuthority.Keys;

/// <summary>The kinds of key that authorities and certificates are made with.</summary>
public enum KeyType
{
    /// <summary>RSA (RFC 8017), signed with PKCS #1 v1.5.</summary>
    RSA,

    /// <summary>An elliptic curve of NIST: P-256, P-384 or P-521 (RFC 5480), signed with ECDSA.</summary>
    EC,

    /// <summary>Ed25519 (RFC 8410).</summary>
    Ed25519,

    /// <summary>Ed448 (RFC 8410).</summary>
    Ed448,
}
