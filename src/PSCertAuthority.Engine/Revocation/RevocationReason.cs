namespace PSCertAuthority.Revocation;

/// <summary>Why a certificate was revoked: CRLReason of RFC 5280, section 5.3.1, with its encoded values.</summary>
public enum RevocationReason
{
    /// <summary>No reason given; left out of the CRL entry.</summary>
    Unspecified = 0,

    /// <summary>The subject's private key is known or suspected to be in other hands.</summary>
    KeyCompromise = 1,

    /// <summary>The same for the key of a certificate authority.</summary>
    CACompromise = 2,

    /// <summary>The subject's name or other details have changed.</summary>
    AffiliationChanged = 3,

    /// <summary>Another certificate has taken its place.</summary>
    Superseded = 4,

    /// <summary>It is no longer needed for the purpose it was issued for.</summary>
    CessationOfOperation = 5,

    /// <summary>Suspended for the time being; the only reason that can be taken back.</summary>
    CertificateHold = 6,

    /// <summary>Used in delta CRLs alone: the certificate was suspended and is valid again.</summary>
    RemoveFromCrl = 8,

    /// <summary>A privilege that the certificate names was withdrawn.</summary>
    PrivilegeWithdrawn = 9,

    /// <summary>The key of an attribute authority is known or suspected to be in other hands.</summary>
    AACompromise = 10,
}
