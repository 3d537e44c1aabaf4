namespace PSCertAuthority.Authorities;

/// <summary>What an authority's key is opened for.</summary>
internal enum SigningPurpose
{
    /// <summary>To issue certificates: only the newest key of an authority does.</summary>
    Issuance,

    /// <summary>To tell what is revoked: a key that was replaced does so until its end.</summary>
    Revocation,
}
