namespace PSCertAuthority.Revocation;

/// <summary>Whether a CRL says everything of its scope, or what changed.</summary>
public enum CrlKind
{
    /// <summary>All that is revoked.</summary>
    Complete,

    /// <summary>What changed since the newest complete one of the same scope (RFC 5280, section 5.2.4).</summary>
    Delta,
}
