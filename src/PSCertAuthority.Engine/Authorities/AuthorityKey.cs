namespace PSCertAuthority.Authorities;

/// <summary>What becomes of an authority's key when it is renewed.</summary>
public enum AuthorityKey
{
    /// <summary>The new certificate is for the same key: what it signed goes on to validate below either certificate.</summary>
    Keep,

    /// <summary>A new key takes over; the old one goes on to sign CRLs for what it issued.</summary>
    Replace,

    /// <summary>As <see cref="Replace"/>, and each key signs the other (RFC 4210, section 4.4), so that who trusts only one of them can follow.</summary>
    ReplaceAndCrossSign,
}
