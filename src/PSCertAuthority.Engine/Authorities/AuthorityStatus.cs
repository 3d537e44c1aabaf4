namespace PSCertAuthority.Authorities;

/// <summary>Whether an authority can sign.</summary>
public enum AuthorityStatus
{
    /// <summary>It can, where its key is.</summary>
    Valid,

    /// <summary>An administrator switched it off.</summary>
    Disabled,

    /// <summary>One with a new key took its place: it signs CRLs for what it issued, and nothing else.</summary>
    Replaced,

    /// <summary>Its certificate has ended.</summary>
    Expired,

    /// <summary>Its issuer revoked it.</summary>
    Revoked,

    /// <summary>Its certificate is not valid yet: it signs nothing before its NotBefore.</summary>
    NotYetValid,

    /// <summary>Its key and its request are there, its certificate is not: it signs nothing until Import-CaAuthority takes the certificate.</summary>
    Pending,
}
