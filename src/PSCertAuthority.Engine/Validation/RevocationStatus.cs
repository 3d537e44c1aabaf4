namespace PSCertAuthority.Validation;

/// <summary>What a source says of a certificate.</summary>
internal enum RevocationStatus
{
    /// <summary>It is known and not revoked.</summary>
    Good,

    /// <summary>It is revoked or suspended.</summary>
    Revoked,

    /// <summary>The source does not know it, or cannot be asked.</summary>
    Unknown,
}
